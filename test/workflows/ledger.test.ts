import { readSku } from '../../market/records/sku';
import { stepOf } from './support/flowSteps';
import { CAMPAIGN, order, useLedger, type Counts, type OrderItem } from './support/ledger';

const ledger = useLedger();

const PACKED = { packed: true };
const NOT_KNOWN = { packed: null };

it("is the guide's table: 10 come in, an order of 2, 10 more, the shop sells 3", async () => {
	const seen: unknown[] = [(await ledger().counts())['A']];
	const note = async () => seen.push((await ledger().counts())['A']);
	await ledger().book('receipt', '1', { A: 10 });
	await note();
	await ledger().takeOrder(order('1', 1, { A: 2 }));
	await note();
	await ledger().book('receipt', '2', { A: 10 });
	await note();
	await ledger().book('sale', '1', { A: 3 });
	await note();
	expect(seen).toEqual([undefined, 10, 8, 18, 15]);
});

describe('an order', () => {
	type Life = Array<[second: number, held: Counts, others?: Partial<OrderItem>]>;

	it.each<[string, Counts, Life]>([
		['holds its units', { A: -2, B: -1 }, [[1, { A: 2, B: 1 }]]],
		[
			'that says the same again',
			{ A: -2 },
			[
				[1, { A: 2 }],
				[1, { A: 2 }],
			],
		],
		[
			'that was cancelled before it was packed gives all back',
			{ A: 0, B: 0 },
			[
				[1, { A: 2, B: 1 }],
				[2, {}],
			],
		],
		[
			'that is heard of after its end, in the wrong order',
			{},
			[
				[2, {}],
				[1, { A: 2 }],
			],
		],
		[
			'that was reduced gives the difference back',
			{ A: -1, B: 0 },
			[
				[1, { A: 2, B: 1 }],
				[2, { A: 1 }],
			],
		],
		[
			'that was packed and then cancelled still holds its units',
			{ A: -2 },
			[
				[1, { A: 2 }],
				[2, { A: 2 }, PACKED],
				[3, {}, NOT_KNOWN],
			],
		],
		[
			'whose packing is heard of last still holds its units',
			{ A: -2 },
			[
				[1, { A: 2 }],
				[3, {}, NOT_KNOWN],
				[2, { A: 2 }, PACKED],
			],
		],
		[
			'whose cancellation alone says that it was packed still holds its units',
			{ A: -2 },
			[
				[1, { A: 2 }],
				[2, {}, PACKED],
			],
		],
		[
			'that lost a line while it was packed holds the others',
			{ A: -2, B: 0 },
			[
				[1, { A: 2, B: 1 }],
				[2, { A: 2 }, PACKED],
				[3, {}, NOT_KNOWN],
			],
		],
		[
			'that says less in the same version holds less: orders only lose units',
			{ A: -1 },
			[
				[1, { A: 2 }],
				[1, { A: 1 }],
			],
		],
		[
			'that says more in the same version is an older reading',
			{ A: -1 },
			[
				[1, { A: 1 }],
				[1, { A: 2 }],
			],
		],
		[
			'that was cancelled in the same version gives all back, whichever comes first',
			{},
			[
				[1, {}],
				[1, { A: 2 }],
			],
		],
		[
			'with a SKU in two lines holds both',
			{ A: -5 },
			[[1, {}, { lines: [2, 3].map((held) => ({ sku: 'A', count: held, held })) }]],
		],
	])('%s', async (_, balances, life) => {
		for (const [second, held, others] of life)
			await ledger().takeOrder(order('1', second, held, others));
		expect(await ledger().counts()).toEqual(balances);
	});

	describe('that is too old to have been known at the first stocktake', () => {
		const DAY_MS = 24 * 60 * 60_000;
		const daysOld = (days: number, second: number, held: Counts, others = {}) =>
			order('1', second, held, {
				createdAt: new Date(Date.now() - days * DAY_MS).toISOString(),
				...others,
			});
		const returned = daysOld(40, 5, { A: 2 }, { status: 'RETURNED', packed: true });

		it('holds nothing, whatever comes of it', async () => {
			await ledger().book('stocktake', '1', { A: 10 });
			for (const state of [daysOld(40, 1, { A: 3 }), returned, daysOld(40, 6, {}), returned])
				await ledger().takeOrder(state);
			await ledger().book('return', '1', { A: 2 });
			expect(await ledger().counts()).toEqual({ A: 12 });
			expect(await ledger().rows('SELECT * FROM ledger.wrong')).toEqual([]);
		});

		it.each<[string, OrderItem[]]>([
			['known before the stocktake', [daysOld(40, 1, { A: 2 })]],
			['heard of before and again after it', [daysOld(40, 1, { A: 2 }), returned]],
		])('holds its units if it was %s', async (_, [first, ...others]) => {
			await ledger().takeOrder(first);
			await ledger().book('stocktake', '1', { A: 10 });
			for (const state of others) await ledger().takeOrder(state);
			expect(await ledger().counts()).toEqual({ A: 10 });
		});

		it.each([
			['is younger', 29, '1 day'],
			['was placed less than 30 days before it', 40, '15 days'],
			['was placed after it', 40, '50 days'],
		])('but takes its units if it %s', async (_, days, ago) => {
			await ledger().book('stocktake', '1', { A: 10 });
			await ledger().rows('UPDATE ledger.document SET booked_at = now() - $1::interval', ago);
			await ledger().book('stocktake', '2', { B: 1 });
			await ledger().takeOrder(daysOld(days, 1, { A: 2 }));
			expect(await ledger().counts()).toEqual({ A: 8, B: 1 });
		});

		it('takes its units if nothing was ever counted, or only another stock', async () => {
			await ledger().rows(
				"INSERT INTO ledger.store VALUES ($1, 'moscow'), ('2', 'kazan')",
				CAMPAIGN,
			);
			await ledger().book('receipt', '1', { A: 10 }, 'moscow');
			await ledger().book('stocktake', '1', { A: 10 }, 'kazan');
			await ledger().takeOrder(daysOld(40, 1, { A: 2 }));
			expect(await ledger().counts('moscow')).toEqual({ A: 8 });
		});
	});

	it('says whether it was news', async () => {
		const placed = order('1', 1, { A: 2 });
		const news = [await ledger().takeOrder(placed), await ledger().takeOrder(placed)];
		expect(news).toEqual([true, false]);
	});

	it('of the same number in another store is another order', async () => {
		await ledger().takeOrder(order('1', 1, { A: 2 }));
		await ledger().takeOrder(order('1', 1, { A: 3 }, { campaignId: '21000002' }));
		expect(await ledger().counts()).toEqual({ A: -5 });
	});

	it.each<[string, Partial<Record<keyof OrderItem, unknown>>, string]>([
		['was not read', { verified: false }, 'Order 7: it was not read from the Market'],
		['does not say so', { verified: 'true' }, 'Order 7: it was not read from the Market'],
		['has a number for its number', { orderId: 7 }, '"orderId" must be a number as text'],
		['has no store', { campaignId: null }, 'Order 7: "campaignId" must be a number as text'],
		['has no version', { version: null }, '"version" must be a moment such as 2026'],
		['has a local time', { version: '2026-11-26T10:00:00' }, 'and is "2026-11-26T10:00:00"'],
		['has no lines', { lines: null }, 'Order 7: "lines" must be a list'],
		[
			'holds an unknown number of units',
			{ lines: [{ sku: 'A', held: null }] },
			'Order 7, SKU "A": "held" must be a whole number from 0 to 2000000000, and is null',
		],
		['holds less than nothing', { lines: [{ sku: 'A', held: -1 }] }, 'and is -1'],
		['holds half a unit', { lines: [{ sku: 'A', held: 0.5 }] }, 'and is 0.5'],
		['has a number for a SKU', { lines: [{ sku: 12, held: 1 }] }, '"sku" must be a text'],
	])('that %s is refused, and changes nothing', async (_, wrong, message) => {
		await expect(ledger().takeOrder({ ...order('7', 1, { A: 1 }), ...wrong })).rejects.toThrow(
			message,
		);
		expect(await ledger().counts()).toEqual({});
	});
});

