import {
	ConnectionDropped,
	FAULT_KINDS,
	mixedFaults,
	seededRandom,
	STORES,
	type FaultKind,
	type FaultRule,
	type MarketReply,
} from '../../sandbox';
import { Bench, entries, entry } from './support/bench';

const { campaignId } = STORES.fbs;
const STOCKS = `/v2/campaigns/${campaignId}/offers/stocks`;

function benchWith(...faults: FaultRule[]): Bench {
	return new Bench({ switches: { faults } });
}

/** Sends a balance; the reply need not be JSON. */
async function sendOne(bench: Bench): Promise<MarketReply> {
	return await bench.raw('PUT', STOCKS, { body: { skus: [entry('SKU-00001', 5)] } });
}

/** What is left of the quota, by a call without a fault. */
async function remaining(bench: Bench): Promise<number> {
	return Number((await bench.send([entry('NONE')])).headers['x-ratelimit-resource-remaining']) + 1;
}

describe('a fault that replies', () => {
	const BEFORE = { available: null, left: 100_000 };
	const CHECKED = { available: null, left: 99_999 };
	const DONE = { available: 5, left: 99_999 };
	const faults: Array<[FaultKind, number, RegExp, typeof BEFORE | typeof DONE]> = [
		[
			'500',
			500,
			/^\{"status":"ERROR","errors":\[\{"code":"INTERNAL_SERVER_ERROR",.*\}\]\}$/,
			BEFORE,
		],
		['502', 502, /"BAD_GATEWAY"/, BEFORE],
		['503', 503, /"SERVICE_UNAVAILABLE"/, BEFORE],
		['500empty', 500, /^$/, BEFORE],
		['502empty', 502, /^$/, BEFORE],
		['503empty', 503, /^$/, BEFORE],
		['html502', 502, /^<!doctype html>.*502 Bad Gateway/, BEFORE],
		['html200', 200, /^<!doctype html>/, BEFORE],
		[
			'errorStatus',
			200,
			/^\{"status":"ERROR","errors":\[\{"code":"INTERNAL_SERVER_ERROR",/,
			CHECKED,
		],
		['errorAfter', 500, /^\{"status":"ERROR",.*\}$/, DONE],
		['truncatedJson', 200, /^\{"statu$/, DONE],
		[
			'limit',
			420,
			/Hit rate limit of 100000 requests per 1 minute for resource .* campaignId 21000001/,
			BEFORE,
		],
		['parallel', 420, /Hit rate limit of 4 parallel requests for campaignId 21000001/, BEFORE],
	];
	it.each(faults)('%s: %d', async (kind, status, body, { available, left }) => {
		const bench = benchWith({ kind, count: 1 } as FaultRule);
		const reply = await sendOne(bench);
		expect(reply.status).toBe(status);
		expect(reply.body).toMatch(body);
		expect(bench.market.offer(campaignId, 'SKU-00001').available).toBe(available);
		expect(bench.market.calls()).toMatchObject([
			{ fault: kind, status, applied: available !== null },
		]);
		expect(bench.market.switches.faults).toEqual([]);
		expect(await remaining(bench)).toBe(left);
	});

	it.each([
		{ kind: 'html502', type: 'text/html' },
		{ kind: 'html200', type: 'text/html' },
		{ kind: '502empty', type: 'text/plain' },
	] as const)(
		'$kind does not come from the Market: it is $type and has no quota headers',
		async ({ kind, type }) => {
			const { headers } = await sendOne(benchWith({ kind, count: 1 }));
			expect(headers['content-type']).toBe(type);
			expect(headers).not.toHaveProperty('x-ratelimit-resource-limit');
		},
	);

	it('limit says that nothing is left until the window ends, and says so as often as it is told to', async () => {
		const bench = benchWith({ kind: 'limit', count: 2 });
		await bench.send(entries(1));
		expect((await sendOne(bench)).headers).toMatchObject({
			'x-ratelimit-resource-limit': '100000',
			'x-ratelimit-resource-remaining': '0',
			'x-ratelimit-resource-until': 'Mon, 23 Nov 2026 12:01:00 GMT',
		});
		expect((await sendOne(bench)).status).toBe(200);
	});

	it('parallel has no quota headers', async () => {
		const { headers } = await sendOne(benchWith({ kind: 'parallel', count: 1 }));
		expect(headers).not.toHaveProperty('x-ratelimit-resource-limit');
	});

	it('comes before the Market, even for a call without access', async () => {
		const bench = benchWith({ kind: '503', count: 1 });
		expect((await bench.call('PUT', STOCKS, { headers: {} })).status).toBe(503);
		expect((await bench.call('PUT', STOCKS, { headers: {} })).status).toBe(401);
	});
});

describe('a fault that ends the connection', () => {
	it.each([
		{ kind: 'dropBefore', available: null, left: 100_000 },
		{ kind: 'dropAfter', available: 5, left: 99_999 },
		{ kind: 'resetMidBody', available: 5, left: 99_999 },
	] as const)('$kind: $available is held then', async ({ kind, available, left }) => {
		const bench = benchWith({ kind, count: 1 });
		const error = await sendOne(bench).catch((reason: unknown) => reason);
		expect(error).toBeInstanceOf(ConnectionDropped);
		expect(error).toMatchObject({ code: 'ECONNRESET' });
		expect((error as ConnectionDropped).brokenOff?.body).toBe(
			kind === 'resetMidBody' ? '{"status":"OK"}' : undefined,
		);
		expect(bench.market.offer(campaignId, 'SKU-00001').available).toBe(available);
		expect(bench.market.calls()).toMatchObject([
			{ fault: kind, status: 0, applied: available !== null },
		]);
		expect(await remaining(bench)).toBe(left);
	});
});

describe('slow', () => {
	it('takes longer by so many milliseconds', async () => {
		const bench = new Bench({
			switches: { latencyMs: 10, faults: [{ kind: 'slow', ms: 5_000, count: 1 }] },
		});
		const sent = bench.send(entries(1));
		bench.clock.turn(5_010);
		expect((await sent).status).toBe(200);
		const [call] = bench.market.calls();
		expect(call).toMatchObject({ fault: 'slow', applied: true });
		expect(Number(call?.finishedAt) - Number(call?.at)).toBe(5_010);
	});
});

describe('a rule', () => {
	it('with a count strikes as many calls as it says, and shows how many are left', async () => {
		const rule = { kind: '500', count: 3 } as const;
		const bench = benchWith(rule, rule);
		expect((await sendOne(bench)).status).toBe(500);
		expect(bench.market.switches.faults).toEqual([{ kind: '500', count: 2 }, rule]);
		for (let time = 0; time < 5; time += 1) expect((await sendOne(bench)).status).toBe(500);
		expect((await sendOne(bench)).status).toBe(200);
		expect(rule.count).toBe(3);
	});

	it('with a method strikes its calls only', async () => {
		const bench = benchWith({ kind: '500', count: 1, operation: 'getStocks' });
		expect((await bench.hidden()).status).toBe(200);
		expect((await sendOne(bench)).status).toBe(200);
		expect((await bench.stocks()).status).toBe(500);
	});

	it('comes after the one before it', async () => {
		const bench = benchWith(
			{ kind: '503', rate: 1 },
			{ kind: '500', count: 1 },
			{ kind: '502', count: 1 },
		);
		const statuses = [];
		for (let time = 0; time < 3; time += 1) statuses.push((await sendOne(bench)).status);
		expect(statuses).toEqual([500, 502, 503]);
	});

	it('does not strike what is not a method, or one call too many', async () => {
		const bench = new Bench({ switches: { latencyMs: 10, faults: [{ kind: '503', count: 5 }] } });
		expect((await bench.call('GET', '/nowhere')).status).toBe(404);
		const calls = Array.from({ length: 5 }, async () => await bench.send(entries(1)));
		bench.clock.turn(10);
		expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([
			503, 503, 503, 503, 420,
		]);
		expect(bench.market.switches.faults).toEqual([{ kind: '503', count: 1 }]);
	});

	it('with a rate strikes that share of the calls, and rates add up', async () => {
		const bench = new Bench({
			random: seededRandom(1),
			switches: {
				faults: [
					{ kind: '500', rate: 0.1 },
					{ kind: '503', rate: 0.3 },
					{ kind: '502', rate: 0 },
				],
			},
		});
		for (let time = 0; time < 2_000; time += 1) await sendOne(bench);
		const { statuses = {} } = bench.market.statistics().updateStocks ?? {};
		expect(Object.keys(statuses)).toEqual(['200', '500', '503']);
		expect(Math.abs((statuses[500] ?? 0) / 2_000 - 0.1)).toBeLessThan(0.02);
		expect(Math.abs((statuses[503] ?? 0) / 2_000 - 0.3)).toBeLessThan(0.03);
	});

	it('with a rate uses the given source of chance, which repeats itself for the same seed', async () => {
		const outcomes = async (seed: number) => {
			const bench = new Bench({
				random: seededRandom(seed),
				switches: { faults: [{ kind: '500', rate: 0.5 }] },
			});
			for (let time = 0; time < 20; time += 1) await sendOne(bench);
			return bench.market.calls().map(({ status }) => status);
		};
		expect(await outcomes(7)).toEqual(await outcomes(7));
		expect(await outcomes(7)).not.toEqual(await outcomes(8));
	});
});

describe('mixed faults', () => {
	it('are of all kinds, at the given rate in total', async () => {
		const faults = mixedFaults(0.5).map((rule) =>
			rule.kind === 'slow' ? { ...rule, ms: 0 } : rule,
		);
		const bench = new Bench({ random: seededRandom(1), switches: { faults } });
		for (let time = 0; time < 2_000; time += 1) await sendOne(bench).catch(() => undefined);
		const {
			requests,
			items,
			faults: struck,
		} = bench.market.statistics().updateStocks ?? { faults: {} };
		expect(Object.keys(struck).sort()).toEqual([...FAULT_KINDS].sort());
		const total = Object.values(struck).reduce((sum, count) => sum + count, 0);
		expect(Math.abs(total / Number(requests) - 0.5)).toBeLessThan(0.03);
		const done = ['slow', 'dropAfter', 'resetMidBody', 'errorAfter', 'truncatedJson'] as const;
		const doneInSpite = done.reduce((sum, kind) => sum + (struck[kind] ?? 0), 0);
		expect(items).toBe(2_000 - total + doneInSpite);
	});
});
