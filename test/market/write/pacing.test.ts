import {
	hideOffers,
	unhideOffers,
	updateStocks,
	type OfferRecord,
	type WriteMethod,
} from '../../../market/write/methods';
import type { MarketReply, Send } from '../../../market/wire/ports';
import { Lanes } from '../../../market/pacing/lanes';
import { getCampaign } from '../../../market/read/stores';
import type { StockRecord } from '../../../market/records/stockRecord';
import { sendRecords } from '../../../market/write/sender';
import { generateCatalogue, type SandboxMarket } from '../../../sandbox';
import { OK, refusal } from '../../support/answers';
import { expectUsable } from '../../support/checked';
import { modelSend } from '../../../lab/time/modelSend';
import { VirtualClock } from '../../../lab/time/virtualClock';
import { virtualPorts } from '../../support/virtualPorts';
import { failures, inBatchesOf, jobOf, openMarket, sendStock, skusOf, STORE } from './sending';

const MINUTE = 60_000;

/** How many requests the Market refused for its limits. */
function limitHits(market: SandboxMarket): number {
	return market
		.windows()
		.reduce((sum, { refused }) => sum + refused.resource + refused.parallel, 0);
}

/** A Market that knows nothing but its limits, for very many records. */
function limitedMarket(clock: VirtualClock, limit: number, latencyMs: number) {
	const used = new Map<number, number>();
	let underWay = 0;
	let hits = 0;
	let items = 0;
	const send: Send = async ({ body = '' }) => {
		const cost = body.split('{"sku":').length + body.split('{"offerId":').length - 2;
		if (underWay === 4) return refusal(420, 'Hit rate limit of 4 parallel requests');
		underWay += 1;
		await clock.sleep(latencyMs);
		underWay -= 1;
		const end = (Math.floor(clock.now() / MINUTE) + 1) * MINUTE;
		const isTooMuch = (used.get(end) ?? 0) + cost > limit;
		if (isTooMuch) hits += 1;
		else {
			used.set(end, (used.get(end) ?? 0) + cost);
			items += cost;
		}
		const headers: MarketReply['headers'] = {
			date: new Date(clock.now()).toUTCString(),
			'x-ratelimit-resource-limit': String(limit),
			'x-ratelimit-resource-remaining': String(limit - (used.get(end) ?? 0)),
			'x-ratelimit-resource-until': new Date(end).toUTCString(),
		};
		return isTooMuch ? { ...refusal(420), headers } : { ...OK, headers };
	};
	return { send, items: () => items, hits: () => hits };
}

