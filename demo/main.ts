import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';

import { startSandbox, STORES, TOKENS, tokensAndStores, type Sandbox } from '../sandbox';
import { makeBalances, toCsv, type BalanceRow } from './balances';
import type { Verdict } from './checks';
import { gatherFacts } from './facts';
import { readFlow } from './flow';
import { CALM, faultChance, hardship } from './hardship';
import { LEDGER_STORE, playTheTable } from './ledger';
import { MarketReader } from './market';
import { N8nClient, type NewCredential } from '../lab/n8n/client';
import type { Execution } from '../lab/n8n/execution';
import { installN8n } from '../lab/n8n/install';
import { startN8n, type RunningN8n } from '../lab/n8n/process';
import { HELP, readOptions, type DemoOptions } from './options';
import { addToN8n, packPackage } from '../lab/package';
import { judge } from './report';
import { Cleanup } from '../lab/system/cleanup';
import { CommandFailure } from '../lab/system/command';
import { freePorts } from '../lab/system/freePorts';
import { onInterrupt } from '../lab/system/interrupt';
import { npm } from '../lab/system/npm';
import { holdFolder } from '../lab/system/onlyOne';
import { startPostgres, type Postgres } from '../lab/system/postgres';
import { Progress } from '../lab/system/progress';
import { sendToWarehouses } from './warehouses';
import { sendWholeFile } from './wholeFile';

const ROOT = resolve(__dirname, '..');
/** Everything the demo creates; git ignores it. */
const WORK = join(ROOT, '.demo');
const FLOWS = join(ROOT, 'workflows');
const FLOW = join(FLOWS, 'check-integration.json');
const WAREHOUSES_FLOW = join(FLOWS, 'send-to-warehouses.json');
const WHOLE_FILE_FLOW = join(FLOWS, 'whole-file-nightly.json');
const BUILD_LOG = join(WORK, 'build.log');
const INSTALL_LOG = join(WORK, 'install.log');
const N8N_LOG = join(WORK, 'n8n.log');
const POSTGRES_LOG = join(WORK, 'postgres.log');
const FILES = join(WORK, 'files');

const ROWS = 5_000;
const STORE = STORES.fbs;
const STOREFRONT_PORT = 8780;
const OWNER = { email: 'seller@example.com', password: 'Demo-Password-1' };

/** What every part of the story needs. */
interface Stage {
	options: DemoOptions;
	progress: Progress;
	signal: AbortSignal;
	cleanup: Cleanup;
}

async function demo(stage: Stage): Promise<boolean> {
	const { options, progress, signal, cleanup } = stage;
	cleanup.add(await holdFolder(WORK));

	const rows = makeBalances(ROWS);
	const file = join(FILES, 'balances.csv');
	await mkdir(FILES, { recursive: true });
	await writeFile(file, toCsv(rows));

	const sandbox = await openMarket(stage, rows);
	const postgres = await openPostgres(stage);
	const n8n = await openN8n(stage);
	const client = await N8nClient.setUp(n8n.url, OWNER);
	const { workflowId, execution } = await runFlow(stage, { client, sandbox, file });

	progress.say('Reading the Market back');
	if (options.faults) sandbox.market.setSwitches(CALM);
	const market = new MarketReader(sandbox.url, TOKENS.allMethods);
	const { campaignId } = STORE;
	const { faults } = options;
	const log = relative(process.cwd(), N8N_LOG);
	const store = judge(await gatherFacts({ rows, execution, market, campaignId, faults, log }));
	show(store);

	const surroundings = { client, sandbox, files: FILES, log, signal };
	const wholeFile = await progress.during(
		'Sending a file from which goods have vanished and in which SKUs are mistyped',
		() => sendWholeFile(rows, { ...surroundings, flow: WHOLE_FILE_FLOW }),
	);
	show(wholeFile);
	const warehouses = await progress.during(
		'Sending the same goods to two warehouses of a business, in one run',
		() => sendToWarehouses(rows, { ...surroundings, flow: WAREHOUSES_FLOW }),
	);
	show(warehouses);
	const { url } = n8n;
	const ledger = await progress.during(
		"Keeping a ledger: the guide's table, with orders of which the Market tells three times, in any order",
		() =>
			playTheTable(rows, { client, url, postgres, sandbox, flows: FLOWS, log, signal, cleanup }),
	);
	show(ledger);
	progress.say('Done');

	if (options.open) {
		console.log(
			whereToLook({
				workflow: `${n8n.url}/workflow/${workflowId}`,
				storefront: `${sandbox.url}/`,
				file,
				market: sandbox.market,
			}),
		);
		await interruption(signal);
	}
	return [store, wholeFile, warehouses, ledger].every(({ ok }) => ok);
}

function show({ lines }: Verdict): void {
	console.log(`\n${lines.join('\n')}\n`);
}

