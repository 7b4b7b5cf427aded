import fc from 'fast-check';

import { eventually } from '../support/eventually';
import { order, useLedger, type Counts, type Ledger, type OrderItem } from './support/ledger';

const ledger = useLedger();

const SKUS = ['A', 'B', 'C'];

/** What happens to an order, in the order of time. */
interface Life {
	placed: Counts;
	/** Units of each SKU that are left after the seller reduced it. */
	reduced?: Counts;
	packed: boolean;
	cancelled: boolean;
	/** Whether all of it fell into one second, so that all its states have one version. */
	atOnce: boolean;
	/** Which of its states are never heard of. The last one always is. */
	lost: readonly boolean[];
}

const units = fc.dictionary(fc.constantFrom(...SKUS), fc.integer({ min: 1, max: 5 }), {
	minKeys: 1,
	maxKeys: 3,
	noNullPrototype: true,
});

const life: fc.Arbitrary<Life> = fc
	.record({
		placed: units,
		isReduced: fc.boolean(),
		packed: fc.boolean(),
		cancelled: fc.boolean(),
		atOnce: fc.boolean(),
		lost: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
	})
	.map(({ isReduced, ...others }) => ({
		...others,
		...(isReduced && { reduced: fewer(others.placed) }),
	}));

/** One unit less of the first SKU, or none of it, unless that is all there is: an order of nothing is a cancelled one. */
function fewer(counts: Counts): Counts {
	const [[sku, count], ...others] = Object.entries(counts) as [[string, number]];
	const left = Object.fromEntries(others);
	if (count > 1) return { ...left, [sku]: count - 1 };
	return others.length > 0 ? left : counts;
}

/** The states of a life that are heard of, and the units that the seller does not have at its end. */
function statesOf(number: string, { lost, ...one }: Life): { heard: OrderItem[]; holds: Counts } {
	const { placed, reduced = placed, packed, cancelled, atOnce } = one;
	const second = (at: number) => (atOnce ? 0 : at);
	const all = [
		order(number, second(0), placed),
		...(one.reduced ? [order(number, second(1), reduced)] : []),
		...(packed ? [order(number, second(2), reduced, { packed: true })] : []),
		...(cancelled ? [order(number, second(3), {}, { packed: null })] : []),
	];
	const heard = all.filter((_, index) => index === all.length - 1 || !lost[index]);
	const isPacked = heard.some((state) => state.packed);
	return { heard, holds: cancelled && !isPacked ? {} : reduced };
}

/** Everything one to three times, shuffled, on eight connections at once. */
const disorder = <T>(things: readonly T[]): fc.Arbitrary<T[]> =>
	fc
		.array(fc.integer({ min: 1, max: 3 }), { minLength: things.length, maxLength: things.length })
		.chain((times) => {
			const all = things.flatMap((thing, index) => Array<T>(times[index] as number).fill(thing));
			return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
		});

const takeAll = async (works: ReadonlyArray<() => Promise<unknown>>) =>
	await Promise.all(works.map(async (work) => await work()));

/** Notes each moment that a balance ever has, with its count. */
const WATCH = `
	CREATE TABLE ledger.seen (sku text, count integer, as_of timestamptz, place bigserial);
	CREATE FUNCTION ledger.watch() RETURNS trigger LANGUAGE plpgsql AS $body$
	BEGIN
		INSERT INTO ledger.seen (sku, count, as_of) VALUES (NEW.sku, NEW.count, NEW.as_of);
		RETURN NULL;
	END $body$;
	CREATE TRIGGER watch AFTER INSERT OR UPDATE ON ledger.balance
		FOR EACH ROW EXECUTE FUNCTION ledger.watch();`;

/** Balances whose `freed` is not what is kept back. */
const KEPT_BACK_WRONGLY = `
	SELECT sku FROM ledger.balance FULL JOIN (
		SELECT sku, sum(units) AS units FROM ledger.freed GROUP BY sku
	) AS kept USING (sku) WHERE coalesce(freed, 0) <> coalesce(units, 0)`;

interface Seen {
	sku: string;
	count: number;
	moment: string;
}

const seenBy = async (book: Ledger): Promise<Seen[]> =>
	await book.rows(
		`SELECT sku, count, to_char(as_of, 'YYYY-MM-DD HH24:MI:SS.US') AS moment
		FROM ledger.seen ORDER BY place`,
	);

const add = (sum: Record<string, number>, counts: Counts, sign: 1 | -1) => {
	for (const [sku, count] of Object.entries(counts)) sum[sku] = (sum[sku] ?? 0) + sign * count;
};

const withoutZeros = (counts: Counts) =>
	Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));

const emptied = async () =>
	await ledger().rows(
		`TRUNCATE ledger.document, ledger.move, ledger.market_order, ledger.order_line, ledger.balance,
			ledger.freed, ledger.sent, ledger.seen`,
	);

