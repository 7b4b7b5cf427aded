import { DEFAULT_SWITCHES, STORES } from '../../sandbox';
import { Bench, entries, entry, hiddenSkus } from './support/bench';

const { campaignId } = STORES.fbs;

describe('visibilityDelayMs', () => {
	it('keeps a change from readers until its time has come', async () => {
		const bench = new Bench();
		await bench.send([entry('SKU-00001', 5)]);
		bench.market.setSwitches({ visibilityDelayMs: 1_000 });
		await bench.send([entry('SKU-00001', 8)]);
		await bench.hide(['SKU-00001']);
		bench.clock.turn(999);
		expect(await bench.available('SKU-00001')).toBe(5);
		expect(hiddenSkus(await bench.hidden())).toEqual([]);
		expect(bench.market.offer(campaignId, 'SKU-00001')).toMatchObject({
			available: 8,
			hidden: true,
		});
		bench.clock.turn(1);
		expect(await bench.available('SKU-00001')).toBe(8);
		expect(hiddenSkus(await bench.hidden())).toEqual(['SKU-00001']);
	});

	it('never lets an older change overtake a newer one', async () => {
		const bench = new Bench({ switches: { visibilityDelayMs: 1_000 } });
		await bench.send([entry('SKU-00001', 5)]);
		bench.market.setSwitches({ visibilityDelayMs: 0 });
		await bench.send([entry('SKU-00001', 8)]);
		expect(await bench.available('SKU-00001')).toBe(8);
		bench.clock.turn(1_000);
		expect(await bench.available('SKU-00001')).toBe(8);
	});

	it('shows changes one after another', async () => {
		const bench = new Bench({ switches: { visibilityDelayMs: 1_000 } });
		for (const count of [1, 2, 3]) {
			await bench.send([entry('SKU-00001', count)]);
			bench.clock.turn(400);
		}
		expect(await bench.available('SKU-00001')).toBe(1);
		bench.clock.turn(200);
		expect(await bench.available('SKU-00001')).toBe(2);
		bench.clock.turn(400);
		expect(await bench.available('SKU-00001')).toBe(3);
	});
});

describe('every reply', () => {
	it.each(['/v2/campaigns', '/v2/campaigns/1', '/nowhere'])(
		'of %s has a traceparent',
		async (path) => {
			const bench = new Bench();
			const first = await bench.call('GET', path);
			expect(first.headers.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
			expect((await bench.call('GET', path)).headers.traceparent).not.toBe(
				first.headers.traceparent,
			);
		},
	);
});

describe('the list of calls', () => {
	it('shows what was called, by whom, and how it ended', async () => {
		const bench = new Bench({ switches: { latencyMs: 30 } });
		const sent = bench.send([entry('SKU-00001'), entry('')]);
		bench.clock.turn(30);
		await sent;
		expect(bench.market.calls()).toEqual([
			{
				id: 1,
				at: bench.clock.now() - 30,
				finishedAt: bench.clock.now(),
				verb: 'PUT',
				path: '/v2/campaigns/21000001/offers/stocks',
				operation: 'updateStocks',
				campaignId,
				caller: "Api-Key 'All methods'",
				integration: undefined,
				items: 2,
				status: 400,
				applied: false,
				error: expect.stringContaining('skus[1].sku'),
			},
		]);
	});

	it('never holds a token', async () => {
		const bench = new Bench();
		const token = `ACMA:${'s'.repeat(40)}:0123abcd`;
		await bench.call('GET', `/v2/campaigns?api-key=${token}`, { headers: { 'Api-Key': token } });
		await bench.call('GET', '/v2/campaigns', { headers: { Authorization: `Bearer ${token}` } });
		expect(JSON.stringify(bench.market.calls())).not.toContain('ssss');
	});

	it('keeps the latest ones; the counts take in all', async () => {
		const bench = new Bench({ keptCalls: 3 });
		for (let time = 0; time < 10; time += 1) await bench.send(entries(2));
		await bench.send([entry('')]);
		expect(bench.market.calls().map(({ id }) => id)).toEqual([9, 10, 11]);
		expect(bench.market.statistics()).toEqual({
			updateStocks: { requests: 11, items: 20, statuses: { 200: 10, 400: 1 }, faults: {} },
		});
	});
});

describe('reset', () => {
	it('brings back the start, but keeps sign-ins', async () => {
		const bench = new Bench({ switches: { unknownSku: 'refuse' } });
		const token = bench.market.yandexId.issueAccessToken();
		await bench.send([entry('SKU-00001', 5)]);
		await bench.hide(['SKU-00002']);
		bench.market.placeOrder(campaignId, [{ sku: 'SKU-00001', count: 1 }]);
		bench.market.setSwitches({ unknownSku: 'ignore', quotas: 'off' });
		bench.market.reset();
		expect(bench.market.switches).toEqual({ ...DEFAULT_SWITCHES, unknownSku: 'refuse' });
		expect(bench.market.offers(campaignId)).toEqual(new Bench().market.offers(campaignId));
		expect(bench.market.orders()).toEqual([]);
		expect(bench.market.calls()).toEqual([]);
		expect(bench.market.statistics()).toEqual({});
		expect(bench.market.yandexId.inspect(token)).toBeDefined();
		expect((await bench.send(entries(1))).headers['x-ratelimit-resource-remaining']).toBe('99999');
	});
});