describe('The quota of a store', () => {
	it.each<[number, number, WriteMethod<StockRecord> | WriteMethod<OfferRecord>]>([
		[1_000_000, 100_000, updateStocks],
		[50_000, 5_000, hideOffers],
	])(
		'lets %d records end within 1 %% of the earliest moment, with no 420 (%d a minute)',
		async (count, limit, method) => {
			const clock = new VirtualClock();
			const latencyMs = 100;
			const market = limitedMarket(clock, limit, latencyMs);
			const ports = virtualPorts(market.send, { clock });
			const records = Array.from({ length: count }, (_, index) => ({
				sku: `S${index}`,
				count: index,
			}));
			const startMs = clock.now();
			const { outcomes, stats } = await sendRecords(
				jobOf(records, ports, method as WriteMethod<StockRecord>),
				ports,
			);
			expect(outcomes.every(({ status }) => status === 'accepted')).toBe(true);
			expect(market.items()).toBe(count);
			expect(market.hits()).toBe(0);
			expect(stats).toMatchObject({
				requests: count / method.apiMethod.maxItems,
				limitHits: 0,
				retries: 0,
			});
			const lastWindowMs = (Math.floor(startMs / MINUTE) + count / limit - 1) * MINUTE;
			const earliestMs =
				lastWindowMs + Math.ceil(limit / method.apiMethod.maxItems / 4) * latencyMs;
			expect(clock.now() - startMs).toBeLessThanOrEqual(1.01 * (earliestMs - startMs));
		},
		120_000,
	);

	it('is used to the last item if others take an odd amount of it: the last batch is cut', async () => {
		const phantom = [
			{ operation: 'updateStocks', campaignId: STORE, itemsPerWindow: 99_963 },
		] as const;
		const { market, records, requests, ports } = openMarket(100, { phantom });
		const { outcomes } = await sendStock(records, ports, 10);
		expect(failures(outcomes)).toEqual([]);
		expect(market.windows().map(({ used, usedByOthers }) => [used, usedByOthers])).toEqual([
			[37, 99_963],
			[37, 99_963],
			[26, 99_963],
		]);
		// The first ones go out before any reply tells of the others.
		expect(limitHits(market)).toBeLessThanOrEqual(1);
		expect(requests.map((request) => skusOf(request).length)).toContain(7);
	});

	it.each([0.00001, 0.00037, 0.001])(
		'smaller than a batch (scale %d) is used window by window',
		async (quotas) => {
			const { clock, market, records, ports } = openMarket(250, { quotas });
			const startMs = clock.now();
			const most = Math.floor(100_000 * quotas + 0.01);
			const sent = records.slice(0, 5 * most);
			const { outcomes } = await sendStock(sent, ports);
			expect(failures(outcomes)).toEqual([]);
			expect(limitHits(market)).toBeLessThanOrEqual(4);
			expect(clock.now() - startMs).toBeLessThanOrEqual(5 * MINUTE);
		},
	);

	it('is waited for at most a window if a batch never fits because others take too much of it', async () => {
		const phantom = [
			{ operation: 'updateStocks', campaignId: STORE, itemsPerWindow: 99_995 },
		] as const;
		const { clock, records, ports } = openMarket(20, { phantom });
		const startMs = clock.now();
		expect(failures((await sendStock(records, ports, 10)).outcomes)).toEqual([]);
		expect(clock.now() - startMs).toBeLessThanOrEqual(4 * MINUTE);
	});

	it.each([-7 * MINUTE, -20_000, 20_000, 7 * MINUTE])(
		"is kept by the Market's clock, with ours %d ms off",
		async (off) => {
			const { clock, market, records, ports } = openMarket(
				1_000,
				{ quotas: 0.002, latencyMs: 50 },
				off,
			);
			const startMs = clock.now();
			await getCampaign(String(STORE), { isImpatient: true }, ports);
			const { outcomes } = await sendStock(records, ports, 50);
			expect(failures(outcomes)).toEqual([]);
			expect(limitHits(market)).toBe(0);
			const windows = market.windows().filter(({ operation }) => operation === 'updateStocks');
			expect(windows.map(({ used }) => used)).toEqual([200, 200, 200, 200, 200]);
			expect(clock.now() - startMs).toBeLessThanOrEqual(4 * MINUTE + 5_000);
		},
	);
});

describe('Maximum Wait', () => {
	it('over, what is unsent says when to try again, and was really not applied', async () => {
		const { clock, market, records, ports } = openMarket(40, { quotas: 0.0001 });
		const startMs = clock.now();
		const job = { ...jobOf(records, ports, updateStocks), deadlineMs: startMs + 90_000 };
		const { outcomes } = await sendRecords(job, ports);
		expect(failures(outcomes)).toHaveLength(20);
		expect(clock.now()).toBeLessThanOrEqual(job.deadlineMs);
		for (const [index, outcome] of outcomes.entries()) {
			const held = market.balance(STORE, records[index]?.sku ?? '');
			expect(held?.available).toBe(
				outcome.status === 'accepted' ? records[index]?.count : undefined,
			);
			if (outcome.status === 'accepted') continue;
			expectUsable(outcome.refusal);
			expect(outcome.applied).toBe('no');
			expect(outcome.refusal.reason).toMatch(/^Not sent: .*used up until 2026-11-23T12:02:0/);
			expect(outcome.refusal.advice).toMatch(/Run again after 2026-11-23T12:02:0.*Maximum Wait/);
		}
	});

	it('over, what went out without an answer is not reported as unsent', async () => {
		const faults = [{ kind: 'dropAfter', count: 1 }] as const;
		const { clock, market, records, ports } = openMarket(10, { quotas: 0.0001, faults });
		const job = { ...jobOf(records, ports, updateStocks), deadlineMs: clock.now() + 30_000 };
		const { outcomes } = await sendRecords(job, ports);
		expect(failures(outcomes)).toHaveLength(10);
		for (const { refusal: told, applied } of failures(outcomes)) {
			expectUsable(told);
			expect(applied).toBe('unknown');
			expect(told.reason).toMatch(
				/may have taken this: its answer was lost\. Not sent again: .*used up until/,
			);
		}
		expect(market.offers(STORE).every(({ available }) => available !== null)).toBe(true);
	});

	it('is counted for each run alone, even if another has more patience', async () => {
		const { clock, market, records, ports } = openMarket(60, { quotas: 0.0001 });
		const lanes = new Lanes();
		const [patient, hurried] = [ports, ports].map(({ send }) =>
			virtualPorts(send, { clock, lanes }),
		);
		if (!patient || !hurried) throw new Error('No ports');
		const startMs = clock.now();
		const waiting = sendStock(records.slice(0, 30), patient);
		await clock.sleep(100);
		const job = { ...jobOf(records.slice(30), hurried, updateStocks), deadlineMs: startMs + 1_000 };
		const { outcomes } = await sendRecords(job, hurried);
		expect(clock.now() - startMs).toBeLessThanOrEqual(1_000);
		expect(failures(outcomes)).toHaveLength(30);
		expect(failures((await waiting).outcomes)).toEqual([]);
		expect(market.offers(STORE).filter(({ available }) => available !== null)).toHaveLength(30);
	});
});

