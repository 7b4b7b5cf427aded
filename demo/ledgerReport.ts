import { concluded, firstFew, number, said, type Check, type Verdict } from './checks';

/** Units by SKU. */
export type Counts = ReadonlyMap<string, number>;

/** What one line of the guide's table says of some goods, and what was seen then. */
export interface LedgerRow {
	/** What happened. */
	words: string;
	skus: readonly string[];
	/** Units that are available to order of each, by the guide. */
	count: number;
	/** What the ledger said; a SKU that it does not know is absent. */
	ledger: Counts;
	/** What the Market showed; a SKU without a balance is absent. */
	market: Counts;
}

/** One attempt of the Market to deliver a notification. */
export interface Attempt {
	/** PING or the type of an event. */
	type: string;
	orderId?: number;
	/** When it was sent, in milliseconds. */
	at: number;
	/** What was sent. */
	body: object;
	/** DELIVERED, or why not. */
	outcome: string;
}

/** Everything known after the table was played. */
export interface LedgerFacts {
	rows: readonly LedgerRow[];
	attempts: readonly Attempt[];
	/** How often each notification had to come. */
	copies: number;
	/** How n8n says that each execution of the ledger's flows ended. */
	executions: ReadonlyArray<{ flow: string; status: string; error?: string }>;
	/** Path of n8n's log. */
	log: string;
}

const HEADINGS = ['What happens', 'Goods', 'By the guide', 'Ledger', 'Market'];

/** The guide's table with what was seen, and whether all of it is as it must be. */
export function judgeLedger(facts: LedgerFacts): Verdict {
	const checks = [
		checkExecutions(facts),
		checkNotifications(facts),
		checkTable(facts),
		checkEnd(facts),
	];
	const good =
		'It works: the ledger knows what the Market sells, and the Market shows what the ledger says.';
	return concluded(tableOf(facts), checks, good, facts.log);
}

function tableOf({ rows }: LedgerFacts): string[] {
	const cells = rows.map(({ words, skus, count, ledger, market }) => [
		words,
		number(skus.length),
		number(count),
		seen(skus, ledger),
		seen(skus, market),
	]);
	const all = [HEADINGS, ...cells];
	const widths = HEADINGS.map((_, column) =>
		Math.max(...all.map((row) => (row[column] ?? '').length)),
	);
	return all.map((row) =>
		row
			.map((cell, column) => {
				const width = widths[column] ?? 0;
				return column === 0 ? cell.padEnd(width) : cell.padStart(width);
			})
			.join('   '),
	);
}

/** The count of these goods, or their different counts. */
function seen(skus: readonly string[], counts: Counts): string {
	return [...new Set(skus.map((sku) => inWords(counts.get(sku))))].join(', ');
}

function checkExecutions({ executions }: LedgerFacts): Check {
	const bad = executions.filter(({ status }) => status !== 'success');
	return said(
		executions.length > 0 && bad.length === 0,
		`n8n: all ${number(executions.length)} executions of the ledger's flows succeeded`,
		`n8n: ${number(bad.length)} of ${number(executions.length)} executions did not succeed`,
		firstFew(bad, ({ flow, status, error }) => `${flow}: ${status}${error ? `, ${error}` : ''}`),
	);
}

/** If none came again or after a later one, the run would prove nothing. */
function checkNotifications({ attempts, copies }: LedgerFacts): Check {
	const delivered = attempts.filter(
		({ type, outcome }) => type !== 'PING' && outcome === 'DELIVERED',
	);
	const times = new Map<string, number>();
	for (const { body } of delivered) {
		const text = JSON.stringify(body);
		times.set(text, (times.get(text) ?? 0) + 1);
	}
	const wrong = [...times].filter(([, count]) => count !== copies);
	const late = overtaken(delivered);
	return said(
		delivered.length > 0 && wrong.length === 0 && late > 0,
		`Notifications: ${number(times.size)}, each of which came ${copies} times; ${number(late)} came after one of a later order`,
		`Notifications: ${number(wrong.length)} of ${number(times.size)} did not come ${copies} times; ${number(late)} came after one of a later order`,
		firstFew(wrong, ([text, count]) => `${count} times: ${text}`),
	);
}

/** How many came after one of an order that was placed later. */
function overtaken(delivered: readonly Attempt[]): number {
	let latest = -Infinity;
	let count = 0;
	for (const { orderId } of inOrderOfSending(delivered)) {
		if (orderId < latest) count += 1;
		latest = Math.max(latest, orderId);
	}
	return count;
}

/** Those of new orders; of two that were sent at once, the earlier order's first. */
function inOrderOfSending(delivered: readonly Attempt[]): Array<{ orderId: number; at: number }> {
	return delivered
		.filter(({ type }) => type === 'ORDER_CREATED')
		.map(({ orderId = 0, at }) => ({ orderId, at }))
		.sort((one, other) => one.at - other.at || one.orderId - other.orderId);
}

function checkTable({ rows }: LedgerFacts): Check {
	const wrong = rows.flatMap(({ words, skus, count, ledger, market }) =>
		skus
			.filter((sku) => ledger.get(sku) !== count || market.get(sku) !== count)
			.map((sku) => ({ words, sku, count, ledger: ledger.get(sku), market: market.get(sku) })),
	);
	return said(
		rows.length > 0 && wrong.length === 0,
		"The guide's table: the ledger and the Market are right after each step",
		`The guide's table: ${number(wrong.length)} balances are not what they must be`,
		firstFew(
			wrong,
			({ words, sku, count, ledger, market }) =>
				`${words}: ${sku} must be ${count}, the ledger says ${inWords(ledger)}, the Market ${inWords(market)}`,
		),
	);
}

function checkEnd({ rows }: LedgerFacts): Check {
	const { ledger, market }: Pick<LedgerRow, 'ledger' | 'market'> = rows.at(-1) ?? {
		ledger: new Map(),
		market: new Map(),
	};
	const skus = [...new Set([...ledger.keys(), ...market.keys()])];
	const different = skus.filter((sku) => ledger.get(sku) !== market.get(sku));
	const equal = `${number(skus.length - different.length)} of ${number(skus.length)} SKUs`;
	return said(
		skus.length > 0 && different.length === 0,
		`Market: AVAILABLE is what the ledger says, for ${equal}`,
		`Market: AVAILABLE is what the ledger says for ${equal} only`,
		firstFew(
			different,
			(sku) =>
				`${sku}: the ledger says ${inWords(ledger.get(sku))}, the Market ${inWords(market.get(sku))}`,
		),
	);
}

function inWords(count: number | undefined): string {
	return count === undefined ? 'none' : number(count);
}
