import {
	judgeLedger,
	type Attempt,
	type LedgerFacts,
	type LedgerRow,
} from '../../demo/ledgerReport';

const SKUS = ['0557722', '557722'];
const ORDERS = [70_000_000_001, 70_000_000_002];

const counts = (...pairs: Array<[sku: string, count: number]>) => new Map(pairs);
const all = (count: number) => counts(...SKUS.map((sku): [string, number] => [sku, count]));

const row = (words: string, count: number, seen: Partial<LedgerRow> = {}): LedgerRow => ({
	words,
	skus: SKUS,
	count,
	ledger: all(count),
	market: all(count),
	...seen,
});

const attempt = (orderId: number, at: number): Attempt => ({
	type: 'ORDER_CREATED',
	orderId,
	at,
	body: { orderId },
	outcome: 'DELIVERED',
});

/** Two orders, told twice each, the first one once after the second. */
const ATTEMPTS = [
	attempt(ORDERS[0]!, 1),
	attempt(ORDERS[1]!, 2),
	attempt(ORDERS[0]!, 3),
	attempt(ORDERS[1]!, 4),
];

const GOOD: LedgerFacts = {
	rows: [row('nothing yet', 0), row('the supplier brings 10', 10)],
	attempts: [{ type: 'PING', at: 0, body: {}, outcome: 'DELIVERED' }, ...ATTEMPTS],
	copies: 2,
	executions: [{ flow: 'ledger-send', status: 'success' }],
	log: 'n8n.log',
};

const judged = (changes: Partial<LedgerFacts> = {}) => judgeLedger({ ...GOOD, ...changes });
const failuresOf = (changes: Partial<LedgerFacts>) => {
	const { ok, lines } = judged(changes);
	const failures = lines.filter((line) => line.startsWith('  FAIL'));
	expect(ok).toBe(failures.length === 0);
	return failures;
};

it('prints the table, and is good if all is as it must be', () => {
	expect(judged()).toEqual({
		ok: true,
		lines: [
			'What happens             Goods   By the guide   Ledger   Market',
			'nothing yet                  2              0        0        0',
			'the supplier brings 10       2             10       10       10',
			'',
			"  ok    n8n: all 1 executions of the ledger's flows succeeded",
			'  ok    Notifications: 2, each of which came 2 times; 1 came after one of a later order',
			"  ok    The guide's table: the ledger and the Market are right after each step",
			'  ok    Market: AVAILABLE is what the ledger says, for 2 of 2 SKUs',
			'',
			'It works: the ledger knows what the Market sells, and the Market shows what the ledger says.',
		],
	});
});

it('is not good if the Market shows another number than the ledger, and shows both', () => {
	const market = counts(['0557722', 10], ['557722', 12]);
	const rows = [row('the supplier brings 10', 10, { market })];
	expect(failuresOf({ rows })).toHaveLength(2);
	const { lines } = judged({ rows });
	expect(lines[1]).toMatch(/10 {3}10, 12$/);
	expect(lines.join('\n')).toContain('557722: the ledger says 10, the Market 12');
});

it('is not good if both agree on a number that is not the guide’s', () => {
	const rows = [row('an order', 8, { ledger: all(10), market: all(10) })];
	expect(failuresOf({ rows })).toEqual([
		"  FAIL  The guide's table: 2 balances are not what they must be",
	]);
});

it('is not good if a step in between was wrong, although the end is right', () => {
	const rows = [row('an order', 8, { market: all(10) }), row('the shop sells', 5)];
	expect(failuresOf({ rows })).toHaveLength(1);
});

it.each(['ledger', 'market'])('does not take a SKU that the %s lacks for one with 0', (place) => {
	const rows = [row('nothing yet', 0, { [place]: counts(['0557722', 0]) })];
	expect(failuresOf({ rows })).toHaveLength(2);
});

it('is not good if an execution did not succeed, and says why', () => {
	const executions = [{ flow: 'ledger-orders-in', status: 'error', error: 'Not in the ledger: 1' }];
	expect(failuresOf({ executions })).toEqual(['  FAIL  n8n: 1 of 1 executions did not succeed']);
	expect(judged({ executions }).lines.join('\n')).toContain(
		'ledger-orders-in: error, Not in the ledger: 1',
	);
});

it.each<[string, Attempt[]]>([
	['one copy is missing', ATTEMPTS.slice(0, 3)],
	['one copy was lost', [...ATTEMPTS.slice(0, 3), { ...ATTEMPTS[3]!, outcome: 'LOST' }]],
	['one came too often', [...ATTEMPTS, attempt(ORDERS[1]!, 5)]],
	['none came', []],
	['none changed its place', [1, 2, 3, 4].map((at) => attempt(ORDERS[at < 3 ? 0 : 1]!, at))],
	['all were sent at once', ATTEMPTS.map((each) => ({ ...each, at: 1 }))],
])('is not good if of the notifications %s', (_, attempts) => {
	expect(failuresOf({ attempts })).toEqual([expect.stringContaining('Notifications')]);
});

it('is not good if nothing was seen at all', () => {
	expect(failuresOf({ rows: [], attempts: [], executions: [] })).toHaveLength(4);
});