/** A Market on this machine whose catalogue has the goods in the file. */
async function openMarket(
	{ options, progress, cleanup }: Stage,
	rows: readonly BalanceRow[],
): Promise<Sandbox> {
	const catalogue = rows.map(({ sku }, index) => ({
		sku,
		name: `Item ${index + 1}`,
		price: 100 + (index % 900),
	}));
	const sandbox = await startSandbox({
		port: options.open ? STOREFRONT_PORT : 0,
		catalogue,
		extraStores: [LEDGER_STORE],
		random: faultChance(),
	});
	cleanup.add(() => sandbox.stop());
	progress.say(`Market sandbox with ${rows.length} goods: ${sandbox.url}`);
	return sandbox;
}

/** A database for the ledger. It is opened before n8n, so that it ends after n8n has closed its connections. */
async function openPostgres({ progress, signal, cleanup }: Stage): Promise<Postgres> {
	const [port] = (await freePorts(1)) as [number];
	const postgres = await progress.during('Starting PostgreSQL', () =>
		startPostgres(port, POSTGRES_LOG, signal),
	);
	cleanup.add(() => postgres.stop());
	return postgres;
}

/** A real n8n with this package in it, installed and started from scratch. */
async function openN8n({ progress, signal, cleanup }: Stage): Promise<RunningN8n> {
	await Promise.all([BUILD_LOG, INSTALL_LOG].map((log) => rm(log, { force: true })));
	const build = { cwd: ROOT, log: BUILD_LOG, signal };
	await progress.during('Building the n8n package', () => npm(['run', 'build'], build));
	const tarball = await packPackage(join(WORK, 'package'), build);

	const folder = join(WORK, 'n8n');
	const installation = await progress.during('Checking whether n8n is installed', () =>
		installN8n({ folder, log: INSTALL_LOG, signal, onStep: (words) => progress.say(words) }),
	);

	// Below n8n's own folder, so that the package finds n8n's copy of n8n-workflow, as it does for users, and not this
	// project's: with two copies, neither recognises the other's errors.
	const home = join(folder, 'home');
	await rm(home, { recursive: true, force: true });
	const { name } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
		name: string;
	};
	await addToN8n(tarball, name, home);

	const [port, brokerPort] = (await freePorts(2)) as [number, number];
	const settings = { home, port, brokerPort, files: FILES, log: N8N_LOG, signal };
	const n8n = await progress.during('Starting n8n', () => startN8n(installation, settings));
	cleanup.add(() => n8n.stop());
	progress.say(`n8n: ${n8n.url}`);
	return n8n;
}

/** Does what a seller does in the editor: adds a credential, imports and fills in the flow, clicks "Execute workflow". */
async function runFlow(
	{ options, progress, signal }: Stage,
	{ client, sandbox, file }: { client: N8nClient; sandbox: Sandbox; file: string },
): Promise<{ workflowId: string; execution: Execution }> {
	const credential: NewCredential = {
		name: 'Yandex Market sandbox',
		type: 'yandexMarketApi',
		data: { environment: 'sandbox', apiUrl: sandbox.url, apiKey: TOKENS.allMethods },
	};
	const reference = await client.createCredential(credential);
	await client.testCredential(reference, credential);
	progress.say("Credential made, n8n's own test of it passed");

	const flow = await readFlow(FLOW, {
		file,
		store: { id: String(STORE.campaignId), name: STORE.domain },
		credentials: { [credential.type]: reference },
	});
	const workflowId = await client.importWorkflow(flow);
	if (options.faults) {
		sandbox.market.setSwitches(hardship(STORE.campaignId));
		progress.say('From here on one call in twenty fails, and quotas last for 3,000 rows a minute');
	}
	const execution = await progress.during(`Running the flow "${flow.name}" on ${ROWS} rows`, () =>
		client.execute(workflowId, signal),
	);
	return { workflowId, execution };
}

function whereToLook({
	workflow,
	storefront,
	file,
	market,
}: {
	workflow: string;
	storefront: string;
	file: string;
	market: Sandbox['market'];
}): string {
	return [
		'',
		`  The flow in n8n   ${workflow}`,
		`  Sign in with      ${OWNER.email}   ${OWNER.password}`,
		`  The storefront    ${storefront}`,
		`  The file          ${relative(process.cwd(), file)}`,
		'',
		...tokensAndStores(market),
		'',
		'Press Ctrl+C to stop everything.',
		'',
	].join('\n');
}

async function interruption(signal: AbortSignal): Promise<void> {
	if (!signal.aborted) await once(signal, 'abort');
}

function explain(error: unknown): string {
	if (error instanceof CommandFailure) return `${error.message}:\n${error.lastLines}`;
	if (!(error instanceof Error)) return String(error);
	const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
	return isTaken
		? `Port ${STOREFRONT_PORT} is taken: stop the sandbox that is running there first.`
		: error.message;
}

async function main(): Promise<void> {
	const options = readOptions(process.argv.slice(2));
	if (options.help) {
		console.log(HELP);
		return;
	}
	const signal = onInterrupt();
	const cleanup = new Cleanup();
	try {
		process.exitCode = (await demo({ options, progress: new Progress(), signal, cleanup })) ? 0 : 1;
	} catch (error) {
		console.error(signal.aborted ? '\nStopped.' : `\n${explain(error)}\n`);
		process.exitCode = 1;
	} finally {
		await cleanup.run();
	}
}

void main();
