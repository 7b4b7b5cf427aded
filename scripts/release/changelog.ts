const UNRELEASED = '## Unreleased';

/**
 * The changelog once `version` is released: its entries get their own heading, below an empty *Unreleased*.
 *
 * @param day as `2026-11-26`
 * @throws Error if there is nothing to release, or the version is already in it
 */
export function releasedAs(changelog: string, version: string, day: string): string {
	if (hasVersion(changelog, version))
		throw new Error(`CHANGELOG.md already has ${version}: name a version that is not out yet`);
	if (entriesOf(changelog, UNRELEASED) === '')
		throw new Error(`CHANGELOG.md says nothing under "${UNRELEASED}": write what has changed`);
	return changelog.replace(UNRELEASED, `${UNRELEASED}\n\n## ${version} (${day})`);
}

/**
 * What a release says: the entries of its version.
 *
 * @throws Error if the changelog has none
 */
export function notesOf(changelog: string, version: string): string {
	const heading = changelog.split('\n').find((line) => line.startsWith(`## ${version} (`));
	const entries = heading === undefined ? '' : entriesOf(changelog, heading);
	if (entries === '') throw new Error(`CHANGELOG.md has no entries for ${version}`);
	return entries;
}

function hasVersion(changelog: string, version: string): boolean {
	return changelog.split('\n').some((line) => line.startsWith(`## ${version} (`));
}

/** What stands below a heading, up to the next one of its rank. */
function entriesOf(changelog: string, heading: string): string {
	const lines = changelog.split('\n');
	const from = lines.indexOf(heading) + 1;
	if (from === 0) return '';
	const to = lines.findIndex((line, at) => at >= from && line.startsWith('## '));
	return lines
		.slice(from, to < 0 ? undefined : to)
		.join('\n')
		.trim();
}