describe('The limit of requests at once', () => {
	it.each([0, 300])(
		'is not a quota: with Maximum Wait 0 all is sent though it is hit (%d ms)',
		async (latencyMs) => {
			const { clock, market, records, ports } = openMarket(100, { phantomParallel: 2, latencyMs });
			const job = { ...jobOf(records, ports, inBatchesOf(5)), deadlineMs: clock.now() };
			const { outcomes, stats } = await sendRecords(job, ports);
			expect(failures(outcomes)).toEqual([]);
			expect(market.offers(STORE).map(({ available }) => available)).toEqual(
				records.map(({ count }) => count),
			);
			if (latencyMs > 0) expect(stats.limitHits).toBeGreaterThan(0);
		},
	);

	it('that others hold in full for a short while costs nothing either', async () => {
		const { clock, market, records, ports } = openMarket(10, { phantomParallel: 4 });
		void clock.sleep(5_000).then(() => market.setSwitches({ phantomParallel: 0 }));
		const job = { ...jobOf(records, ports, updateStocks), deadlineMs: clock.now() };
		expect(failures((await sendRecords(job, ports)).outcomes)).toEqual([]);
	});

	it('that others hold in full for good soon ends a run without Maximum Wait, and mentions no quota', async () => {
		const { clock, market, records, ports } = openMarket(10, { phantomParallel: 4 });
		const startMs = clock.now();
		const job = { ...jobOf(records, ports, inBatchesOf(1)), deadlineMs: startMs };
		const { outcomes } = await sendRecords(job, ports);
		expect(clock.now() - startMs).toBeLessThanOrEqual(30_000);
		expect(failures(outcomes)).toHaveLength(10);
		for (const { refusal: told, applied } of failures(outcomes)) {
			expectUsable(told);
			expect(told.reason).toMatch(
				/^Not sent: other programs ask the Market for this store as much at once as it allows/,
			);
			expect(told.reason).not.toMatch(/quota/);
			expect(applied).toBe('no');
		}
		expect(market.offers(STORE).every(({ available }) => available === null)).toBe(true);
	});

	it.each([1, 2, 3])(
		'of which others hold %d is found out, and seldom hit',
		async (phantomParallel) => {
			const { market, records, ports } = openMarket(100, { phantomParallel, latencyMs: 300 });
			const { outcomes, stats } = await sendStock(records, ports, 1);
			expect(failures(outcomes)).toEqual([]);
			expect(market.offers(STORE).map(({ available }) => available)).toEqual(
				records.map(({ count }) => count),
			);
			expect(market.peakParallel).toBe(4 - phantomParallel);
			expect(stats.limitHits).toBe(limitHits(market));
			expect(stats.limitHits).toBeLessThanOrEqual(100 / 6);
		},
	);

	it('that others hold in full is waited for, without a burst, until there is room again', async () => {
		const { clock, market, records, ports } = openMarket(10, { phantomParallel: 4 });
		void clock.sleep(5 * MINUTE).then(() => market.setSwitches({ phantomParallel: 0 }));
		const { outcomes, stats } = await sendStock(records, ports, 1);
		expect(failures(outcomes)).toEqual([]);
		expect(stats.limitHits).toBeLessThan(60);
	});
});

