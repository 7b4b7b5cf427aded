import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { INTEGRATION } from '../../nodes/common/connection/transport';
import manifest from '../../package.json';

const root = path.join(__dirname, '..', '..');

/** Sources of a folder, by their paths from the project's root. */
function sourcesOf(folder: string): string[] {
	return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => path.join(folder, file));
}

/** What a source imports: files by their paths from the project's root, packages by their names. */
function importsOf(source: string): string[] {
	const text = readFileSync(path.join(root, source), 'utf8');
	// A quote right before the word is the end of a text that happens to say "from".
	const specifiers = Array.from(
		text.matchAll(/(?:(?<!['"])\bfrom\s|\bimport\s|\b(?:require|import)\()\s*['"]([^'"]+)['"]/g),
		([, name]) => name ?? '',
	);
	return specifiers.map((name) =>
		name.startsWith('.') ? path.join(path.dirname(source), name) : name,
	);
}

describe('the package', () => {
	it('tells the Market its own name and version', () => {
		expect(INTEGRATION).toBe(`${manifest.name}/${manifest.version}`);
	});

	it('has its address in package.json, and every other place says the same', () => {
		const said = ['nodes', 'credentials', '.github']
			.flatMap((folder) =>
				readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
					path.join(root, folder, file),
				),
			)
			.filter((file) => /\.(?:ts|json|yml)$/.test(file))
			.flatMap(
				(file) => readFileSync(file, 'utf8').match(/github\.com\/[\w-]+\/n8n-nodes-[\w-]+/g) ?? [],
			);
		const address = manifest.repository.url.replace(/^https:\/\/|\.git$/g, '');
		expect(said.length).toBeGreaterThan(20);
		expect(new Set(said)).toEqual(new Set([address]));
		expect(manifest.homepage).toBe(`https://${address}#readme`);
	});

	it('brings no other packages along', () => {
		expect(manifest).not.toHaveProperty('dependencies');
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	it('publishes the built code alone', () => {
		expect(manifest.files).toEqual(['dist']);
	});

	it('is found by n8n as a community package', () => {
		expect(manifest.name).toMatch(/^n8n-nodes-/);
		expect(manifest.keywords).toContain('n8n-community-node-package');
		expect(manifest.license).toBe('MIT');
	});

	it.each([...manifest.n8n.nodes, ...manifest.n8n.credentials])('has the source of %s', (built) => {
		const source = built.replace(/^dist\//, '').replace(/\.js$/, '.ts');
		expect(existsSync(path.join(root, source))).toBe(true);
	});

	it('names every node and credential that there is', () => {
		const built = [...sourcesOf('nodes'), ...sourcesOf('credentials')]
			.filter((source) => /\.(node|credentials)\.ts$/.test(source))
			.map((source) => `dist/${source.replace(/\.ts$/, '.js')}`);
		expect([...manifest.n8n.nodes, ...manifest.n8n.credentials].sort()).toEqual(built.sort());
	});
});

describe('imports', () => {
	it("the Market's rules need nothing but themselves", () => {
		const imports = sourcesOf('market').flatMap(importsOf);
		expect(imports.length).toBeGreaterThan(10);
		expect(imports.filter((name) => !name.startsWith(`market${path.sep}`))).toEqual([]);
	});

	it("published sources need n8n-workflow, Node's crypto, their version and one another", () => {
		const imports = [...sourcesOf('nodes'), ...sourcesOf('credentials')].flatMap(importsOf);
		expect(imports.length).toBeGreaterThan(10);
		const published = /^(?:(nodes|credentials|market)[\\/]|package\.json$)/;
		// Of what belongs to Node, n8n's linter lets crypto pass.
		const given = ['n8n-workflow', 'crypto'];
		expect(imports.filter((name) => !given.includes(name) && !published.test(name))).toEqual([]);
	});
});
