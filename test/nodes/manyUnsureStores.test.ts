import { updateStocks } from '../../market/write/methods';
import { noStats } from '../../market/pacing/runPorts';
import { FateBook } from '../../nodes/common/output/fates';
import { readBack } from '../../nodes/common/write/readBack';
import { withBusinesses } from '../../nodes/UpdateStocks/businesses';
import { readUnsureStores, readUnsureWarehouses } from '../../nodes/UpdateStocks/readUnsure';
import { DROPPED, OK, scripted } from '../support/answers';
import { VirtualClock } from '../../lab/time/virtualClock';
import { virtualPorts } from '../support/virtualPorts';

const AT = '2026-11-23T12:00:00.000Z';
const MINUTE_MS = 60_000;

/** A plan of one record for each store, and a book in which all of them are accepted. */
function storesWith(records: ReadonlyArray<{ sku: string; count: number }>) {
	const plans = records.map((record, at) => ({
		targetId: String(at + 1),
		records: [record],
		items: [at],
		together: new Map(),
	}));
	const book = new FateBook(records.length);
	for (const plan of plans)
		book.settle(plan, 0, { status: 'accepted', record: plan.records[0]!, stamp: AT });
	return { plans, book };
}

it('The wait for stores whose business is unknown is an hour at most, however many there are', async () => {
	const clock = new VirtualClock();
	const startMs = clock.now();
	const ports = virtualPorts(
		async () => {
			await clock.sleep(MINUTE_MS);
			return DROPPED;
		},
		{ clock },
	);
	const { plans, book } = storesWith(
		Array.from({ length: 20 }, (_, count) => ({ sku: 'A', count })),
	);
	const run = {
		said: { targets: plans, refused: new Map() },
		book,
		account: { apiUrl: 'x', accessKey: 'k' },
		ports,
		stats: noStats(),
		alerts: [],
		patience: { isImpatient: false, untilMs: startMs + 60 * MINUTE_MS },
		options: { dryRun: false },
		job: { method: updateStocks },
	};
	const stores = plans.map((plan) => ({
		plan,
		campaign: { id: plan.targetId },
		subscription: 'none',
	}));
	await withBusinesses(stores as never, run as never);
	// The last one begun gets eight tries of a minute, with pauses.
	expect(clock.now() - startMs).toBeGreaterThan(60 * MINUTE_MS);
	expect(clock.now() - startMs).toBeLessThan(72 * MINUTE_MS);
});

it('Stores that contradict each other are read back, even after twenty others', async () => {
	const offers = [{ offerId: 'A', updatedAt: AT, stocks: [{ type: 'AVAILABLE', count: 99 }] }];
	const body = { status: 'OK', result: { warehouses: [{ warehouseId: 1, offers }] } };
	const ports = virtualPorts(scripted({ kind: 'reply', status: 200, headers: {}, body }));
	const others = Array.from({ length: 22 }, () => ({ sku: 'B', count: 1 }));
	const { plans, book } = storesWith([...others, { sku: 'A', count: 1 }, { sku: 'A', count: 99 }]);
	const run = {
		said: { targets: plans, refused: new Map() },
		book,
		ports,
		stats: noStats(),
		alerts: [],
	};
	await readUnsureStores(
		plans.map((plan) => ({ plan, subscription: 'none' })) as never,
		run as never,
	);
	const fates = await book.close(() => undefined);
	expect(fates.slice(22).map(({ status }) => status)).toEqual(['unconfirmed', 'unconfirmed']);
});

/** How many SKUs each request asked for. */
function sizesOf({ requests }: ReturnType<typeof scripted>): number[] {
	return requests.map(({ body }) => {
		const { offerIds } = JSON.parse(body ?? '{}') as { offerIds: string[] };
		return offerIds.length;
	});
}

it('If many SKUs and stores contradict each other, twenty SKUs of twenty stores are read back', async () => {
	const book = new FateBook(21 * 21);
	const plans = Array.from({ length: 21 }, (_, store) => ({
		targetId: String(store + 1),
		records: Array.from({ length: 21 }, (_none, sku) => ({ sku: `SKU-${sku}`, count: store })),
		items: Array.from({ length: 21 }, (_none, sku) => store * 21 + sku),
		together: new Map(),
	}));
	for (const plan of plans)
		for (const [at, record] of plan.records.entries())
			book.settle(plan, at, { status: 'accepted', record, stamp: AT });
	const send = scripted({ ...OK, body: { status: 'OK', result: { warehouses: [] } } });
	const run = {
		said: { targets: plans, refused: new Map() },
		book,
		ports: virtualPorts(send),
		stats: noStats(),
		alerts: [],
	};
	await readUnsureStores(
		plans.map((plan) => ({ plan, subscription: 'none' })) as never,
		run as never,
	);
	expect(sizesOf(send)).toEqual(Array(20).fill(20));
});

it('Twenty SKUs are read back from a warehouse that could not be checked', async () => {
	const records = Array.from({ length: 21 }, (_, sku) => ({
		sku: `SKU-${sku}`,
		count: 1,
		warehouseId: '7',
	}));
	const plan = { targetId: '1', records, items: [...records.keys()], together: new Map() };
	const book = new FateBook(21);
	for (const [at, record] of records.entries())
		book.settle(plan, at, { status: 'accepted', record, stamp: AT });
	const send = scripted({ ...OK, body: { status: 'OK', result: { offers: [] } } });
	const run = { book, ports: virtualPorts(send), stats: noStats(), alerts: [] };
	await readUnsureWarehouses({ plan } as never, ['7'], run as never);
	expect(sizesOf(send)).toEqual([20]);
	const fates = await book.close(() => undefined);
	expect(fates.map(({ status }) => status)).toEqual(Array(21).fill('unconfirmed'));
});

it('Verify reads each of many stores once, even with 0 minutes', async () => {
	const clock = new VirtualClock();
	const ports = virtualPorts(scripted(OK), { clock });
	const { plans, book } = storesWith(Array.from({ length: 60 }, () => ({ sku: 'A', count: 1 })));
	let reads = 0;
	const openReadBack = () => async (sent: readonly unknown[]) => {
		reads += 1;
		await ports.clock.sleep(30_000);
		return sent.map(() => ({ ok: true, value: 1 }));
	};
	const run = {
		book,
		options: { verify: 0 },
		stamp: { setBackMs: 0, text: AT },
		lastingPorts: ports,
		stats: noStats(),
		alerts: [],
		account: { apiUrl: 'x' },
		job: { startMs: clock.now(), openReadBack },
	};
	await readBack(plans.map((plan) => ({ plan, subscription: 'none' })) as never, run as never);
	expect(new Set((await book.close(() => undefined)).map(({ status }) => status))).toEqual(
		new Set(['confirmed']),
	);
	expect(reads).toBe(60);
});