beforeEach(async () => await ledger().rows(WATCH));

const RUNS = 60;
const WITHIN_MS = 180_000;

it(
	'whatever comes in any order, repeated and at once: the balance is what the states say, and its moment rises',
	async () => {
		const shop = fc
			.record({
				lives: fc.array(life, { minLength: 1, maxLength: 6 }),
				receipts: fc.array(units, { maxLength: 3 }),
				sales: fc.array(units, { maxLength: 3 }),
			})
			.map(({ lives, receipts, sales }) => {
				const orders = lives.map((one, index) => statesOf(String(index + 1), one));
				const expected: Record<string, number> = {};
				for (const { holds } of orders) add(expected, holds, -1);
				for (const counts of receipts) add(expected, counts, 1);
				for (const counts of sales) add(expected, counts, -1);
				const works = [
					...orders.flatMap(({ heard }) => heard.map((item) => ({ item }))),
					...receipts.map((counts, index) => ({ kind: 'receipt', number: `${index}`, counts })),
					...sales.map((counts, index) => ({ kind: 'sale', number: `${index}`, counts })),
				];
				return { expected: withoutZeros(expected), works };
			})
			.chain(({ expected, works }) => disorder(works).map((all) => ({ expected, works: all })));

		await fc.assert(
			fc.asyncProperty(shop, async ({ expected, works }) => {
				await emptied();
				await takeAll(
					works.map(
						(work) => async () =>
							'item' in work
								? await ledger().takeOrder(work.item)
								: await ledger().book(work.kind, work.number, work.counts),
					),
				);
				expect(withoutZeros(await ledger().counts())).toEqual(expected);
				expect(await ledger().rows('SELECT * FROM ledger.wrong')).toEqual([]);
				expect(await ledger().rows(KEPT_BACK_WRONGLY)).toEqual([]);
				const seen = await seenBy(ledger());
				for (const sku of SKUS) {
					const moments = seen.filter((each) => each.sku === sku).map(({ moment }) => moment);
					expect(moments).toEqual([...new Set(moments)].sort());
				}
			}),
			{ numRuns: RUNS },
		);
	},
	WITHIN_MS,
);

it(
	'a Market that keeps the later moment ends at the balance, whichever of the requests arrives first',
	async () => {
		const many = 150;
		const orders = Array.from({ length: many }, (_, index) =>
			order(String(index), 1, { [SKUS[index % SKUS.length] as string]: 1 }),
		);
		await ledger().book('receipt', '1', { A: 100, B: 100, C: 100 });
		const sent: Array<{ sku: string; stock: number; updatedAt: string }> = [];
		const send = async () => {
			const rows = await ledger().toSend();
			sent.push(...rows);
			await ledger().noteSent(rows);
		};
		const nightly = async () => sent.push(...(await ledger().allToSend()));
		await takeAll(
			orders.flatMap((item, index) => [
				async () => await ledger().takeOrder(item),
				...(index % 5 === 0 ? [send] : []),
				...(index % 20 === 0 ? [nightly] : []),
			]),
		);
		await send();
		const held = new Map<string, { stock: number; updatedAt: string }>();
		// As they were read, or the other way round.
		for (const arrived of [sent, [...sent].reverse()]) {
			held.clear();
			for (const { sku, ...balance } of arrived)
				if (balance.updatedAt >= (held.get(sku)?.updatedAt ?? '')) held.set(sku, balance);
			const shown = Object.fromEntries(Array.from(held, ([sku, { stock }]) => [sku, stock]));
			expect(shown).toEqual({ A: 50, B: 50, C: 50 });
		}
		// One moment never stands for two counts.
		const counts = new Map(sent.map(({ sku, stock, updatedAt }) => [`${sku} ${updatedAt}`, stock]));
		expect(sent.filter((row) => counts.get(`${row.sku} ${row.updatedAt}`) !== row.stock)).toEqual(
			[],
		);
	},
	WITHIN_MS,
);

it('orders and sales of the same goods in opposite orders, at once with the night, all go through', async () => {
	const goods = Array.from({ length: 20 }, (_, index) => `SKU-${index}`);
	await ledger().book('receipt', '1', Object.fromEntries(goods.map((sku) => [sku, 1_000])));
	const works = Array.from({ length: 40 }, (_, index) => {
		const skus = index % 2 === 0 ? goods : [...goods].reverse();
		const held = Object.fromEntries(skus.map((sku) => [sku, 1]));
		return [
			async () => await ledger().takeOrder(order(String(index), 1, held)),
			async () => await ledger().takeOrder(order(String(index), 2, {})),
			...(index % 8 === 0 ? [async () => await ledger().allToSend()] : []),
			...(index % 8 === 1 ? [async () => await ledger().book('sale', `${index}`, held)] : []),
		];
	});
	await takeAll(works.flat());
	expect(new Set(Object.values(await ledger().counts()))).toEqual(new Set([995]));
});

