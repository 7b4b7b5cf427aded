import { STORES, type Phantom } from '../../sandbox';
import { Bench, entries, type Reply } from './support/bench';
import { BUSINESS, MAIN, skuItems, WarehouseBench } from './support/warehouseBench';
import { VirtualClock } from '../../lab/time/virtualClock';

const { campaignId } = STORES.fbs;
const NOON = Date.parse('2026-11-23T12:00:00Z');
const MINUTE_MS = 60_000;

function benchWith(...phantom: Phantom[]): Bench {
	return new Bench({ switches: { phantom } });
}

function remaining({ headers }: Reply): number {
	return Number(headers['x-ratelimit-resource-remaining']);
}

describe('a phantom', () => {
	it('takes its items as soon as a window opens, and again in the next', async () => {
		const bench = benchWith({ operation: 'updateStocks', campaignId, itemsPerWindow: 40_000 });
		expect(remaining(await bench.send(entries(1)))).toBe(59_999);
		bench.clock.turn(30_000);
		expect(remaining(await bench.send(entries(1)))).toBe(59_998);
		bench.clock.turn(30_000);
		expect(remaining(await bench.send(entries(1)))).toBe(59_999);
	});

	it('takes its items as time goes by', async () => {
		const bench = benchWith({ operation: 'updateStocks', campaignId, itemsPerSecond: 1_000 });
		expect(remaining(await bench.send(entries(1)))).toBe(99_999);
		bench.clock.turn(1_500);
		expect(remaining(await bench.send(entries(1)))).toBe(98_498);
		bench.clock.turn(57_500);
		expect(remaining(await bench.send(entries(1)))).toBe(40_997);
		bench.clock.turn(1_000);
		expect(remaining(await bench.send(entries(1)))).toBe(99_999);
	});

	it('makes a call one too many, and itself gets no more than what is left', async () => {
		const bench = new Bench({
			switches: {
				quotas: 0.001,
				phantom: [{ operation: 'updateStocks', campaignId, itemsPerSecond: 1 }],
			},
		});
		expect(remaining(await bench.send(entries(30)))).toBe(70);
		bench.clock.turn(41_000);
		expect((await bench.send(entries(30))).status).toBe(420);
		expect(remaining(await bench.send(entries(29)))).toBe(0);
		bench.clock.turn(10_000);
		expect(remaining(await bench.send(entries(1)))).toBe(0);
		expect(bench.market.windows()).toMatchObject([
			{ used: 59, usedByOthers: 41, refused: { resource: 2 } },
		]);
	});

	it('touches one method of one store; several add up', async () => {
		const phantom = { operation: 'addHiddenOffers', campaignId, itemsPerWindow: 1_000 } as const;
		const bench = benchWith(phantom, phantom);
		expect(remaining(await bench.hide(['SKU-00001']))).toBe(2_999);
		expect(remaining(await bench.hide(['SKU-00001'], STORES.dbs.campaignId))).toBe(4_999);
		expect(remaining(await bench.reveal(['SKU-00001']))).toBe(4_999);
	});

	it('uses a business’s quota if the method is a business’s', async () => {
		const phantom = [
			{
				operation: 'updateStocksOnPartnerWarehouses',
				businessId: BUSINESS,
				itemsPerWindow: 49,
			} as const,
		];
		const bench = new WarehouseBench({ switches: { phantom } });
		expect((await bench.sendItems(skuItems(2_000))).status).toBe(200);
		expect((await bench.sendItems(skuItems(1))).status).toBe(420);
		expect(remaining(await bench.warehouseStocks({ partnerWarehouseId: MAIN }))).toBe(499);
		const [window] = bench.market.windows();
		expect(window).toMatchObject({
			entity: 'businessId 1003',
			limit: 50,
			used: 1,
			usedByOthers: 49,
		});
	});

	it('leaves what it took when it goes', async () => {
		const bench = benchWith({ operation: 'updateStocks', campaignId, itemsPerWindow: 40_000 });
		await bench.send(entries(1));
		bench.market.setSwitches({ phantom: [] });
		expect(remaining(await bench.send(entries(1)))).toBe(59_998);
		bench.clock.turn(MINUTE_MS);
		expect(remaining(await bench.send(entries(1)))).toBe(99_999);
	});

	it('goes the same way every time on a virtual clock', async () => {
		const run = async () => {
			const clock = new VirtualClock();
			const phantom = [{ operation: 'getHiddenOffers', campaignId, itemsPerSecond: 1.5 } as const];
			const bench = new Bench({ clock, switches: { latencyMs: 900, phantom } });
			for (let time = 0; time < 100; time += 1) await bench.hidden();
			return bench.market.windows();
		};
		const windows = await run();
		expect(windows).toMatchObject([
			{ used: 42, usedByOthers: 58, refused: { resource: 24 } },
			{ used: 34, usedByOthers: 45, refused: { resource: 0 } },
		]);
		expect(await run()).toEqual(windows);
	});
});

