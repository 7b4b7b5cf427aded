import { STORES, TOKENS } from '../sandbox';
import { spreadOver, type BalanceRow, type WarehouseRow } from './balances';
import {
	checkBalances,
	checkExecution,
	checkSteps,
	verdictOf,
	type Difference,
	type Verdict,
} from './checks';
import { stepFacts } from './facts';
import { MarketReader } from './market';
import { runPart, type Surroundings } from './part';

/** A business without warehouse groups, and two of its warehouses. */
const { businessId, businessName } = STORES.warehouseFbs;
const WAREHOUSES = [STORES.warehouseFbs.warehouseId, STORES.warehouseDbs.warehouseId];

const STEP = { done: 'Updated', node: 'Update Stocks', method: 'updateStocksOnPartnerWarehouses' };

/** Sends the same goods to two warehouses of a business in one run, reads both back, and compares. */
export async function sendToWarehouses(
	goods: readonly BalanceRow[],
	surroundings: Surroundings,
): Promise<Verdict> {
	const rows = spreadOver(WAREHOUSES, goods);
	const execution = await runPart(
		{
			file: 'warehouses.csv',
			rows,
			business: { id: String(businessId), name: businessName },
			credential: {
				name: 'Yandex Market sandbox, business with warehouses',
				apiKey: TOKENS.warehouseAll,
			},
		},
		surroundings,
	);
	const market = new MarketReader(surroundings.sandbox.url, TOKENS.warehouseAll);
	const steps = [stepFacts(STEP, execution, await market.statistics())];
	const facts = { rows, execution, steps, log: surroundings.log };
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
