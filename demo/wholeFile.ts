import { STORES, TOKENS } from '../sandbox';
import type { BalanceRow } from './balances';
import {
	firstFew,
	number,
	said,
	verdictOf,
	type Check,
	type Difference,
	type Verdict,
} from './checks';
import { stepFacts } from './facts';
import { MarketReader } from './market';
import { runPart, type Surroundings } from './part';
import type { Execution } from '../lab/n8n/execution';

const { campaignId, domain } = STORES.fbs;
const STEP = { done: 'Updated', node: 'Update Stocks', method: 'updateStocks' };

const GONE = 200;
const MISTYPED = 20;

/** A file from which goods have vanished and in which SKUs are mistyped. */
export interface SpoiltFile {
	rows: BalanceRow[];
	/** SKUs that no row has any more. */
	gone: ReadonlySet<string>;
	/** The SKU that was meant, by what the file has instead. */
	meant: ReadonlyMap<string, string>;
}

/** The same goods, less 200 that were in stock, and with typing mistakes in 20 of the others. */
export function spoil(goods: readonly BalanceRow[]): SpoiltFile {
	const gone = new Set<string>();
	const meant = new Map<string, string>();
	const rows: BalanceRow[] = [];
	goods.forEach((row, index) => {
		const wrong = mistyped(row.sku);
		if (index % 3 === 1 && row.count > 0 && gone.size < GONE) gone.add(row.sku);
		else if (index % 50 === 2 && wrong !== undefined && meant.size < MISTYPED) {
			meant.set(wrong, row.sku);
			rows.push({ ...row, cells: { ...row.cells, sku: wrong }, sku: wrong });
		} else rows.push(row);
	});
	return { rows, gone, meant };
}

/** The way in which such a SKU is usually mistyped; undefined if the demo knows none. */
function mistyped(sku: string): string | undefined {
	if (/^SKU-\d+$/.test(sku)) return sku.toLowerCase();
	if (/^0{3,}\d+$/.test(sku)) return sku.replace(/^0+/, '');
	if (/^АРТ \d+\/Б$/.test(sku)) return sku.replace('АРТ', 'APT');
	return undefined;
}

/** Runs the flow for whole files on such a file in a store that holds the whole goods, and reads the store back. */
export async function sendWholeFile(
	goods: readonly BalanceRow[],
	surroundings: Surroundings,
): Promise<Verdict> {
	const spoilt = spoil(goods);
	const market = new MarketReader(surroundings.sandbox.url, TOKENS.allMethods);
	const earlier = (await market.statistics())[STEP.method]?.requests ?? 0;
	const execution = await runPart(
		{
			file: 'whole.csv',
			rows: spoilt.rows,
			store: { id: String(campaignId), name: domain },
			credential: { name: 'Yandex Market sandbox, whole file', apiKey: TOKENS.allMethods },
		},
		surroundings,
	);
	const step = stepFacts(STEP, execution, await market.statistics());
	const added = addedBy(execution).length;
	const facts = {
		rows: spoilt.rows,
		execution,
		steps: [{ ...step, accepted: step.accepted - added, requests: step.requests - earlier }],
		log: surroundings.log,
	};
	const held = await market.balances(campaignId);
	const checks = judgeWholeFile(goods, spoilt, execution, held);
	return verdictOf(facts, checks, 'It works: the store holds what the file means, and no more.');
}

/** What must be true afterwards. */
export function judgeWholeFile(
	goods: readonly BalanceRow[],
	{ gone, meant }: SpoiltFile,
	execution: Pick<Execution, 'status' | 'nodes'>,
	held: ReadonlyMap<string, number>,
): Check[] {
	const different: Difference[] = goods
		.map(({ sku, count }) => ({
			name: sku,
			count: gone.has(sku) ? 0 : count,
			held: held.get(sku),
		}))
		.filter((row) => row.held !== row.count);
	const reasonOf = new Map(itemsOf(execution).map(({ sku, reason }) => [sku, String(reason)]));
	const unnamed = [...meant].filter(
		([wrong, right]) => !reasonOf.get(wrong)?.includes(`probably meant: "${right}"`),
	);
	const added = addedBy(execution).length;
	return [
		said(
			execution.status === 'error',
			'n8n: the flow is red, because not every row was taken',
			`n8n: the flow ended with the status "${execution.status}"`,
		),
		said(
			added === gone.size,
			`${number(gone.size)} goods that the file no longer has were set to 0`,
			`${number(added)} of ${number(gone.size)} goods that the file no longer has were set to 0`,
		),
		said(
			unnamed.length === 0,
			`${number(meant.size)} mistyped SKUs were named, each with the one that was meant`,
			`${number(unnamed.length)} of ${number(meant.size)} mistyped SKUs were not named with the one that was meant`,
			firstFew(unnamed, ([wrong, right]) => `"${wrong}", for "${right}"`),
		),
		said(
			different.length === 0,
			'Market: all other balances are untouched, also those that mistyped SKUs meant',
			`Market: ${number(different.length)} of ${number(goods.length)} balances are not what they must be`,
			firstFew(different, ({ name, count, held: now }) => `${name}: ${now} instead of ${count}`),
		),
	];
}

function itemsOf({ nodes }: Pick<Execution, 'nodes'>): Array<Record<string, unknown>> {
	return nodes.get(STEP.node)?.items ?? [];
}

/** The items that no row of the file stands for. */
function addedBy(execution: Pick<Execution, 'nodes'>): Array<Record<string, unknown>> {
	return itemsOf(execution).filter(({ notInInput }) => notInInput === true);
}
