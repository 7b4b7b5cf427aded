import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

import manifest from '../package.json';
import { N8nClient } from '../lab/n8n/client';
import { installN8n, type Installation } from '../lab/n8n/install';
import { startN8n, type RunningN8n } from '../lab/n8n/process';
import { Cleanup } from '../lab/system/cleanup';
import { freePorts } from '../lab/system/freePorts';
import { onInterrupt } from '../lab/system/interrupt';
import { npm } from '../lab/system/npm';
import { holdFolder } from '../lab/system/onlyOne';
import { endGroup, spawnGroup } from '../lab/system/processGroup';
import { Progress } from '../lab/system/progress';
import { startSandbox, TOKENS } from '../sandbox';

const ROOT = path.resolve(__dirname, '..');
const WORK = path.join(ROOT, '.demo');
const N8N = path.join(WORK, 'n8n');
/** Below n8n's own folder, so that the nodes find n8n's copy of n8n-workflow and not this project's. */
const HOME = path.join(N8N, 'dev');
const INSTALLED = path.join(HOME, '.n8n', 'nodes', 'node_modules', manifest.name);
const LOG = path.join(WORK, 'dev.log');
const STOREFRONT_PORT = 8780;
const OWNER = { email: 'seller@example.com', password: 'Demo-Password-1' };

/** What tsc prints once it has compiled everything. */
const COMPILED = /Found (\d+) errors?\. Watching for file changes/;

/** Compiles the nodes into a local n8n on every change and restarts it, beside a sandbox Market. */
async function dev(progress: Progress, signal: AbortSignal, cleanup: Cleanup): Promise<void> {
	cleanup.add(await holdFolder(WORK));
	const onStep = (words: string) => progress.say(words);
	const installation = await installN8n({ folder: N8N, log: LOG, signal, onStep });
	await progress.during('Building', () => npm(['run', 'build'], { cwd: ROOT, log: LOG, signal }));
	await rm(HOME, { recursive: true, force: true });
	await mkdir(INSTALLED, { recursive: true });
	for (const part of ['package.json', 'dist'])
		await cp(path.join(ROOT, part), path.join(INSTALLED, part), { recursive: true });

	const sandbox = await startSandbox({ port: STOREFRONT_PORT });
	cleanup.add(() => sandbox.stop());
	const start = await n8nStarter(installation, signal);
	let n8n: RunningN8n | undefined;
	cleanup.add(async () => await n8n?.stop());
	for await (const wrong of compilations(signal)) {
		if (wrong > 0) continue;
		const isFirst = n8n === undefined;
		await n8n?.stop();
		n8n = await start();
		if (isFirst) await furnish(n8n, sandbox.url, progress);
		progress.say(`n8n has the nodes as they are now: ${n8n.url}`);
	}
}

/** Always at the same address, so that the page in the browser keeps working. */
async function n8nStarter(
	installation: Installation,
	signal: AbortSignal,
): Promise<() => Promise<RunningN8n>> {
	const [port, brokerPort] = (await freePorts(2)) as [number, number];
	const env = { N8N_LOG_LEVEL: 'debug' };
	const settings = { home: HOME, port, brokerPort, files: WORK, log: LOG, signal, env };
	return async () => await startN8n(installation, settings);
}

/** An owner, and a credential for the sandbox. */
async function furnish({ url }: RunningN8n, apiUrl: string, progress: Progress): Promise<void> {
	const client = await N8nClient.setUp(url, OWNER);
	await client.createCredential({
		name: 'Yandex Market sandbox',
		type: 'yandexMarketApi',
		data: { environment: 'sandbox', apiUrl, apiKey: TOKENS.allMethods },
	});
	progress.say(`Sign in with ${OWNER.email} ${OWNER.password}; n8n's log is ${LOG}`);
	progress.say(`The storefront: ${apiUrl}/. Ctrl+C ends it all.`);
}

/** Compiles into n8n whenever a source changes; yields the number of tsc's complaints, which it prints. */
async function* compilations(signal: AbortSignal): AsyncGenerator<number> {
	const tsc = spawnGroup(
		process.execPath,
		[
			require.resolve('typescript/bin/tsc'),
			...['-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput'],
			...['--outDir', path.join(INSTALLED, 'dist')],
		],
		{ cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
	);
	signal.addEventListener('abort', () => void endGroup(tsc), { once: true });
	for await (const line of createInterface({ input: tsc.stdout as Readable })) {
		console.log(line);
		const [, wrong] = COMPILED.exec(line) ?? [];
		if (wrong !== undefined) yield Number(wrong);
	}
}

async function main(): Promise<void> {
	const signal = onInterrupt();
	const cleanup = new Cleanup();
	try {
		await dev(new Progress(), signal, cleanup);
	} catch (error) {
		if (!signal.aborted) throw error;
	} finally {
		await cleanup.run();
	}
}

void main();
