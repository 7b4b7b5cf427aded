/** A link or a picture in Markdown: what comes before its address, and the address. */
const LINK = /(!?\[[^\]\n]*\]\()([^)\s]+)(?=\))/g;

/** An address that leads somewhere wherever the text is shown, or within the text itself. */
const STANDS_ALONE = /^(?:[a-z][a-z\d+.-]*:|#)/i;

/**
 * The README as npm and others show it, which have none of the repository's other files: links and pictures that are
 * relative there get the repository's address.
 *
 * @param repository `repository.url` of package.json, at GitHub
 */
export function withAbsoluteLinks(readme: string, repository: string): string {
	const address = repository.replace(/^git\+/, '').replace(/\.git$/, '');
	return readme.replace(LINK, (whole, before: string, link: string) => {
		if (STANDS_ALONE.test(link)) return whole;
		const view = before.startsWith('!') ? 'raw' : 'blob';
		return `${before}${address}/${view}/HEAD/${link.replace(/^\.\//, '')}`;
	});
}

/** The links and pictures of a text that lead nowhere outside the repository. */
export function relativeLinks(readme: string): string[] {
	return Array.from(readme.matchAll(LINK), ([, , link]) => link as string).filter(
		(link) => !STANDS_ALONE.test(link),
	);
}