describe('Two runs at once on the same store', () => {
	it('share its quota and its places, and take turns', async () => {
		const { clock, market, records, ports } = openMarket(8_000, { latencyMs: 100 });
		const lanes = new Lanes();
		const offers = records.map(({ sku }) => ({ sku }));
		const ends: number[] = [];
		const runs = [offers.slice(0, 4_000), offers.slice(4_000)].map(async (half) => {
			const own = virtualPorts(ports.send, { clock, lanes });
			const report = await sendRecords(jobOf(half, own, hideOffers), own);
			ends.push(clock.now());
			return report;
		});
		const reports = await Promise.all(runs);
		expect(reports.flatMap(({ outcomes }) => failures(outcomes))).toEqual([]);
		expect(market.windows().map(({ used }) => used)).toEqual([5_000, 3_000]);
		expect(limitHits(market)).toBe(0);
		expect(market.peakParallel).toBe(4);
		// Neither is done before both have had their part of the second window.
		for (const end of ends) expect(new Date(end).toISOString()).toMatch(/T12:01:0/);
	});

	it('share its places even if they use different methods', async () => {
		const { clock, market, records, ports } = openMarket(2_000, { latencyMs: 100 });
		const lanes = new Lanes();
		const offers = records.map(({ sku }) => ({ sku }));
		const own = () => virtualPorts(ports.send, { clock, lanes });
		const [stocks, hides, shows] = [own(), own(), own()];
		const reports = await Promise.all([
			sendStock(records, stocks, 100),
			sendRecords(jobOf(offers.slice(0, 1_000), hides, hideOffers), hides),
			sendRecords(jobOf(offers.slice(1_000), shows, unhideOffers), shows),
		]);
		expect(reports.flatMap(({ outcomes }) => failures(outcomes))).toEqual([]);
		expect(market.peakParallel).toBe(4);
		expect(limitHits(market)).toBe(0);
	});

	it.each(['ended', 'was stopped', 'met its own fault'])(
		'leave nothing behind if one %s',
		async (how) => {
			const { clock, market, records, ports } = openMarket(4_000, { latencyMs: 100 });
			const lanes = new Lanes();
			const broken: Send = () => Promise.reject(new Error('No credential'));
			const first = virtualPorts(how === 'met its own fault' ? broken : ports.send, {
				clock,
				lanes,
			});
			if (how === 'was stopped') first.stopAfter(150);
			await sendStock(records, first, 100);
			await clock.sleep(MINUTE);
			const startMs = clock.now();
			const { outcomes, stats } = await sendStock(
				records,
				virtualPorts(modelSend(market), { clock, lanes }),
				1_000,
			);
			expect(failures(outcomes)).toEqual([]);
			expect(clock.now() - startMs).toBe(100);
			expect(stats).toEqual({ requests: 4, retries: 0, unanswered: 0, limitHits: 0, waitedMs: 0 });
		},
	);
});

describe("A clock that is not the Market's", () => {
	it.each([-90_000_000, -7 * MINUTE, -3_000, -1_500, -700, 700, 3_000, 7 * MINUTE, 90_000_000])(
		'costs no refusal once any reply has told the time (the Market is %d ms ahead)',
		async (clockSkewMs) => {
			const { market, records, ports } = openMarket(20, { clockSkewMs, latencyMs: 80 });
			await getCampaign(String(STORE), { isImpatient: true }, ports);
			market.setSwitches({ latencyMs: 0 });
			const { outcomes } = await sendStock(records, ports, 5);
			expect(failures(outcomes)).toEqual([]);
			expect(market.statistics().updateStocks?.statuses).toEqual({ 200: 4 });
		},
	);

	it.each([-3_000, -700, 0, 700])(
		'lets a later run win over an earlier one (%d ms ahead)',
		async (clockSkewMs) => {
			const { clock, market, records, ports } = openMarket(1, { clockSkewMs, latencyMs: 30 });
			await getCampaign(String(STORE), { isImpatient: true }, ports);
			for (let count = 1; count <= 40; count++) {
				await sendStock(
					records.map((record) => ({ ...record, count })),
					ports,
				);
				expect(market.offers(STORE)[0]?.available).toBe(count);
				await clock.sleep(count * 7);
			}
		},
	);
});

it('Many records are sent in full requests, in order', async () => {
	const clock = new VirtualClock();
	const sent: string[] = [];
	const ports = virtualPorts(
		(request) => {
			sent.push(...skusOf(request));
			return Promise.resolve(OK);
		},
		{ clock },
	);
	const records = generateCatalogue(9_001).map(({ sku }) => ({ sku, count: 1 }));
	const { stats } = await sendStock(records, ports);
	expect(stats.requests).toBe(5);
	expect(sent).toEqual(records.map(({ sku }) => sku));
});
