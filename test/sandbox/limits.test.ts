import { OPERATIONS } from '../../sandbox/contract';
import { generateCatalogue, STORES, TOKENS } from '../../sandbox';
import { Bench, entries, entry, skuAt, type Reply } from './support/bench';

const MINUTE_MS = 60_000;

function allowanceOf({ headers }: Reply): {
	limit: number;
	remaining: number;
	until: string | undefined;
} {
	return {
		limit: Number(headers['x-ratelimit-resource-limit']),
		remaining: Number(headers['x-ratelimit-resource-remaining']),
		until: headers['x-ratelimit-resource-until'],
	};
}

async function sendTimes(bench: Bench, times: number): Promise<void> {
	for (let time = 0; time < times; time += 1) await bench.send(entries(2_000));
}

describe('a quota', () => {
	it('is as documented', () => {
		const quotas = Object.entries(OPERATIONS).map(
			([
				name,
				{
					quota: { unit, none, medium, windowMs },
				},
			]) => [name, unit, none, medium, windowMs],
		);
		expect(quotas).toEqual([
			['updateStocks', 'items', 100_000, 100_000, MINUTE_MS],
			['getStocks', 'items', 100_000, 100_000, MINUTE_MS],
			['addHiddenOffers', 'items', 5_000, 10_000, MINUTE_MS],
			['deleteHiddenOffers', 'items', 5_000, 10_000, MINUTE_MS],
			['getHiddenOffers', 'requests', 100, 10_000, MINUTE_MS],
			['updateStocksOnPartnerWarehouses', 'requests', 50, 50, MINUTE_MS],
			['getStocksOnPartnerWarehouses', 'requests', 500, 500, MINUTE_MS],
			['getPartnerWarehouses', 'requests', 100, 100, 60 * MINUTE_MS],
			['getPagedWarehouses', 'requests', 100, 100, 60 * MINUTE_MS],
			['updateWarehouseModelStatus', 'requests', 100, 100, 60 * MINUTE_MS],
			['getCampaignOffers', 'requests', 1_000, 10_000, MINUTE_MS],
			['getOfferMappings', 'requests', 100, 600, MINUTE_MS],
			['getBusinessOrders', 'requests', 10_000, 10_000, 60 * MINUTE_MS],
			['getReturns', 'requests', 5_000, 5_000, 60 * MINUTE_MS],
			['getCampaigns', 'requests', 1_000, 1_000, 60 * MINUTE_MS],
			['getCampaign', 'requests', 5_000, 5_000, 60 * MINUTE_MS],
			['getBusinessSettings', 'requests', 100, 100, 60 * MINUTE_MS],
			['getAuthTokenInfo', 'requests', 100, 100, 60 * MINUTE_MS],
		]);
	});

	it('is in every reply’s headers, with the end of the clock’s own window', async () => {
		const bench = new Bench();
		bench.clock.turn(20_000);
		const minute = { limit: 100_000, remaining: 99_997, until: 'Mon, 23 Nov 2026 12:01:00 GMT' };
		expect(allowanceOf(await bench.send(entries(3)))).toEqual(minute);
		const hour = { limit: 1_000, remaining: 999, until: 'Mon, 23 Nov 2026 13:00:00 GMT' };
		expect(allowanceOf(await bench.call('GET', '/v2/campaigns'))).toEqual(hour);
	});

	it('is full again in the next window, not a minute after the first call', async () => {
		const bench = new Bench();
		bench.clock.turn(59_999);
		await bench.send(entries(5));
		bench.clock.turn(1);
		expect(allowanceOf(await bench.send(entries(1))).remaining).toBe(99_999);
	});

	it('refuses the whole of a request that costs more than what is left, and charges nothing', async () => {
		const bench = new Bench();
		await sendTimes(bench, 49);
		await bench.send(entries(1));
		const refused = await bench.send([entry('SKU-00001', 7), ...entries(2_000).slice(1)]);
		expect([refused.status, refused.messages]).toEqual([
			420,
			[
				'Hit rate limit of 100000 requests per 1 minute for resource ' +
					'/v2/campaigns/{campaignId}/offers/stocks.json for campaignId 21000001',
			],
		]);
		expect(allowanceOf(refused)).toMatchObject({ limit: 100_000, remaining: 1_999 });
		expect(bench.market.balance(21_000_001, 'SKU-00001')?.available).toBe(1);
		expect((await bench.send(entries(1_999))).status).toBe(200);
		expect((await bench.send(entries(1))).status).toBe(420);
		bench.clock.turn(MINUTE_MS);
		expect((await bench.send(entries(1))).status).toBe(200);
	});

	it('belongs to one store', async () => {
		const bench = new Bench();
		await sendTimes(bench, 50);
		expect((await bench.send(entries(1))).status).toBe(420);
		expect((await bench.send(entries(1), STORES.dbs.campaignId)).status).toBe(200);
	});

	it('of hiding is separate from that of revealing', async () => {
		const bench = new Bench();
		const batch = Array.from({ length: 500 }, (_, index) => skuAt(index));
		for (let time = 0; time < 10; time += 1) await bench.hide(batch);
		expect((await bench.hide(['SKU-00001'])).status).toBe(420);
		expect((await bench.reveal(['SKU-00001'])).status).toBe(200);
	});

	it('of getStocks counts the offers that come back', async () => {
		const bench = new Bench({ catalogue: generateCatalogue(200) });
		expect(allowanceOf(await bench.stocks('?limit=100')).remaining).toBe(99_900);
		expect(allowanceOf(await bench.stocks('', { offerIds: ['NONE', 'SKU-00001'] })).remaining).toBe(
			99_899,
		);
		expect(allowanceOf(await bench.stocks('', { offerIds: ['NONE'] })).remaining).toBe(99_899);
	});

	it('of getHiddenOffers counts requests', async () => {
		const bench = new Bench();
		for (let time = 0; time < 100; time += 1) await bench.hidden();
		expect((await bench.hidden()).status).toBe(420);
	});

	it('without a store in the path belongs to the business, whatever the token', async () => {
		const bench = new Bench();
		await bench.call('GET', '/v2/campaigns');
		const other = await bench.call('GET', '/v2/campaigns', {
			headers: { 'Api-Key': TOKENS.pricing },
		});
		expect(allowanceOf(other).remaining).toBe(998);
		for (let time = 0; time < 100; time += 1) await bench.call('POST', '/v2/auth/token');
		const { messages } = await bench.call('POST', '/v2/auth/token');
		expect(messages).toEqual([
			'Hit rate limit of 100 requests per 1 hour for resource /v2/auth/token.json for businessId 1001',
		]);
	});

	it.each([
		{ name: 'a 400, by its items', skus: [entry(''), entry('a')], cost: 2 },
		{ name: 'a 400 without a list', skus: undefined, cost: 1 },
	])('is used by $name', async ({ skus, cost }) => {
		expect(allowanceOf(await new Bench().send(skus))).toMatchObject({ remaining: 100_000 - cost });
	});

	it('is used by a 401 and a 403', async () => {
		const bench = new Bench();
		const path = '/v2/campaigns/21000001/hidden-offers';
		await bench.call('GET', path, { headers: {} });
		await bench.call('GET', path, { headers: { 'Api-Key': TOKENS.pricing } });
		expect(allowanceOf(await bench.hidden()).remaining).toBe(97);
	});

	it('is not used by a 5xx', async () => {
		const bench = new Bench({ switches: { faults: [{ kind: '503', count: 1 }] } });
		const failed = await bench.send(entries(10));
		expect(failed.status).toBe(503);
		expect(allowanceOf(failed).remaining).toBe(100_000);
	});

	it('scales with the switch', async () => {
		const bench = new Bench({ switches: { quotas: 0.0001 } });
		expect(allowanceOf(await bench.send(entries(10)))).toMatchObject({ limit: 10, remaining: 0 });
		expect((await bench.send(entries(1))).status).toBe(420);
		bench.market.setSwitches({ quotas: 'off' });
		expect(allowanceOf(await bench.send(entries(1)))).toMatchObject({
			limit: 100_000,
			remaining: 100_000,
		});
		await sendTimes(bench, 51);
		expect((await bench.send(entries(1))).status).toBe(200);
	});
});