describe('a document', () => {
	it.each([
		['receipt', 4, 14],
		['return', 4, 14],
		['sale', 4, 6],
		['correction', -4, 6],
		['stocktake', 4, 4],
	])('of the kind %s with %i makes 10 %i', async (kind, count, after) => {
		await ledger().book('receipt', 'before', { A: 10 });
		await ledger().book(kind, '1', { A: count });
		expect(await ledger().counts()).toEqual({ A: after });
	});

	it('that comes again changes nothing, even a stocktake after other movements', async () => {
		const booked: boolean[] = [];
		for (let time = 1; time <= 2; time++) {
			booked.push(await ledger().book('stocktake', '1', { A: 4, B: 0 }));
			booked.push(await ledger().book('sale', '1', { A: 1 }));
		}
		expect(booked).toEqual([true, true, false, false]);
		expect(await ledger().counts()).toEqual({ A: 3, B: 0 });
	});

	it('that comes again with other numbers is refused by name, and stays as booked', async () => {
		await ledger().book('receipt', '42', { A: 10, B: 1, C: 3 });
		await expect(ledger().book('receipt', '42', { A: 12, C: 3, D: 1 })).rejects.toThrow(
			'Receipt "42" was booked before with other numbers (SKU "A": 10 is booked, 12 came; ' +
				'SKU "B": 1 is booked, none came; SKU "D": none is booked, 1 came), and stays as booked.',
		);
		expect(await ledger().counts()).toEqual({ A: 10, B: 1, C: 3 });
	});

	it('of another kind with the same number is another document', async () => {
		await ledger().book('receipt', '42', { A: 10 });
		await ledger().book('sale', '42', { A: 10 });
		expect(await ledger().counts()).toEqual({ A: 0 });
	});

	it('that is deleted is undone', async () => {
		await ledger().book('receipt', '42', { A: 10 });
		await ledger().book('receipt', '43', { A: 1 });
		await ledger().rows("DELETE FROM ledger.document WHERE key = 'receipt:42'");
		expect(await ledger().counts()).toEqual({ A: 1 });
	});

	const line = { sku: 'A', count: 1 };
	it.each<[string, object, string]>([
		['a kind that there is not', { kind: 'gift' }, '"kind" must be receipt, return, sale'],
		['no kind', { kind: undefined }, 'Document "1": "kind" must be'],
		['a number that has lost its zeros', { number: 1 }, '"number" must be a text'],
		['a blank number', { number: ' ' }, '"number" must be a text'],
		['no lines', { lines: [] }, 'Receipt "1" has no lines'],
		['a blank count', { lines: [{ ...line, count: '' }] }, '"count" must be a whole number'],
		['a comma', { lines: [{ ...line, count: '1,5' }] }, 'and is "1,5"'],
		['a receipt of less than nothing', { lines: [{ ...line, count: -1 }] }, 'from 0 to'],
		['no SKU', { lines: [line, { count: 1 }] }, '"sku" must be a text'],
		['a blank SKU', { lines: [{ ...line, sku: ' ' }] }, '"sku" must be a text'],
		['a cell as it was typed', { lines: [{ ...line, sku: "'00417" }] }, 'SKU "\'00417" is a cell'],
		['a formula', { lines: [{ ...line, sku: '="00417"' }] }, 'Give what the cell shows'],
		['a stock of no store', { stock: 'mars' }, 'no store of ledger.store sells from the stock'],
	])('with %s is refused, and changes nothing', async (_, wrong, message) => {
		const document = { kind: 'receipt', number: '1', lines: [line], ...wrong };
		await expect(ledger().takeDocument(document)).rejects.toThrow(message);
		expect(await ledger().counts()).toEqual({});
	});

	it('may have counts as a database writes them, and blanks around a SKU', async () => {
		const lines = [
			{ sku: ' A ', count: '12.000' },
			{ sku: 'A', count: 1 },
		];
		await ledger().takeDocument({ kind: 'receipt', number: '1', lines });
		expect(await ledger().counts()).toEqual({ A: 13 });
	});

	it.each(['\u00a0', '\t', '\n', '\u200b', '\ufeff', '\u2003', '\u202f', '\u00ad'])(
		'is of the SKU and number that Update Stocks would read, with %j around them',
		async (unseen) => {
			const [sku, number] = [`${unseen}A 1${unseen}`, `${unseen}1${unseen}`];
			expect(readSku(sku)).toEqual({ ok: true, value: 'A 1' });
			await ledger().takeDocument({ kind: 'receipt', number, lines: [{ sku, count: 10 }] });
			await ledger().book('receipt', '1', { 'A 1': 10 });
			await ledger().takeOrder(order('1', 1, { 'A 1': 2 }));
			expect(await ledger().counts()).toEqual({ 'A 1': 8 });
		},
	);

	it('with a SKU far too long is refused soon, whatever it is made of', async () => {
		const lines = [{ sku: `A${' '.repeat(1_000_000)}A`, count: 1 }];
		await expect(ledger().takeDocument({ kind: 'receipt', number: '1', lines })).rejects.toThrow(
			'"sku" must be a text of 1 to 255 characters',
		);
	});
});

