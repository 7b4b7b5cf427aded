import { codeOf, type Json } from './support/flowSteps';

const FLOW = 'drift-watch';
const STORE = '21000001';
const NOW = Date.parse('2026-11-26T12:00:05.000Z');

describe('With Their Moment', () => {
	const run = codeOf(FLOW, 'With Their Moment');
	const began = (input: Json[]) =>
		run({
			input,
			steps: { 'Every Hour': [{ timestamp: '2026-11-26T15:00:00.000+03:00' }] },
			params: { Compare: { stockField: 'qty' } },
			nowMs: NOW,
		});

	it('gives each row the moment a second before the run began, not that of the reading', () => {
		expect(began([{ code: 'A', qty: 1 }])).toEqual([
			{ code: 'A', qty: 1, moment: '2026-11-26T11:59:59.000Z' },
		]);
	});

	it('leaves the empty item of an empty source empty, for Compare to refuse', () => {
		expect(began([{}])).toEqual([{}]);
	});

	it.each([['0'], [0], ['0,000'], ['0.00'], [' 0 ']])(
		'stops if more than half is %j, and goes on at half',
		(zero) => {
			const rows = [{ qty: zero }, { qty: 3 }];
			expect(began(rows)).toHaveLength(2);
			expect(() => began([...rows, { qty: zero }])).toThrow('2 of 3 balances are zero');
		},
	);
});

describe('To Repair', () => {
	const run = codeOf(FLOW, 'To Repair');
	const moment = '2026-11-26T12:00:00.000Z';
	const row = (sku: string, updatedAt: string | null, status = 'differs') => ({
		...{ sku, status, count: 5, available: 3, updatedAt, store: STORE },
		input: { moment },
	});

	it('takes what differs, also what the Market shows no balance of, with its moment', () => {
		const input = [
			row('A', '2026-11-26T11:00:00Z'),
			row('B', null),
			row('C', null, 'hidden'),
			row('D', null, 'not in the catalogue'),
			{ ...row('E', null, 'only at the Market'), input: null },
			{},
		];
		expect(run({ input, nowMs: NOW })).toEqual(
			['A', 'B'].map((sku) => ({ sku, count: 5, store: STORE, moment })),
		);
	});

	it('leaves what the Market got after the run began: it would ignore the older balance', () => {
		expect(run({ input: [row('A', '2026-11-26T15:00:01+03:00')], nowMs: NOW })).toEqual([]);
	});

	it('leaves what is reserved for orders: the source may not know of these yet', () => {
		const ordered = (sku: string, available: number, reserved: number) => ({
			...row(sku, '2026-11-26T11:00:00Z'),
			...{ available, reserved },
		});
		const input = [ordered('A', 3, 2), ordered('B', 3, 0), ordered('C', 7, 2), ordered('D', 3, 1)];
		expect(run({ input, nowMs: NOW }).map(({ sku }) => sku)).toEqual(['B', 'C', 'D']);
	});
});