it('an order that was packed, which is heard of after its end, and another with the same goods, some of them new, both go through', async () => {
	const pairs = Array.from({ length: 40 }, (_, index) => [`NEW-${index}`, `OLD-${index}`] as const);
	await ledger().book('receipt', '1', Object.fromEntries(pairs.map(([, known]) => [known, 10])));
	const orders = pairs.map(([fresh, known], index) => ({
		held: { [fresh]: 1, [known]: 1 },
		numbers: [`1${index}`, `2${index}`] as const,
	}));
	for (const { numbers } of orders) await ledger().takeOrder(order(numbers[0], 3, {}));
	await takeAll(
		orders.flatMap(({ held, numbers: [ended, other] }) => [
			async () => await ledger().takeOrder(order(ended, 2, held, { packed: true })),
			async () => await ledger().takeOrder(order(other, 1, held)),
		]),
	);
	const expected = pairs.flatMap(([fresh, known]) => [
		[fresh, -2],
		[known, 8],
	]);
	expect(await ledger().counts()).toEqual(Object.fromEntries(expected));
});

/**
 * Does two things at once: the first is held up before this statement, and the second comes meanwhile. Whatever the first
 * has only read so far, the second must not read too.
 */
async function meanwhile(
	statement: string,
	works: readonly [() => Promise<boolean>, () => Promise<boolean>],
): Promise<boolean[]> {
	await ledger().rows(`
		CREATE FUNCTION ledger.hold_up() RETURNS trigger LANGUAGE plpgsql AS $body$
		BEGIN
			PERFORM pg_advisory_xact_lock(1);
			RETURN NULL;
		END $body$;
		CREATE TRIGGER hold_up BEFORE ${statement} FOR EACH STATEMENT EXECUTE FUNCTION ledger.hold_up();`);
	const news: Array<Promise<boolean>> = [];
	await ledger().together(async (busy) => {
		await busy.rows('SELECT pg_advisory_xact_lock(1)');
		for (const work of works) {
			news.push(work());
			await eventually(`${news.length} wait`, async () => {
				const sql = "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
				return (await ledger().rows(sql))[news.length - 1];
			});
		}
	});
	return await Promise.all(news);
}

it.each([
	['known', true],
	['new', false],
])(
	'an older state of a %s order that comes while a newer one is being written waits, and does not overwrite it',
	async (_, isKnown) => {
		if (isKnown) await ledger().takeOrder(order('1', 1, { A: 3, B: 1 }));
		const news = await meanwhile('UPDATE OF version ON ledger.market_order', [
			async () => await ledger().takeOrder(order('1', 3, { A: 1 })),
			async () => await ledger().takeOrder(order('1', 2, { A: 2 })),
		]);
		expect(news).toEqual([true, false]);
		expect(await ledger().counts()).toEqual(isKnown ? { A: -1, B: 0 } : { A: -1 });
	},
);

it.each([
	['known', { A: 10 }],
	['new', { B: 10 }],
])('of two stocktakes of a %s SKU at once, the later one is the balance', async (_, before) => {
	await ledger().book('receipt', '1', before);
	const news = await meanwhile('INSERT ON ledger.move', [
		async () => await ledger().book('stocktake', '1', { A: 100 }),
		async () => await ledger().book('stocktake', '2', { A: 50 }),
	]);
	expect(news).toEqual([true, true]);
	expect(await ledger().counts()).toEqual({ ...before, A: 50 });
});

it('a stocktake at once with orders: what it counted, less what came after it', async () => {
	await takeAll([
		...Array.from({ length: 30 }, (_, index) => async () => {
			await ledger().takeOrder(order(String(index), 1, { A: 1 }));
		}),
		async () => await ledger().book('stocktake', '1', { A: 100 }),
	]);
	const seen = await seenBy(ledger());
	const counts = seen.map(({ count }) => count);
	const after = counts.slice(counts.lastIndexOf(100) + 1);
	expect(after).toEqual(after.map((_, index) => 99 - index));
	expect((await ledger().counts())['A']).toBe(after.at(-1) ?? 100);
});

it('one document on many connections at once is booked once, and another with its number is refused', async () => {
	const answers = await Promise.allSettled([
		...Array.from({ length: 10 }, () => ledger().book('receipt', '1', { A: 1, B: 2 })),
		...Array.from({ length: 10 }, () => ledger().book('receipt', '1', { A: 5 })),
	]);
	const booked = answers.filter(({ status }) => status === 'fulfilled');
	const news = booked.filter((answer) => 'value' in answer && answer.value);
	expect([booked.length, news.length]).toEqual([10, 1]);
	const counts = await ledger().counts();
	expect([{ A: 1, B: 2 }, { A: 5 }]).toContainEqual(counts);
});