describe('stores', () => {
	it('share one stock until someone says otherwise', async () => {
		await ledger().book('receipt', '1', { A: 10 });
		for (const campaignId of [CAMPAIGN, '21000002'])
			await ledger().takeOrder(order('1', 1, { A: 2 }, { campaignId }));
		expect(await ledger().counts()).toEqual({ A: 6 });
	});

	it('with stocks of their own lower only those, and one that nobody named is refused', async () => {
		await ledger().rows("INSERT INTO ledger.store VALUES ($1, 'moscow'), ('2', 'kazan')", CAMPAIGN);
		await ledger().book('receipt', '1', { A: 10 }, 'moscow');
		await ledger().book('receipt', '2', { A: 10 }, 'kazan');
		await ledger().takeOrder(order('1', 1, { A: 2 }));
		await expect(ledger().takeOrder(order('2', 1, { A: 2 }, { campaignId: '3' }))).rejects.toThrow(
			'Order 2: ledger.store does not say which stock the store 3 sells from',
		);
		expect([await ledger().counts('moscow'), await ledger().counts('kazan')]).toEqual([
			{ A: 8 },
			{ A: 10 },
		]);
		await expect(ledger().toSend(CAMPAIGN, 'main')).rejects.toThrow('the stock "main"');
	});
});

