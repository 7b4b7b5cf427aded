import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Sandbox } from '../sandbox';
import { toCsv, type BalanceRow } from './balances';
import { readFlow, type Settings } from './flow';
import type { N8nClient } from '../lab/n8n/client';
import type { Execution } from '../lab/n8n/execution';

/** Where a part of the demo happens, after the first. */
export interface Surroundings {
	client: N8nClient;
	sandbox: Sandbox;
	/** The workflow as published. */
	flow: string;
	/** The folder that n8n may read. */
	files: string;
	log: string;
	signal: AbortSignal;
}

/** What a part of the demo sends, and as whom. */
interface Part extends Pick<Settings, 'store' | 'business'> {
	/** The file's name, without its folder. */
	file: string;
	rows: readonly BalanceRow[];
	/** The credential's name and token. */
	credential: { name: string; apiKey: string };
}

/** Saves the file, makes the credential, imports and fills in the flow, and executes it. */
export async function runPart(
	{ file, rows, credential: { name, apiKey }, ...choices }: Part,
	{ client, sandbox, flow, files, signal }: Surroundings,
): Promise<Execution> {
	const path = join(files, file);
	await writeFile(path, toCsv(rows));
	const yandexMarketApi = await client.createCredential({
		name,
		type: 'yandexMarketApi',
		data: { environment: 'sandbox', apiUrl: sandbox.url, apiKey },
	});
	const settings = { file: path, ...choices, credentials: { yandexMarketApi } };
	return await client.execute(await client.importWorkflow(await readFlow(flow, settings)), signal);
}
