import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { STORES, TOKENS, type Sandbox } from '../sandbox';
import { spreadOver, toCsv, type BalanceRow, type WarehouseRow } from './balances';
import {
	checkBalances,
	checkExecution,
	checkSteps,
	verdictOf,
	type Difference,
	type Verdict,
} from './checks';
import { stepFacts } from './facts';
import { readFlow } from './flow';
import { MarketReader } from './market';
import type { N8nClient } from '../lab/n8n/client';

/** A business without warehouse groups, and two of its warehouses. */
const { businessId, businessName } = STORES.warehouseFbs;
const WAREHOUSES = [STORES.warehouseFbs.warehouseId, STORES.warehouseDbs.warehouseId];

const STEP = { done: 'Updated', node: 'Update Stocks', method: 'updateStocksOnPartnerWarehouses' };

/** Where the third part of the demo happens. */
interface Surroundings {
	client: N8nClient;
	sandbox: Sandbox;
	/** The workflow as published. */
	flow: string;
	/** The folder that n8n may read. */
	files: string;
	log: string;
	signal: AbortSignal;
}

/** Sends the same goods to two warehouses of a business in one run, reads both back, and compares. */
export async function sendToWarehouses(
	goods: readonly BalanceRow[],
	surroundings: Surroundings,
): Promise<Verdict> {
	const { client, sandbox, files, log, signal } = surroundings;
	const rows = spreadOver(WAREHOUSES, goods);
	const file = join(files, 'warehouses.csv');
	await writeFile(file, toCsv(rows));
	const credential = await client.createCredential({
		name: 'Yandex Market sandbox, business with warehouses',
		type: 'yandexMarketApi',
		data: { environment: 'sandbox', apiUrl: sandbox.url, apiKey: TOKENS.warehouseAll },
	});
	const flow = await readFlow(surroundings.flow, {
		file,
		business: { id: String(businessId), name: businessName },
		credentials: { yandexMarketApi: credential },
	});
	const execution = await client.execute(await client.importWorkflow(flow), signal);
	const market = new MarketReader(sandbox.url, TOKENS.warehouseAll);
	const steps = [stepFacts(STEP, execution, await market.statistics())];
	const facts = { rows, execution, steps, log };
	const checks = [
		checkExecution(facts),
		checkSteps(facts),
		checkBalances(facts, await differences(rows, market)),
	];
	return verdictOf(
		facts,
		checks,
		`It works: ${WAREHOUSES.length} warehouses hold exactly what the file says.`,
	);
}

async function differences(
	rows: readonly WarehouseRow[],
	market: MarketReader,
): Promise<Difference[]> {
	const held = new Map<string, ReadonlyMap<string, number>>();
	for (const id of WAREHOUSES) held.set(String(id), await market.warehouseBalances(businessId, id));
	return rows
		.map(({ sku, count, cells: { warehouse } }) => ({
			name: `${sku} in warehouse ${warehouse}`,
			count,
			held: held.get(warehouse)?.get(sku),
		}))
		.filter((row) => row.held !== row.count);
}
