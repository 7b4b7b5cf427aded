import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { N8nClient } from '../../lab/n8n/client';
import { installN8n } from '../../lab/n8n/install';
import { startN8n } from '../../lab/n8n/process';
import { Cleanup } from '../../lab/system/cleanup';
import { freePorts } from '../../lab/system/freePorts';
import manifest from '../../package.json';
import { startSandbox, STORES, type Sandbox } from '../../sandbox';
import { apiKeyCredential } from './support/credentials';
import { useEditor } from './support/editor';
import { chain, marketNode, rows } from './support/flow';
import { startNpmRegistry, type NpmRegistry } from './support/npmRegistry';
import { INSTALL_LOG, N8N_FOLDER, PACKAGE_NAME, RESULTS, TARBALL } from './support/places';
import { OWNER } from './support/testBed';

/** An n8n without the package, as a seller has it. */
interface Bare {
	url: string;
	client: N8nClient;
	/** Where n8n keeps what is installed: far from n8n's own folder, so that a node finds nothing of n8n beside itself. */
	home: string;
}

const cleanup = new Cleanup();
const { signal } = new AbortController();
let sandbox: Sandbox;
let registry: NpmRegistry;
let bare: Bare | undefined;

async function startBare(name: string, env: Record<string, string> = {}): Promise<Bare> {
	const home = await newFolder();
	const files = join(home, 'files');
	await mkdir(files);
	const installation = await installN8n({ folder: N8N_FOLDER, log: INSTALL_LOG, signal });
	const [port, brokerPort] = (await freePorts(2)) as [number, number];
	const n8n = await startN8n(installation, {
		home,
		port,
		brokerPort,
		files,
		env: { ...registry.env, ...env },
		log: join(RESULTS, `install-${name}.log`),
		signal,
	});
	cleanup.add(async () => await n8n.stop());
	return { url: n8n.url, client: await N8nClient.setUp(n8n.url, OWNER), home };
}

async function newFolder(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-home-'));
	cleanup.add(async () => await rm(folder, { recursive: true, force: true }));
	return folder;
}

beforeAll(async () => {
	sandbox = await startSandbox();
	cleanup.add(async () => await sandbox.stop());
	registry = await startNpmRegistry(TARBALL, await newFolder());
	cleanup.add(async () => await registry.stop());
	bare = await startBare('by-hand');
});
const editor = useEditor(() => bare as Bare);
afterAll(async () => await cleanup.run());

const TYPES = manifest.n8n.nodes.map((file) => {
	const name = file.replace(/^.*\/(.*)\.node\.js$/, '$1');
	return `${PACKAGE_NAME}.${name.replace(/^[A-Z]/, (letter) => letter.toLowerCase())}`;
});

/** The package's types of nodes that this n8n offers; as tools of an agent they have names of their own. */
async function offered({ client }: Bare): Promise<string[]> {
	const all = await client.get<Array<{ name: string }>>('/types/nodes.json');
	return all.map(({ name }) => name).filter((name) => name.startsWith(`${PACKAGE_NAME}.`));
}

/** The nodes are there, and a flow with them sends its balances. */
async function expectToWork(n8n: Bare): Promise<void> {
	expect(await offered(n8n)).toEqual(expect.arrayContaining(TYPES));
	expect(registry.asked).toContain(`/${PACKAGE_NAME}/-/${PACKAGE_NAME}-${manifest.version}.tgz`);

	const items = [
		{ sku: 'SKU-00001', stock: 3 },
		{ sku: 'SKU-00002', stock: '1 234' },
	];
	const { client } = n8n;
	const apiKey = await client.createCredential(apiKeyCredential(sandbox));
	const flow = chain('Two balances', rows(items), marketNode('updateStocks', apiKey));
	const { status, nodes } = await client.execute(await client.importWorkflow(flow), signal);
	expect(status).toBe('success');
	expect(nodes.get('Update Stocks')?.items).toMatchObject([
		{ sku: 'SKU-00001', count: 3, status: 'accepted' },
		{ sku: 'SKU-00002', count: 1_234, status: 'accepted' },
	]);
	const available = (sku: string) => sandbox.market.offer(STORES.fbs.campaignId, sku).available;
	expect(items.map(({ sku }) => available(sku))).toEqual([3, 1_234]);

	// n8n writes down what it has installed.
	const written = await readFile(join(n8n.home, '.n8n', 'nodes', 'package.json'), 'utf8');
	expect(JSON.parse(written)).toMatchObject({ dependencies: { [PACKAGE_NAME]: manifest.version } });
}

beforeEach(() => {
	sandbox.market.reset();
	registry.asked.splice(0);
});

it('is installed on the page Community nodes, by what the README says', async () => {
	const n8n = bare as Bare;
	expect(await offered(n8n)).toEqual([]);
	const { page } = editor();
	await page.goto(`${n8n.url}/settings/usage`);
	await page.getByText('Community nodes', { exact: true }).click();
	await page.getByRole('button', { name: 'Install a community node' }).click();
	await page.getByText('npm Package Name').waitFor();
	await page.getByTestId('package-name-input').fill(PACKAGE_NAME);
	await page.getByTestId('user-agreement-checkbox').click();
	await editor().shoot('install-package');
	await page.getByTestId('install-community-package-button').click();
	await page.getByTestId('community-package-card').waitFor();
	await editor().shoot('installed-package');
	await expectToWork(n8n);
	expect(editor().scriptErrors).toEqual([]);
});

it('is installed from the environment, on a server without that page', async () => {
	const n8n = await startBare('from-environment', {
		N8N_COMMUNITY_PACKAGES_MANAGED_BY_ENV: 'true',
		N8N_COMMUNITY_PACKAGES: JSON.stringify([{ name: PACKAGE_NAME }]),
	});
	await expectToWork(n8n);
});
