import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { anchorsOf, linksOf, readPage, ROOT as root } from './support/pages';

/** Files with one of these endings in a folder, by their paths from the project's root. */
function filesIn(folder: string, recursive: boolean): string[] {
	return readdirSync(path.join(root, folder), { recursive, encoding: 'utf8' })
		.filter((file) => /\.(?:md|json)$/.test(file))
		.map((file) => path.join(folder, file));
}

it.each([...filesIn('.', false), ...filesIn('docs', true), ...filesIn('workflows', true)])(
	'%s was merged to its end',
	(file) => {
		expect(readFileSync(path.join(root, file), 'utf8')).not.toMatch(/^(?:<{7}|={7}|>{7})(?: |$)/m);
	},
);

const pages = ['.', '.github', 'docs', 'workflows', 'test/e2e', 'bench']
	.flatMap((folder) => filesIn(folder, folder === 'docs'))
	.filter((file) => file.endsWith('.md'));

it('reads pages with links', () => {
	const links = pages.flatMap((file) => linksOf(readPage(file)));
	expect(pages.length).toBeGreaterThan(20);
	expect(links.length).toBeGreaterThan(150);
});

it.each(pages)('%s links to what is there', (file) => {
	const broken = linksOf(readPage(file)).filter((link) => {
		if (/^(?:https?|mailto):/.test(link)) return false;
		const [target = '', anchor] = decodeURI(link).split('#');
		const page = target === '' ? file : path.join(path.dirname(file), target);
		if (!existsSync(path.join(root, page))) return true;
		return anchor !== undefined && !anchorsOf(readPage(page)).includes(anchor);
	});
	expect(broken).toEqual([]);
});

describe('docs/architecture.md', () => {
	const said = readFileSync(path.join(root, 'docs/architecture.md'), 'utf8');

	/** A folder with all folders in it, as the document writes them. */
	function foldersIn(folder: string): string[] {
		const inner = readdirSync(path.join(root, folder), { withFileTypes: true })
			.filter((entry) => entry.isDirectory())
			.flatMap(({ name }) => foldersIn(path.join(folder, name)));
		return [`${folder}/`, ...inner];
	}

	it('says in one line each what the folders of market/ and nodes/common/ are for', () => {
		const folders = ['market', 'nodes/common'].flatMap(foldersIn);
		const told = folders.filter((folder) => said.split(`| \`${folder}\` | `).length === 2);
		expect(told).toEqual(folders.filter((folder) => folder !== 'nodes/common/'));
	});

	it('names files and folders that are there', () => {
		const named = Array.from(
			said.matchAll(/\b(?:market|nodes|credentials|sandbox|lab|docs|test)\/[\w./-]*/g),
			([name]) => name.replace(/\.$/, ''),
		);
		expect(named.length).toBeGreaterThan(50);
		expect(named.filter((name) => !existsSync(path.join(root, name)))).toEqual([]);
	});
});