describe('what is to be sent', () => {
	const skus = async () => (await ledger().toSend()).map(({ sku }) => sku);

	it('is each changed balance with its own moment, a second behind, and never below zero', async () => {
		await ledger().book('receipt', '1', { A: 10 });
		await ledger().takeOrder(order('1', 1, { B: 2 }));
		const rows = await ledger().toSend();
		expect(rows).toMatchObject([
			{ sku: 'A', stock: 10 },
			{ sku: 'B', stock: 0 },
		]);
		const [{ now }] = (await ledger().rows('SELECT clock_timestamp() AS now')) as [{ now: Date }];
		for (const { updatedAt } of rows) {
			expect(updatedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
			expect(Date.parse(updatedAt)).toBeLessThanOrEqual(now.getTime() - 1_000);
		}
	});

	it('is sent again until it is noted as taken, and then when it changes', async () => {
		await ledger().book('receipt', '1', { A: 10, B: 1 });
		expect([await skus(), await skus()]).toEqual([
			['A', 'B'],
			['A', 'B'],
		]);
		const rows = await ledger().toSend();
		await ledger().book('sale', '1', { B: 1 });
		await ledger().noteSent(rows);
		expect(await ledger().toSend()).toMatchObject([{ sku: 'B', stock: 0 }]);
	});

	it('is known for each store by itself', async () => {
		await ledger().book('receipt', '1', { A: 10 });
		await ledger().noteSent(await ledger().toSend());
		expect([await skus(), (await ledger().toSend('21000002')).length]).toEqual([[], 1]);
	});

	it('goes nowhere as long as nobody has chosen where', async () => {
		await expect(ledger().toSend('')).rejects.toThrow('It is not chosen where to send');
	});

	it('comes again after a quarter of an hour, or when it changes, if it was not taken', async () => {
		await ledger().book('receipt', '1', { A: 10, B: 1 });
		await ledger().noteSent(await ledger().toSend(), false);
		expect(await skus()).toEqual([]);
		await ledger().book('sale', '1', { B: 1 });
		expect(await skus()).toEqual(['B']);
		await ledger().rows("UPDATE ledger.sent SET refused_at = now() - interval '16 minutes'");
		expect(await skus()).toEqual(['A', 'B']);
	});

	describe('after units were freed, which the Market puts up for sale by itself,', () => {
		const now = () => new Date().toISOString();
		const lines = [{ sku: 'A', count: 2, held: 0 }];
		const ended = (others: object = {}) => order('1', 3, {}, { lines, version: now(), ...others });
		const placed = (held: Counts) => order('1', 1, held);
		const sent = async () => await ledger().noteSent(await ledger().toSend());
		const later = async () => await ledger().pass(15 * 60_000);
		const stocks = async () => (await ledger().toSend()).map(({ stock }) => stock);
		/** What is to be sent at once, and a quarter of an hour later. */
		const twice = async () => {
			const seen = [await stocks()];
			await sent();
			expect(await stocks()).toEqual([]);
			await later();
			seen.push(await stocks());
			await sent();
			await later();
			expect(await stocks()).toEqual([]);
			expect(await ledger().rows('SELECT * FROM ledger.freed')).toEqual([]);
			return seen;
		};

		it.each<[string, OrderItem[], [atOnce: number[], later: number[]]]>([
			['cancelled: nothing, and later with them', [placed({ A: 2 }), ended()], [[], [10]]],
			['reduced: nothing, and later', [placed({ A: 2 }), order('1', 2, { A: 1 })], [[], [9]]],
			['that says again that it is cancelled', [placed({ A: 2 }), ended(), ended()], [[], [10]]],
			['first heard of after its end: without them, and later', [ended()], [[8], [10]]],
			['of which the beginning is heard last', [ended(), placed({ A: 2 })], [[8], [10]]],
			[
				'that ended long ago: all at once',
				[ended({ version: '2020-01-01T00:00:00Z' })],
				[[10], []],
			],
			['that is a test: later', [ended({ fake: true })], [[], [10]]],
			["of the Market's own goods: later", [ended({ programType: 'FBY' })], [[], [10]]],
			['that was packed: later', [order('1', 2, { A: 2 }, PACKED), ended()], [[], [8]]],
		])('of an order %s', async (_, life, seen) => {
			await ledger().book('receipt', '1', { A: 10, B: 1 });
			const [first] = life;
			if (first!.lines[0]!.held > 0) await ledger().takeOrder(first);
			await sent();
			for (const state of life) await ledger().takeOrder(state);
			expect(await twice()).toEqual(seen);
			expect(await ledger().rows('SELECT * FROM ledger.wrong')).toEqual([]);
		});

		it('sends them to each store when their time has come', async () => {
			await ledger().book('receipt', '1', { A: 10 });
			for (const target of [CAMPAIGN, '21000002'])
				await ledger().noteSent(await ledger().toSend(target));
			await ledger().takeOrder(ended());
			await sent();
			await later();
			await sent();
			expect(await ledger().toSend('21000002')).toMatchObject([{ sku: 'A', stock: 10 }]);
		});

		it('keeps each of them back for its own time, at night too, and over a stocktake', async () => {
			await ledger().book('receipt', '1', { A: 10 });
			const all = [1, 2].map((number) => order(String(number), 1, { A: number }));
			for (const state of all) await ledger().takeOrder(state);
			await ledger().takeOrder(order('1', 2, {}));
			await ledger().pass(10 * 60_000);
			await ledger().takeOrder(order('2', 2, {}));
			await ledger().book('stocktake', '1', { A: 20 });
			const seen = [await stocks(), (await ledger().allToSend())[0]?.stock];
			await ledger().pass(5 * 60_000);
			seen.push(await stocks(), (await ledger().allToSend())[0]?.stock);
			expect(seen).toEqual([[17], 17, [18], 18]);
		});

		it('sends nothing more if nothing was freed, and not what the ledger does not know', async () => {
			await ledger().book('receipt', '1', { A: 10 });
			await ledger().takeOrder(placed({ A: 2 }));
			await sent();
			await ledger().takeOrder(order('1', 2, { A: 2 }, PACKED));
			await ledger().takeOrder(order('2', 3, {}, { lines: [{ sku: 'B', count: 2, held: 0 }] }));
			await later();
			expect(await skus()).toEqual([]);
			expect(await ledger().counts()).toEqual({ A: 8 });
		});

		it('sends 0 each time while the Market has units to put up that are sold elsewhere', async () => {
			await ledger().book('receipt', '1', { A: 1 });
			await ledger().takeOrder(placed({ A: 2 }));
			await ledger().takeOrder(ended());
			const moments = new Set<string>();
			for (let minute = 0; minute < 3; minute++) {
				const [row] = await ledger().toSend();
				expect(row).toMatchObject({ sku: 'A', stock: 0 });
				moments.add(row!.updatedAt);
				await sent();
			}
			expect(moments.size).toBe(3);
			await later();
			expect(await stocks()).toEqual([1]);
		});
	});

	it('has a moment that the Market still takes, however long n8n was away', async () => {
		await ledger().book('receipt', '1', { A: 10 });
		await ledger().rows('ALTER TABLE ledger.balance DISABLE TRIGGER date_balance');
		await ledger().rows("UPDATE ledger.balance SET as_of = now() - interval '30 hours'");
		await ledger().rows('ALTER TABLE ledger.balance ENABLE TRIGGER date_balance');
		const [row] = await ledger().toSend();
		expect(Date.now() - Date.parse(row!.updatedAt)).toBeLessThan(60_000);
	});

	it('is at night every balance with a new moment, and by day still only what changed', async () => {
		await ledger().book('receipt', '1', { A: 10, B: 1 });
		const [before] = await ledger().toSend();
		await ledger().noteSent(await ledger().toSend());
		const all = await ledger().allToSend();
		expect(all).toMatchObject([
			{ sku: 'A', stock: 10 },
			{ sku: 'B', stock: 1 },
		]);
		expect(Date.parse(all[0]!.updatedAt)).toBeGreaterThan(Date.parse(before!.updatedAt));
		expect(await skus()).toEqual([]);
	});

	it('is nothing at night if someone has changed a balance by hand, until that is set right', async () => {
		await ledger().book('receipt', '1', { A: 10 });
		await ledger().rows('UPDATE ledger.balance SET count = 12');
		const refusal = await ledger()
			.allToSend()
			.catch(({ message }: Error) => message);
		expect(refusal).toContain('the balance of SKU "A" is 12, but 10 is booked');
		const [, mend] = (refusal as string).match(/right: (UPDATE .*)$/) as RegExpMatchArray;
		await ledger().rows(mend as string);
		expect(await ledger().allToSend()).toMatchObject([{ sku: 'A', stock: 10 }]);
	});
});

describe('for a flow', () => {
	const tried = async (what: 'order' | 'document', item: object) => {
		const [flow, step] =
			what === 'order'
				? (['ledger-orders-in', 'Take Orders'] as const)
				: (['ledger-goods-in', 'Book'] as const);
		return await ledger().rows(String(stepOf(flow, step).parameters.query), JSON.stringify(item));
	};

	it('a refusal is an answer, and what else goes wrong is not', async () => {
		const document = { kind: 'receipt', number: '1', lines: [{ sku: 'A', count: 1 }] };
		expect([
			...(await tried('order', order('1', 1, { A: 1 }))),
			...(await tried('order', order('2', 1, {}, { verified: false }))),
			...(await tried('document', document)),
			...(await tried('document', { ...document, number: 2 })),
		]).toEqual([
			{ status: 'taken', news: true, reason: null },
			{ status: 'refused', news: null, reason: expect.stringContaining('Order 2: it was not') },
			{ kind: 'receipt', number: '1', status: 'booked', news: true, reason: null },
			{
				...{ kind: 'receipt', number: '2', status: 'refused', news: null },
				reason: expect.stringContaining('"number" must be a text'),
			},
		]);
		await ledger().rows('ALTER TABLE ledger.move RENAME TO gone');
		await expect(tried('document', { ...document, number: '3' })).rejects.toThrow('ledger.move');
	});

	const receipt = (sku: string, ...counts: number[]) => ({
		kind: 'receipt',
		number: '2',
		lines: counts.map((count) => ({ sku, count })),
	});
	const most = 2_000_000_000;

	it.each<[string, object, string]>([
		['lines of one SKU', receipt('A', most, most), 'SKU "A": its lines are 4000000000 units'],
		['a balance', receipt('A', most), 'Receipt "2": it would take a balance beyond'],
		['a text with a NUL', receipt('A\u0000', 1), 'Receipt "2": it has the character U+0000'],
	])('what the database cannot keep is refused by name: %s', async (_, document, reason) => {
		await ledger().book('receipt', '1', { A: most });
		expect(await tried('document', document)).toEqual([
			{
				...{ kind: 'receipt', number: '2', status: 'refused', news: null },
				reason: expect.stringContaining(reason),
			},
		]);
		expect(await ledger().counts()).toEqual({ A: most });
		expect(await tried('document', receipt('B', 1))).toMatchObject([{ status: 'booked' }]);
	});

	it('what the database cannot keep is refused by name: an order', async () => {
		await ledger().book('receipt', '1', { A: 1 });
		await ledger().book('sale', '1', { A: most });
		expect(await tried('order', order('7', 1, { A: most }))).toEqual([
			{ status: 'refused', news: null, reason: expect.stringContaining('Order 7: it would take') },
		]);
		expect(await ledger().counts()).toEqual({ A: 1 - most });
	});

	it('what the database cannot keep is refused by name: a number with a NUL', async () => {
		expect(await tried('document', { ...receipt('A', 1), number: 'n\u0000' })).toMatchObject([
			{ number: 'n\ufffd', status: 'refused' },
		]);
	});
});

it('keeps all that is booked when it is installed again', async () => {
	await ledger().book('receipt', '1', { A: 10 });
	await ledger().takeOrder(order('1', 1, { A: 2 }));
	await ledger().noteSent(await ledger().toSend());
	const before = await ledger().balances();
	await ledger().install();
	expect(await ledger().balances()).toEqual(before);
	expect(await ledger().toSend()).toEqual([]);
	await ledger().takeOrder(order('1', 2, {}));
	expect(await ledger().counts()).toEqual({ A: 10 });
});