describe('phantomParallel', () => {
	it.each([
		{ phantomParallel: 0, statuses: [200, 200, 200, 200, 420] },
		{ phantomParallel: 3, statuses: [200, 420, 420, 420, 420] },
		{ phantomParallel: 4, statuses: [420, 420, 420, 420, 420] },
	])('$phantomParallel of the 4 places are held', async ({ phantomParallel, statuses }) => {
		const bench = new Bench({ switches: { phantomParallel, latencyMs: 10 } });
		const calls = Array.from({ length: 5 }, async () => await bench.send(entries(1)));
		bench.clock.turn(10);
		expect((await Promise.all(calls)).map(({ status }) => status)).toEqual(statuses);
		const admitted = statuses.filter((status) => status === 200).length;
		expect(bench.market.peakParallel).toBe(admitted);
	});
});

describe('windows', () => {
	const window = { operation: 'updateStocks', entity: `campaignId ${campaignId}`, usedByOthers: 0 };

	it('show what was used and how often a limit was hit, window by window', async () => {
		const bench = new Bench({ switches: { quotas: 0.00005, latencyMs: 10 } });
		const calls = Array.from({ length: 6 }, async () => await bench.send(entries(2)));
		bench.clock.turn(10);
		await Promise.all(calls);
		bench.clock.turn(MINUTE_MS);
		const later = bench.send(entries(3));
		bench.clock.turn(10);
		await later;
		const other = bench.call('GET', '/v2/campaigns');
		bench.clock.turn(10);
		await other;
		const second = { start: NOON + MINUTE_MS, until: NOON + 2 * MINUTE_MS };
		expect(bench.market.windows()).toEqual([
			{
				...window,
				start: NOON,
				until: second.start,
				limit: 5,
				used: 4,
				refused: { resource: 2, parallel: 2 },
			},
			{ ...window, ...second, limit: 5, used: 3, refused: { resource: 0, parallel: 0 } },
			{
				...window,
				operation: 'getCampaigns',
				entity: 'businessId 1001',
				start: NOON,
				until: NOON + 60 * MINUTE_MS,
				limit: 1,
				used: 1,
				refused: { resource: 0, parallel: 0 },
			},
		]);
		bench.market.reset();
		expect(bench.market.windows()).toEqual([]);
	});

	it('do not count the 420s of faults', async () => {
		const bench = new Bench({
			switches: {
				faults: [
					{ kind: 'limit', count: 1 },
					{ kind: 'parallel', count: 1 },
				],
			},
		});
		expect((await bench.send(entries(1))).status).toBe(420);
		expect((await bench.send(entries(1))).status).toBe(420);
		expect(bench.market.windows()).toMatchObject([
			{ used: 0, refused: { resource: 0, parallel: 0 } },
		]);
	});

	it('are forgotten, the oldest first, if there are very many', async () => {
		const bench = new Bench();
		for (let time = 0; time < 10_002; time += 1) {
			await bench.hidden();
			bench.clock.turn(MINUTE_MS);
		}
		const windows = bench.market.windows();
		expect([windows.length, windows[0]?.start]).toEqual([10_000, NOON + 2 * MINUTE_MS]);
	});

	it('show what was used without quotas, too', async () => {
		const bench = new Bench({ switches: { quotas: 'off' } });
		for (let time = 0; time < 60; time += 1) await bench.send(entries(2_000));
		expect(bench.market.windows()).toMatchObject([
			{ limit: 100_000, used: 120_000, refused: { resource: 0 } },
		]);
	});
});
