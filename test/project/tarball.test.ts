import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { devNull, tmpdir } from 'node:os';
import path from 'node:path';

import { packPackage } from '../../lab/package';
import { npm } from '../../lab/system/npm';
import manifest from '../../package.json';
import { packChecked } from '../../scripts/release/packChecked';
import { complaintsAbout, readTarball } from '../../scripts/release/tarball';

const ROOT = path.join(__dirname, '..', '..');
const NODE = 'dist/nodes/Show/Show.node.js';

/** A package with one node, its icons and a file of the node's own. */
const WHOLE = {
	'package.json': JSON.stringify({ version: '1.2.0', n8n: { nodes: [NODE], credentials: [] } }),
	'README.md': '',
	'LICENSE.md': '',
	[NODE]: `require("./rows"); exports.icon = { light: 'file:show.svg', dark: 'file:../dark.svg' };`,
	'dist/nodes/Show/Show.node.json': '{}',
	'dist/nodes/Show/rows.js': 'require("../../package.json")',
	'dist/package.json': JSON.stringify({ version: '1.2.0' }),
	'dist/nodes/Show/show.svg': '<svg/>',
	'dist/nodes/dark.svg': '<svg/>',
};

describe('what would be published', () => {
	it('may be published if it is whole', () => {
		expect(complaintsAbout(new Map(Object.entries(WHOLE)))).toEqual([]);
	});

	it.each(Object.keys(WHOLE).filter((file) => file !== 'package.json'))(
		'may not without %s',
		(file) => {
			const files = new Map(Object.entries(WHOLE));
			files.delete(file);
			expect(complaintsAbout(files)).toEqual([
				expect.stringMatching(new RegExp(`^lacks ${file}, which .+ names$`)),
			]);
		},
	);

	it('may not if it was built before the version was raised', () => {
		const files = { ...WHOLE, 'dist/package.json': JSON.stringify({ version: '1.1.0' }) };
		expect(complaintsAbout(new Map(Object.entries(files)))).toEqual([
			'holds code built as 1.1.0, not as 1.2.0',
		]);
	});

	it('may not if its README leads nowhere at npm', () => {
		const readme =
			'[Go](docs/go.md#how), ![look](docs/look.png), [here](#here), [n8n](https://n8n.io)';
		expect(complaintsAbout(new Map(Object.entries({ ...WHOLE, 'README.md': readme })))).toEqual([
			'has a README that links to docs/go.md#how, which only the repository has',
			'has a README that links to docs/look.png, which only the repository has',
		]);
	});

	it.each([
		'dist/nodes/Show/rows.js.map',
		'dist/nodes/Show/rows.d.ts',
		'dist/sandbox/main.js',
		'dist/test/nodes/show.test.js',
		'nodes/Show/Show.node.ts',
		'.env',
	])('may not with %s', (file) => {
		expect(complaintsAbout(new Map(Object.entries({ ...WHOLE, [file]: '' })))).toEqual([
			`holds ${file}, which is not for users`,
		]);
	});
});

describe('a clone in which nothing is built', () => {
	const { signal } = new AbortController();
	let clone: string;
	let registry: Server;
	/** What reached the registry to be published. */
	let published: string[];

	beforeEach(async () => {
		clone = await mkdtemp(path.join(tmpdir(), 'clone-'));
		for (const file of ['package.json', 'README.md', 'LICENSE.md', '.npmrc'])
			await cp(path.join(ROOT, file), path.join(clone, file));
		published = [];
		registry = createServer((request, response) => {
			if (request.method === 'PUT') published.push(request.url ?? '');
			request.resume();
			response.writeHead(request.method === 'PUT' ? 201 : 404, {
				'content-type': 'application/json',
			});
			response.end('{}');
		});
		await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
	});

	afterEach(async () => {
		await new Promise((resolve) => registry.close(resolve));
		await rm(clone, { recursive: true });
	});

	it("brings nothing along when npm installs it, not even a second copy of n8n's library", async () => {
		const options = { cwd: clone, log: devNull, signal };
		const tarball = await packPackage(clone, options);
		const home = path.join(clone, 'home');
		await mkdir(home);
		await writeFile(path.join(home, 'package.json'), '{}');
		// With npm's cache alone, so that this test does not download anything.
		await npm(['install', '--offline', tarball], { ...options, cwd: home });
		const installed = await readdir(path.join(home, 'node_modules'));
		expect(installed.filter((name) => !name.startsWith('.'))).toEqual([manifest.name]);
	});

	it('gives the README of the tarball absolute links and pictures, and leaves the rest of it as it is', async () => {
		const packed = path.join(clone, 'packed');
		// It is complained about for what is not built.
		await expect(packChecked(packed, { cwd: clone, log: devNull, signal })).rejects.toThrow();
		const [file = ''] = await readdir(packed);
		const readme = (await readTarball(path.join(packed, file))).get('README.md') ?? '';
		const own = await readFile(path.join(clone, 'README.md'), 'utf8');
		const address = manifest.repository.url.replace(/\.git$/, '');
		expect(readme).toContain(`](${address}/raw/HEAD/docs/images/first-flow.png)`);
		expect(readme).toContain(`](${address}/blob/HEAD/docs/reference.md)`);
		expect(readme.replaceAll(new RegExp(`${address}/(?:raw|blob)/HEAD/`, 'g'), '')).toBe(own);
	});

	/** As on a computer of ours, also if this test runs in an action of GitHub. */
	const publish = async (...more: string[]) => {
		const host = `127.0.0.1:${(registry.address() as AddressInfo).port}`;
		const user = path.join(clone, 'user.npmrc');
		await writeFile(user, `//${host}/:_authToken=for-this-test\n`);
		const env = { GITHUB_ACTIONS: '', GITLAB_CI: '', CI: '' };
		return await npm(['publish', `--registry=http://${host}`, `--userconfig=${user}`, ...more], {
			cwd: clone,
			log: devNull,
			signal,
			env,
		});
	};

	it('packs nothing that may be published: each node and credential is named', async () => {
		const into = path.join(clone, 'packed');
		await mkdir(into);
		const packing = packChecked(into, { cwd: clone, log: devNull, signal });
		const reason = await packing.then(String, (error: Error) => error.message);
		for (const built of [...manifest.n8n.nodes, ...manifest.n8n.credentials])
			expect(reason).toContain(`It lacks ${built}, which package.json's n8n names`);
		expect(reason).toContain('npm run build');
	});

	it('cannot be published from a computer: npm wants the provenance that only the action has', async () => {
		await expect(publish()).rejects.toMatchObject({
			output: expect.stringContaining('provenance'),
		});
		expect(published).toEqual([]);
	});

	it('could be without that guard, so the guard is what stops it', async () => {
		await publish('--provenance=false');
		expect(published).toEqual([`/${manifest.name}`]);
	});
});