describe('at once', () => {
	const slow = { switches: { latencyMs: 1_000 } };

	it('4 calls of one store are let in, a fifth is not, and has no quota headers', async () => {
		const bench = new Bench(slow);
		const underWay = Array.from({ length: 4 }, async () => await bench.send(entries(1)));
		const fifth = await bench.stocks();
		expect([fifth.status, fifth.messages]).toEqual([
			420,
			['Hit rate limit of 4 parallel requests for campaignId 21000001'],
		]);
		expect(fifth.body.errors?.[0]?.code).toBe('METHOD_FAILURE');
		expect(fifth.headers).not.toHaveProperty('x-ratelimit-resource-until');
		bench.clock.turn(1_000);
		expect((await Promise.all(underWay)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
		expect(bench.market.peakParallel).toBe(4);

		const next = bench.send(entries(1));
		bench.clock.turn(1_000);
		expect(allowanceOf(await next).remaining).toBe(99_995);
	});

	it('stores do not stand in each other’s way', async () => {
		const bench = new Bench(slow);
		const stores = [STORES.fbs, STORES.groupMate, STORES.dbs];
		const underWay = stores.flatMap(({ campaignId }) =>
			Array.from({ length: 4 }, async () => await bench.send(entries(1), campaignId)),
		);
		bench.clock.turn(1_000);
		expect(new Set((await Promise.all(underWay)).map(({ status }) => status))).toEqual(
			new Set([200]),
		);
	});

	it('a call leaves its place even if the connection is dropped', async () => {
		const bench = new Bench({ switches: { faults: [{ kind: 'dropBefore', count: 5 }] } });
		for (let time = 0; time < 5; time += 1)
			await expect(bench.send(entries(1))).rejects.toThrow('dropped');
		expect((await bench.send(entries(1))).status).toBe(200);
	});
});