describe('Not Right', () => {
	const run = codeOf(FLOW, 'Not Right');
	/** @param size rows of the source */
	const say = (input: Json[], told: Json[] = [], size = 10_000) =>
		run({
			input,
			steps: { 'Told Before': told, 'With Their Moment': Array<Json>(size).fill({}) },
			nowMs: NOW,
		})[0] as {
			text: string;
			html: string;
			changes: Json[];
		};
	const row = (sku: string | null, status: string, more: Json = {}) => ({
		...{ sku, status, store: STORE, reason: 'Why', available: null },
		...more,
	});

	it('names what sending did not repair, and what no number repairs; the rest is right', () => {
		const { text, html } = say([
			row('A', 'differs'),
			row('B', 'unconfirmed'),
			row('C<1>', 'failed'),
			row('D', 'unknown'),
			row('E', 'not in the catalogue'),
			row('F', 'only at the Market', { available: 3, reason: null }),
			row('G', 'hidden'),
			row(null, 'failed'),
			row('A', 'confirmed'),
			{},
		]);
		expect(text.split('\n')).toEqual([
			'6 SKUs do not come right:',
			'B: Why',
			'C<1>: Why',
			'D: Why',
			'E: Why',
			'F: 3 for sale, and the source does not name it',
			'A row without a SKU: Why',
		]);
		expect(html).toContain('C&lt;1&gt;: Why');
	});

	it('tells each once, and once more if something else is wrong with it', () => {
		const told = [{ sku: 'A', store: STORE, state: 'failed' }];
		expect(say([row('A', 'failed')], told)).toMatchObject({ text: '', changes: [] });
		expect(say([row('A', 'unconfirmed')], told).text).toContain('A: Why');
	});

	it('tells it again after it was right, and keeps stores apart', () => {
		const told: Json[] = [{ sku: 'A', store: STORE, state: 'failed' }];
		told.push(...say([{}], told).changes);
		expect(told.at(-1)).toEqual({ sku: 'A', store: STORE, state: 'right' });
		expect(say([{}], told).changes).toEqual([]);
		expect(say([row('A', 'failed')], told).text).toContain('A: Why');
		expect(say([row('A', 'failed', { store: '2' })], [told[0] as Json]).text).toContain('A: Why');
	});

	it('tells what is reserved for orders only if it is so a second time', () => {
		const orders = [row('A', 'differs', { count: 5, available: 3, reserved: 2 })];
		const first = say(orders);
		expect([first.text, first.changes]).toEqual([
			'',
			[{ sku: 'A', store: STORE, state: 'reserved' }],
		]);
		const second = say(orders, first.changes);
		expect(second.text).toBe('1 SKU does not come right:\nA: Why. It is left as it is');
		expect(say(orders, second.changes)).toMatchObject({ text: '', changes: [] });
		expect(say([{}], second.changes).changes).toMatchObject([{ state: 'right' }]);
	});

	it('tells an outage in one line, and keeps what was told before it', () => {
		const told: Json[] = [
			{ sku: 'GONE', store: STORE, state: 'only at the Market' },
			{ sku: 'A', store: STORE, state: 'not in the catalogue' },
		];
		const down = ['A', 'B', 'C'].map((sku) => row(sku, 'failed', { reason: 'No answer' }));
		const { text, changes } = say(down, told, 4);
		expect(text).toBe('3 SKUs do not come right:\nMost of the source: No answer');
		expect(changes).toEqual([{ sku: 'Most of the source', store: STORE, state: 'failed' }]);
		told.push(...changes);
		expect(say(down, told, 4)).toMatchObject({ text: '', changes: [] });

		const up = [
			row('GONE', 'only at the Market', { available: 3 }),
			row('A', 'not in the catalogue'),
		];
		const after = say(up, told, 4);
		expect([after.text, after.changes.map(({ state }) => state)]).toEqual(['', ['right']]);
	});

	it('tells nothing again because the catalogue, or what the source does not name, was not seen once', () => {
		const told: Json[] = [
			{ sku: 'GONE', store: STORE, state: 'only at the Market' },
			{ sku: 'A', store: STORE, state: 'not in the catalogue' },
		];
		const { text, changes } = say([row(null, 'failed'), row('A', 'unknown')], told);
		expect(text).toBe('1 SKU does not come right:\nA row without a SKU: Why');
		expect(changes).toEqual([{ sku: '', store: STORE, state: 'failed' }]);
	});

	it('stays within a message of Telegram, and says how many more there are', () => {
		const all = Array.from({ length: 1_000 }, (_, n) => row(`SKU-${n}-&`, 'failed'));
		const { text, html, changes } = say(all);
		expect(html.length).toBeLessThanOrEqual(4_096);
		expect(text.split('\n').at(-1)).toMatch(/^and \d+ more$/);
		expect(changes).toHaveLength(1_000);
	});
});
