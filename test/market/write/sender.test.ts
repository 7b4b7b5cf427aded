import fc from 'fast-check';

import { hideOffers, updateStocks, type OfferRecord } from '../../../market/write/methods';
import type { MarketReply, MarketRequest, Send } from '../../../market/wire/ports';
import type { StockRecord } from '../../../market/records/stockRecord';
import { Lanes } from '../../../market/pacing/lanes';
import { getCampaign } from '../../../market/read/stores';
import { noStats } from '../../../market/pacing/runPorts';
import { sendRecords } from '../../../market/write/sender';
import { generateCatalogue, SandboxMarket, type Switches } from '../../../sandbox';
import { DROPPED, GARBLED, OK, PARALLEL_LIMIT, refusal, scripted } from '../../support/answers';
import { expectUsable } from '../../support/checked';
import { modelSend } from '../../../lab/time/modelSend';
import { VirtualClock } from '../../../lab/time/virtualClock';
import { virtualPorts } from '../../support/virtualPorts';
import {
	failures,
	jobOf,
	openMarket,
	quotaHit,
	sendStock,
	skusOf,
	someRecords,
	statuses,
	STORE,
} from './sending';

describe('Balances sent to a healthy Market', () => {
	it('are all accepted and held exactly, in as few requests as possible, at most four at once', async () => {
		const { market, records, requests, ports } = openMarket(9_500, { latencyMs: 700 });
		const { outcomes, stats } = await sendStock(records, ports);
		expect(outcomes).toHaveLength(9_500);
		expect(failures(outcomes)).toEqual([]);
		expect(market.offers(STORE).map(({ available }) => available)).toEqual(
			records.map(({ count }) => count),
		);
		expect(market.peakParallel).toBe(4);
		expect(stats).toEqual({ requests: 5, retries: 0, unanswered: 0, limitHits: 0, waitedMs: 0 });
		expect(requests.flatMap(skusOf)).toEqual(records.map(({ sku }) => sku));
	});

	it('go at once if the rest of the quota is enough for them, whatever a full request would need', async () => {
		const { clock, market, records, ports } = openMarket(90, { latencyMs: 1_000, quotas: 0.001 });
		const { apiMethod } = updateStocks;
		const limited = { ...apiMethod, maxItems: 60, quota: { ...apiMethod.quota, none: 100 } };
		const send = async (some: StockRecord[]) =>
			await sendRecords(jobOf(some, ports, { ...updateStocks, apiMethod: limited }), ports);
		const startMs = clock.now();
		const reports = await Promise.all([send(records.slice(0, 60)), send(records.slice(60))]);
		expect(reports.flatMap(({ outcomes }) => failures(outcomes))).toEqual([]);
		expect(market.peakParallel).toBe(2);
		expect(clock.now() - startMs).toBe(1_000);
	});

	it('are cut if another run has used the quota that a repeated request would need', async () => {
		const { market, records, requests, ports } = openMarket(130, { quotas: 0.001 });
		market.setSwitches({ faults: [{ kind: '500', count: 1 }] });
		const { apiMethod } = updateStocks;
		const limited = { ...apiMethod, quota: { ...apiMethod.quota, none: 100 } };
		const send = async (some: StockRecord[]) =>
			await sendRecords(jobOf(some, ports, { ...updateStocks, apiMethod: limited }), ports);
		const first = send(records.slice(0, 70));
		await ports.clock.sleep(100);
		const reports = [await send(records.slice(70)), await first];
		expect(reports.flatMap(({ outcomes }) => failures(outcomes))).toEqual([]);
		expect(requests.map((request) => skusOf(request).length)).toEqual([70, 60, 40, 30]);
	});

	it('carry one stamp, told with each outcome', async () => {
		const { market, records, ports } = openMarket(3);
		const { outcomes } = await sendStock(records, ports, 1);
		const stamp = '2026-11-23T11:59:59.250Z';
		expect(outcomes).toEqual(Array(3).fill({ status: 'accepted', stamp }));
		expect(market.offers(STORE).map(({ updatedAt }) => updatedAt)).toEqual(
			Array(3).fill(Date.parse(stamp)),
		);
	});

	it('carry their own moment if they have one', async () => {
		const { market, records, ports } = openMarket(1);
		const updatedAt = '2026-11-23T13:00:00+03:00';
		await sendStock([{ ...(records[0] as StockRecord), updatedAt }], ports);
		expect(market.offers(STORE)[0]?.updatedAt).toBe(Date.parse(updatedAt));
	});

	it('stay accepted if something throws once they are', async () => {
		const { records, ports } = openMarket(3);
		const onProgress = () => {
			throw new Error('No log');
		};
		const { outcomes } = await sendRecords(
			{ ...jobOf(records, ports, updateStocks), onProgress },
			ports,
		);
		expect(statuses(outcomes)).toBe('AAA');
	});

	it('need no request if there are none', async () => {
		const { requests, ports } = openMarket(1);
		expect(await sendStock([], ports)).toEqual({ outcomes: [], stats: noStats() });
		expect(requests).toEqual([]);
	});

	it('beyond the quota wait for the next windows and are all held', async () => {
		const { market, records, ports } = openMarket(1_000, { quotas: 0.002 });
		const { outcomes, stats } = await sendStock(records, ports, 50);
		expect(failures(outcomes)).toEqual([]);
		expect(
			market.offers(STORE).every(({ available }, index) => available === records[index]?.count),
		).toBe(true);
		expect(stats.waitedMs).toBeGreaterThan(0);
		expect(stats.requests).toBe(20 + stats.retries);
	});
});

describe('Offers that are hidden', () => {
	it('are hidden, window by window of the quota', async () => {
		const { market, records, ports } = openMarket(12_000);
		const offers: OfferRecord[] = records.map(({ sku }) => ({ sku }));
		const { outcomes } = await sendRecords(jobOf(offers, ports, hideOffers), ports);
		expect(failures(outcomes)).toEqual([]);
		expect(market.offers(STORE).every(({ hidden }) => hidden)).toBe(true);
	});
});

describe('A fault on the way', () => {
	it.each([
		['a broken connection', DROPPED],
		['an error of the Market', refusal(500, 'Internal server error')],
		['an overloaded Market', refusal(503, 'Service is temporarily unavailable')],
		['a page in place of a reply', GARBLED],
		['a reply without a body', { ...OK, body: undefined }],
		['the limit of parallel requests', PARALLEL_LIMIT],
	])('such as %s is followed by the very same request until it goes through', async (_, fault) => {
		const send = scripted(fault, fault, fault, OK);
		const ports = virtualPorts(send);
		const start = ports.clock.now();
		const { outcomes, stats } = await sendStock(someRecords(2), ports);
		expect(statuses(outcomes)).toBe('AA');
		expect(stats).toMatchObject({ requests: 4, retries: 3 });
		expect(stats.waitedMs).toBeCloseTo(ports.clock.now() - start);
		expect(new Set(send.requests.map(({ body }) => body)).size).toBe(1);
	});

	it.each([
		'dropBefore',
		'dropAfter',
		'resetMidBody',
		'500',
		'503empty',
		'errorAfter',
		'html502',
		'html200',
		'truncatedJson',
	] as const)('of the Market itself (%s) leaves every balance held', async (kind) => {
		const count = 3;
		const { market, records, ports } = openMarket(20, { faults: [{ kind, count }] });
		const { outcomes, stats } = await sendStock(records, ports, 5);
		expect(failures(outcomes)).toEqual([]);
		expect(stats.retries).toBe(count);
		expect(market.offers(STORE).map(({ available }) => available)).toEqual(
			records.map(({ count: held }) => held),
		);
	});

	it.each([
		['a broken connection', DROPPED, /could not be reached/],
		['an error of the Market', refusal(500), /not working/],
		['a page in place of a reply', GARBLED, /no usable answer/],
	])(
		'that stays, such as %s, is given up: nobody knows whether the Market holds it',
		async (_, fault, reason) => {
			const send = scripted(fault);
			const { outcomes } = await sendStock(someRecords(2), virtualPorts(send));
			expect(send.requests).toHaveLength(8);
			expect(failures(outcomes)).toHaveLength(2);
			for (const { refusal: told, applied } of failures(outcomes)) {
				expectUsable(told);
				expect(told.reason).toMatch(reason);
				expect(applied).toBe('unknown');
			}
		},
	);

	it('that stays for four requests in a row ends the run: the rest is not sent', async () => {
		const send = scripted(DROPPED);
		const { outcomes } = await sendStock(someRecords(50), virtualPorts(send), 1);
		expect(send.requests.length).toBeLessThanOrEqual(8 * 8);
		expect(outcomes).toHaveLength(50);
		const rest = failures(outcomes).filter(({ applied }) => applied === 'no');
		expect(rest.length).toBeGreaterThan(40);
		for (const { refusal: told } of rest)
			expect(told.reason).toMatch(/^Not sent.*could not be reached/);
	});

	it.each<[string, MarketReply]>([
		['an empty object', { ...OK, body: {} }],
		['a list', { ...OK, body: [] }],
		['a status that nobody knows', { ...OK, body: { status: 'PENDING' } }],
		['a captcha', { ...OK, body: { type: 'captcha' } }],
		[
			'OK and a message that it is not',
			{ ...OK, body: { status: 'OK', errors: [{ code: 'A', message: 'No' }] } },
		],
	])('such as a success that is not one (%s) is repeated, and then reported', async (_, answer) => {
		expect(
			statuses(
				(await sendStock(someRecords(2), virtualPorts(scripted(answer, answer, OK)))).outcomes,
			),
		).toBe('AA');
		const { outcomes } = await sendStock(someRecords(2), virtualPorts(scripted(answer)));
		expect(outcomes.map(({ status }) => status)).toEqual(['failed', 'failed']);
		for (const { refusal: told, applied } of failures(outcomes)) {
			expectUsable(told);
			expect(told.reason).toMatch(/^The Market may have taken this: its answer was lost\. /);
			expect(applied).toBe('unknown');
		}
	});

	it.each([
		[302, /another address \(302\)/],
		[304, /gateway or cache/],
		[403, /gateway or proxy answered in the Market's place \(403\)/],
		[404, /gateway or proxy answered/],
		[429, /accepts no more requests/],
		[499, /gave the request up/],
	])(
		'of a gateway (%d with a page) is repeated a few times, and reported as one',
		async (status, reason) => {
			const page = { ...GARBLED, status };
			expect(
				statuses(
					(await sendStock(someRecords(1), virtualPorts(scripted(page, page, page, OK)))).outcomes,
				),
			).toBe('A');
			const send = scripted(page);
			const { outcomes } = await sendStock(someRecords(1), virtualPorts(send));
			expect(send.requests).toHaveLength(4);
			for (const { refusal: told } of failures(outcomes)) {
				expectUsable(told);
				expect(told.reason).toMatch(reason);
			}
		},
	);

	it.each([
		[301, /another address \(301\)/],
		[308, /another address/],
		[407, /user name and a password/],
		[451, /legal reasons/],
	])(
		'of a gateway that stays (%d) ends the run at once, in words that say gateway',
		async (status, reason) => {
			const send = scripted({ ...GARBLED, status });
			const { outcomes } = await sendStock(someRecords(50), virtualPorts(send), 1);
			expect(send.requests.length).toBeLessThanOrEqual(4);
			for (const { refusal: told, applied } of failures(outcomes)) {
				expectUsable(told);
				expect(told.reason).toMatch(reason);
				expect(told.reason).toMatch(/gateway/);
				expect(applied).toBe('no');
			}
		},
	);

	it('of a certificate that is not trusted is not repeated: it will not mend itself', async () => {
		const code = 'SELF_SIGNED_CERT_IN_CHAIN';
		const send = scripted({
			kind: 'fault',
			code,
			message: 'self-signed certificate in certificate chain',
		});
		const ports = virtualPorts(send);
		const startMs = ports.clock.now();
		const { outcomes } = await sendStock(someRecords(1), ports);
		expect(send.requests).toHaveLength(1);
		expect(ports.clock.now()).toBe(startMs);
		const [told] = failures(outcomes);
		expect(told?.refusal.reason).toBe(
			"The certificate in the Market's name is not trusted: self-signed certificate in certificate chain",
		);
		expect(told?.refusal.advice).toContain('NODE_EXTRA_CA_CERTS');
		expect(told?.applied).toBe('no');
	});

	it('before anything was sent leaves nothing unknown', async () => {
		const fault = {
			kind: 'fault',
			code: 'ECONNREFUSED',
			message: 'connect ECONNREFUSED 127.0.0.1:9',
		} as const;
		const { outcomes } = await sendStock(someRecords(1), virtualPorts(scripted(fault)));
		expect(failures(outcomes)).toMatchObject([
			{
				applied: 'no',
				refusal: { reason: expect.stringMatching(/^The Market could not be reached/) as string },
			},
		]);
	});

	it('that asks for a pause is given it, up to a minute', async () => {
		const busy = (headers: Record<string, string>) => ({ ...GARBLED, status: 429, headers });
		for (const [headers, ms] of [
			[{ 'retry-after': '20' }, 20_000],
			[{ 'retry-after': '3600' }, 60_000],
		] as const) {
			const ports = virtualPorts(scripted(busy(headers), OK));
			const startMs = ports.clock.now();
			expect(statuses((await sendStock(someRecords(1), ports)).outcomes)).toBe('A');
			expect(ports.clock.now() - startMs).toBe(ms);
		}
	});

	it('of a method that is being retired is repeated: every third call refused costs no balance', async () => {
		const { market, records, ports } = openMarket(100);
		const retired = refusal(
			403,
			'The method is deprecated and is occasionally forbidden. Please stop using it',
		);
		let calls = 0;
		const send: Send = async (request) => (++calls % 3 === 0 ? retired : await ports.send(request));
		const { outcomes } = await sendStock(records, { ...ports, send }, 5);
		expect(failures(outcomes)).toEqual([]);
		expect(market.offers(STORE).map(({ available }) => available)).toEqual(
			records.map(({ count }) => count),
		);
	});

	it('of a method that is retired for good is reported in the end, and nothing is held', async () => {
		const send = scripted(
			refusal(403, 'The method is deprecated and is occasionally forbidden. Please stop using it'),
		);
		const { outcomes } = await sendStock(someRecords(1), virtualPorts(send));
		expect(send.requests).toHaveLength(8);
		expect(failures(outcomes)).toMatchObject([
			{
				applied: 'no',
				refusal: { reason: expect.stringMatching(/^The Market is retiring this method/) as string },
			},
		]);
	});

	it('followed by a refusal leaves it unknown what the Market holds', async () => {
		const { outcomes } = await sendStock(
			someRecords(1),
			virtualPorts(scripted(DROPPED, refusal(400, 'Bad'))),
		);
		expect(outcomes[0]).toMatchObject({ status: 'failed', applied: 'unknown' });
		expect(failures(outcomes)[0]?.refusal.reason).toMatch(
			/^The Market may have taken this: .* The Market refused/,
		);
	});

	it('followed by a failure on our own side leaves it unknown what the Market holds', async () => {
		let tries = 0;
		const send: Send = async () => {
			tries += 1;
			if (tries === 1) return await Promise.resolve(DROPPED);
			throw new Error('The credential has to be connected again');
		};
		const { outcomes } = await sendStock(someRecords(1), virtualPorts(send));
		expect(outcomes[0]).toMatchObject({ status: 'failed', applied: 'unknown' });
	});

	it('before the stamp is corrected leaves it unknown what the Market holds', async () => {
		const future = refusal(400, "Stock for 'SKU-00001' should not be in the future", {
			date: 'Mon, 23 Nov 2026 11:30:00 GMT',
		});
		const send = scripted(DROPPED, future, refusal(400, 'Bad'));
		const { outcomes, stats } = await sendStock(someRecords(1), virtualPorts(send));
		expect(outcomes[0]).toMatchObject({ status: 'failed', applied: 'unknown' });
		expect(stats).toMatchObject({ requests: 3, retries: 1 });
	});
});

describe('A quota that is used up', () => {
	const until = 'Mon, 23 Nov 2026 12:01:00 GMT';
	const date = 'Mon, 23 Nov 2026 12:00:00 GMT';
	const spent = quotaHit(date, until);

	it.each([0, 3_600_000, -3_600_000])(
		'is waited out by the clock of the Market when ours is %d ms off',
		async (off) => {
			const clock = new VirtualClock(Date.parse(date));
			const sentAt: number[] = [];
			const send: Send = async () => {
				sentAt.push(clock.now());
				return await Promise.resolve(sentAt.length === 1 ? spent : OK);
			};
			const { outcomes } = await sendStock(
				someRecords(1),
				virtualPorts(send, { clock, aheadMs: off }),
			);
			expect(statuses(outcomes)).toBe('A');
			expect(sentAt).toHaveLength(2);
			expect(sentAt[1]).toBeGreaterThanOrEqual(Date.parse(until));
			expect(sentAt[1]).toBeLessThan(Date.parse(until) + 1_000);
		},
	);

	it('holds back the requests that have not gone out yet', async () => {
		const clock = new VirtualClock(Date.parse(date));
		const sentAt: number[] = [];
		const send: Send = async () => {
			const first = sentAt.length === 0;
			sentAt.push(clock.now());
			await clock.sleep(first ? 10 : 20);
			return first ? spent : OK;
		};
		const { outcomes } = await sendStock(someRecords(10), virtualPorts(send, { clock }), 1);
		expect(statuses(outcomes)).toBe('A'.repeat(10));
		const between = sentAt.filter((at) => at > Date.parse(date) && at < Date.parse(until));
		expect(between).toEqual([]);
	});

	it('for good is given up when Maximum Wait is over, and nothing is held', async () => {
		const clock = new VirtualClock(Date.parse(date));
		const send: Send = async () => {
			const end = new Date((Math.floor(clock.now() / 60_000) + 1) * 60_000);
			return await Promise.resolve(
				quotaHit(new Date(clock.now()).toUTCString(), end.toUTCString()),
			);
		};
		const ports = virtualPorts(send, { clock });
		const deadlineMs = clock.now() + 30 * 60_000;
		const { outcomes, stats } = await sendRecords(
			{ ...jobOf(someRecords(1), ports, updateStocks), deadlineMs },
			ports,
		);
		expect(outcomes[0]).toMatchObject({ status: 'failed', applied: 'no' });
		expect(failures(outcomes)[0]?.refusal.reason).toMatch(
			/used up until 2026-11-23T12:3\d.*Maximum Wait/,
		);
		expect(clock.now()).toBe(deadlineMs);
		expect(stats.limitHits).toBe(stats.requests);
	});

	it('until another day is not believed beyond a window: it is asked for again then', async () => {
		const send = scripted(quotaHit(date, 'Tue, 24 Nov 2026 12:00:00 GMT'));
		const ports = virtualPorts(send);
		const deadlineMs = ports.clock.now() + 60 * 60_000;
		const { outcomes, stats } = await sendRecords(
			{ ...jobOf(someRecords(1), ports, updateStocks), deadlineMs },
			ports,
		);
		expect(statuses(outcomes)).toBe('F');
		expect(failures(outcomes)[0]?.refusal.reason).toContain(
			'used up for longer than a run waits (420)',
		);
		expect(stats.requests).toBe(stats.limitHits);
		expect(stats.requests).toBeGreaterThanOrEqual(20);
		expect(stats.requests).toBeLessThan(25);
	});

	it('by others who use the same store at once is waited out', async () => {
		const { clock, market, records, ports } = openMarket(40, { latencyMs: 500 });
		const others = virtualPorts(modelSend(market), { clock, seed: 7 });
		const half = records.length / 2;
		const reports = await Promise.all([
			sendStock(records.slice(0, half), ports, 2),
			sendStock(records.slice(half), others, 2),
		]);
		expect(reports.flatMap(({ outcomes }) => failures(outcomes))).toEqual([]);
		expect(reports[0].stats.retries + reports[1].stats.retries).toBeGreaterThan(0);
		expect(market.offers(STORE).map(({ available }) => available)).toEqual(
			records.map(({ count }) => count),
		);
	});
});

describe('A refusal', () => {
	it('of one record leaves all others accepted, even those of the same request', async () => {
		const { market, records, requests, ports } = openMarket(9, { unknownSku: 'refuse' });
		const sent = records.map((record, index) =>
			index === 4 ? { ...record, sku: 'nobody knows' } : record,
		);
		const { outcomes, stats } = await sendStock(sent, ports, 3);
		expect(statuses(outcomes)).toBe('AAAAFAAAA');
		for (const { refusal: told, applied } of failures(outcomes)) {
			expect(told.reason).toMatch(/Unknown shop-sku 'nobody knows'/);
			expect(applied).toBe('no');
		}
		expect(market.offers(STORE).map(({ available }) => available)).toEqual([
			0,
			1,
			2,
			3,
			null,
			5,
			6,
			7,
			8,
		]);
		expect(requests).toHaveLength(4);
		expect(stats.retries).toBe(0);
	});

	it('of many requests in a row does not keep the rest back', async () => {
		const bad = (request: MarketRequest) =>
			refusal(400, `Stock for '${skusOf(request).join()}' is not allowed`);
		const send = scripted(...Array<typeof bad>(12).fill(bad), OK);
		const { outcomes } = await sendStock(someRecords(20), virtualPorts(send), 1);
		expect(statuses(outcomes)).toBe('F'.repeat(12) + 'A'.repeat(8));
	});

	it('in the guise of a success refuses only that request', async () => {
		const send = scripted(refusal(200, 'Something is wrong'), OK);
		const { outcomes } = await sendStock(someRecords(10), virtualPorts(send), 1);
		expect(statuses(outcomes)).toBe(`F${'A'.repeat(9)}`);
		expect(failures(outcomes)[0]?.refusal.reason).toMatch(/Something is wrong/);
		expect(send.requests).toHaveLength(10);
	});

	it.each([
		[401, 'Api-Key token is revoked', /Api-Key/],
		[403, 'Access denied', /no right/],
		[404, "Campaign not found '1'", /does not know/],
		[405, 'Request method PUT not supported', /refused/],
		[423, 'Business is in migration', /moving/],
		[400, 'Campaign type is not allowed. Allowed campaign types: FBS', /does not accept this/],
	])(
		'of the whole store (%d %s) ends the run: the rest is not sent',
		async (status, message, reason) => {
			const clock = new VirtualClock();
			const answer = scripted(refusal(status, message));
			const send: Send = async (request) => {
				await clock.sleep(10);
				return await answer(request);
			};
			const { outcomes } = await sendStock(someRecords(50), virtualPorts(send, { clock }), 1);
			expect(answer.requests).toHaveLength(4);
			expect(failures(outcomes)).toHaveLength(50);
			const rest = failures(outcomes).filter(({ refusal: told }) =>
				told.reason.startsWith('Not sent'),
			);
			expect(rest).toHaveLength(46);
			for (const { refusal: told, applied } of failures(outcomes)) {
				expectUsable(told);
				expect(told.reason).toMatch(reason);
				expect(applied).toBe('no');
			}
		},
	);

	it('of the whole store lets the requests under way finish', async () => {
		const clock = new VirtualClock();
		let count = 0;
		const send: Send = async () => {
			count += 1;
			const isFirst = count === 1;
			await clock.sleep(isFirst ? 10 : 1_000);
			return isFirst ? refusal(403, 'Access denied') : OK;
		};
		const { outcomes } = await sendStock(someRecords(6), virtualPorts(send, { clock }), 1);
		expect(statuses(outcomes)).toBe('FAAAFF');
		expect(count).toBe(4);
	});
});

describe('A failure on our own side', () => {
	const broken: Send = () => Promise.reject(new Error('No credential'));

	it('ends the run with its message, and nothing is sent', async () => {
		const { outcomes } = await sendStock(someRecords(20), virtualPorts(broken), 1);
		expect(failures(outcomes)).toHaveLength(20);
		for (const { refusal: told, applied } of failures(outcomes)) {
			expectUsable(told);
			expect(told.reason).toMatch(/No credential/);
			expect(applied).toBe('no');
		}
	});

	it.each(['Bad address', 'Not sent through the proxy'])(
		'that is thrown outright (%s) ends the run all the same',
		async (said) => {
			const send: Send = () => {
				throw new TypeError(said);
			};
			const { outcomes } = await sendStock(someRecords(2), virtualPorts(send), 1);
			expect(failures(outcomes).map(({ refusal: told }) => told.reason)).toEqual([
				said,
				`Not sent, because an earlier request was refused. ${said}`,
			]);
		},
	);

	it('is reported in its own words even for what was lost before', async () => {
		const said = 'Not sent through the proxy';
		let tries = 0;
		const send: Send = async () => {
			tries += 1;
			if (tries === 1) return DROPPED;
			if (tries === 2) return await Promise.resolve(refusal(400, 'Something is wrong'));
			throw new Error(said);
		};
		const { apiMethod } = updateStocks;
		const alone = { ...updateStocks, apiMethod: { ...apiMethod, parallel: 1 } };
		const ports = virtualPorts(send);
		const { outcomes } = await sendRecords(jobOf(someRecords(4), ports, alone), ports);
		expect(failures(outcomes).map(({ refusal: told }) => told.reason)).toContain(
			`The Market may have taken this: its answer was lost. Not sent again, because an earlier request was refused. ${said}`,
		);
	});

	it('is reported as its own reason even after another refusal', async () => {
		const clock = new VirtualClock();
		let count = 0;
		const send: Send = async () => {
			count += 1;
			const isFirst = count === 1;
			await clock.sleep(isFirst ? 10 : 1_000);
			if (isFirst) return refusal(401, 'Api-Key token is revoked');
			throw new Error('No credential');
		};
		const { outcomes } = await sendStock(someRecords(2), virtualPorts(send, { clock }), 1);
		expect(failures(outcomes)[0]?.refusal.reason).toMatch(/revoked/);
		expect(failures(outcomes)[1]?.refusal.reason).toBe('No credential');
	});
});

describe('A gateway that takes no large requests', () => {
	/** Answers 413 to bodies of more than so many bytes. */
	function narrow(mostBytes: number, send: Send): Send {
		return async (request) =>
			Buffer.byteLength(request.body ?? '') > mostBytes
				? { ...GARBLED, status: 413 }
				: await send(request);
	}

	it('gets smaller ones, and every balance is held', async () => {
		const { market, records, requests, ports } = openMarket(9_000);
		const { outcomes, stats } = await sendStock(records, {
			...ports,
			send: narrow(40_000, ports.send),
		});
		expect(failures(outcomes)).toEqual([]);
		expect(market.offers(STORE).map(({ available }) => available)).toEqual(
			records.map(({ count }) => count),
		);
		expect(Math.max(...requests.map(({ body = '' }) => body.length))).toBeGreaterThan(20_000);
		// Not every one is too large at first: the size is remembered.
		expect(stats.requests - requests.length).toBeGreaterThan(0);
		expect(stats.requests - requests.length).toBeLessThanOrEqual(4 * 3);
	});

	it('and does not take even one record is reported with that record, and the others are sent', async () => {
		const { market, records, ports } = openMarket(40);
		const [first, ...others] = records;
		const long = { sku: 'x'.repeat(255), count: 1 };
		const { outcomes } = await sendStock([long, ...others], {
			...ports,
			send: narrow(260, ports.send),
		});
		expect(statuses(outcomes)).toBe(`F${'A'.repeat(39)}`);
		const [told] = failures(outcomes);
		expect(told?.refusal.reason).toBe(
			'A gateway or proxy on the way does not accept a request of this size (413)',
		);
		expect(told?.applied).toBe('no');
		expect(market.balance(STORE, first?.sku ?? '')).toBeUndefined();
	});

	it('and takes nothing at all ends the run', async () => {
		const send = scripted({ ...GARBLED, status: 413 });
		const { outcomes } = await sendStock(someRecords(5_000), virtualPorts(send));
		expect(failures(outcomes)).toHaveLength(5_000);
		expect(send.requests.length).toBeLessThan(120);
	});
});

describe("A clock of ours that is ahead of the Market's", () => {
	it.each([2_000, 60_000, 3_600_000, 90_000_000])(
		'by %d ms does no harm: the stamp is set by the Market',
		async (ahead) => {
			const { market, records, ports } = openMarket(40, { clockSkewMs: -ahead, latencyMs: 100 });
			const { outcomes } = await sendStock(records, ports, 4);
			expect(failures(outcomes)).toEqual([]);
			expect(market.offers(STORE).map(({ available }) => available)).toEqual(
				records.map(({ count }) => count),
			);
			for (const [index, outcome] of outcomes.entries()) {
				const stamp = outcome.status === 'accepted' ? Date.parse(outcome.stamp) : NaN;
				expect(market.offers(STORE)[index]?.updatedAt).toBe(stamp);
				expect(stamp).toBeLessThan(market.now());
			}
		},
	);

	it.each([1_500, 5_000])('by %d ms is waited for: the stamp stays', async (ahead) => {
		const { clock, market, records, requests, ports } = openMarket(40, { clockSkewMs: -ahead });
		const startMs = clock.now();
		const { outcomes, stats } = await sendStock(records, ports, 4);
		const stamp = new Date(startMs - 1_000).toISOString();
		expect(outcomes).toEqual(records.map(() => ({ status: 'accepted', stamp })));
		expect(requests.map(({ body = '' }) => body.match(/updatedAt":"[^"]+/g)?.[0])).toEqual(
			requests.map(() => `updatedAt":"${stamp}`),
		);
		// All four requests at once are refused before it, and none of the others.
		expect(requests).toHaveLength(4 + records.length / 4);
		expect(stats.waitedMs).toBeGreaterThan(0);
		expect(market.now()).toBeGreaterThanOrEqual(Date.parse(stamp));
	});

	it('is not waited for if it does not come up: the stamp is set by the Market after all', async () => {
		const early = refusal(400, "Stock for 'SKU-00001' should not be in the future", {
			date: 'Mon, 23 Nov 2026 11:59:58 GMT',
		});
		const send = scripted(({ body = '' }) => (body.includes('11:59:59') ? early : OK));
		const ports = virtualPorts(send);
		const startMs = ports.clock.now();
		const { outcomes } = await sendStock(someRecords(1), ports);
		expect(outcomes[0]).toEqual({ status: 'accepted', stamp: '2026-11-23T11:59:57.000Z' });
		// Three times 1.25 s.
		expect(ports.clock.now() - startMs).toBe(3_750);
	});

	it('is as harmless if ours is more than a day behind', async () => {
		const { records, ports } = openMarket(8, { clockSkewMs: 25 * 3_600_000 });
		expect(failures((await sendStock(records, ports, 2)).outcomes)).toEqual([]);
	});

	it('does not touch a moment that the source gave', async () => {
		const { records, requests, ports } = openMarket(2, { clockSkewMs: -60_000 });
		const updatedAt = '2026-11-23T12:00:00Z';
		const { outcomes } = await sendStock(
			records.map((record) => ({ ...record, updatedAt })),
			ports,
		);
		expect(requests).toHaveLength(1);
		expect(statuses(outcomes)).toBe('FF');
		expect(failures(outcomes)[0]?.refusal.reason).toMatch(/should not be in the future/);
	});

	it('is given up if the Market refuses every stamp', async () => {
		const send = scripted(
			refusal(400, "Stock for 'SKU-00001' should not be in the future", {
				date: 'Mon, 23 Nov 2026 11:30:00 GMT',
			}),
		);
		const { outcomes } = await sendStock(someRecords(1), virtualPorts(send));
		expect(outcomes[0]).toMatchObject({ status: 'failed', applied: 'no' });
		expect(send.requests).toHaveLength(4);
	});

	it('is given up if the Market does not give its time', async () => {
		const send = scripted(refusal(400, "Stock for 'SKU-00001' should not be in the future"));
		expect(statuses((await sendStock(someRecords(1), virtualPorts(send))).outcomes)).toBe('F');
		expect(send.requests).toHaveLength(1);
	});

	it('is not suspected if the Market blames another SKU', async () => {
		const date = 'Mon, 23 Nov 2026 11:30:00 GMT';
		const send = scripted(refusal(400, "Stock for 'B' should not be in the future", { date }), OK);
		const records = [
			{ sku: 'A', count: 1 },
			{ sku: 'B', count: 1, updatedAt: date },
		];
		const { outcomes } = await sendStock(records, virtualPorts(send));
		expect(outcomes[0]).toEqual({ status: 'accepted', stamp: '2026-11-23T11:59:59.250Z' });
		expect(failures(outcomes)[0]?.refusal.reason).toMatch(/'B' should not be in the future/);
		expect(send.requests.map(skusOf)).toEqual([['A', 'B'], ['A']]);
	});
});

describe('The Stop button', () => {
	it('before the first request lets nothing out', async () => {
		const { records, requests, ports } = openMarket(4);
		ports.stop();
		const { outcomes } = await sendStock(records, ports, 1);
		expect(requests).toEqual([]);
		expect(outcomes).toHaveLength(4);
		for (const { refusal: told, applied } of failures(outcomes)) {
			expect(told.reason).toMatch(/^Not sent: the run was stopped/);
			expect(applied).toBe('no');
		}
	});

	it('in flight ends the run at once: what is under way is not known, the rest is not sent', async () => {
		const { clock, records, requests, ports } = openMarket(20, { latencyMs: 10_000 });
		const start = clock.now();
		ports.stopAfter(15_000);
		const { outcomes } = await sendStock(records, ports, 2);
		expect(clock.now() - start).toBe(15_000);
		expect(requests).toHaveLength(8);
		expect(statuses(outcomes)).toBe('AAAAAAAAFFFFFFFFFFFF');
		expect(failures(outcomes).map(({ applied }) => applied)).toEqual([
			...Array<string>(8).fill('unknown'),
			...Array<string>(4).fill('no'),
		]);
	});

	it('in a wait for the quota ends the run at once, with nothing unknown', async () => {
		const { clock, market, records, ports } = openMarket(10, { quotas: 0.00004 });
		const start = clock.now();
		ports.stopAfter(20_000);
		const { outcomes, stats } = await sendStock(records, ports, 1);
		expect(clock.now() - start).toBe(20_000);
		expect(statuses(outcomes)).toBe('AAAAFFFFFF');
		expect(failures(outcomes).every(({ applied }) => applied === 'no')).toBe(true);
		expect(market.offers(STORE).filter(({ available }) => available !== null)).toHaveLength(4);
		// One waits for the quota; the others wait for their turn.
		expect(stats.waitedMs).toBe(20_000);
	});

	it('in a pause after a fault ends the run at once: that request may have arrived', async () => {
		const clock = new VirtualClock();
		const send = scripted(DROPPED);
		const ports = { ...virtualPorts(send, { clock }), random: () => 0.999 };
		const start = clock.now();
		ports.stopAfter(500);
		const { outcomes, stats } = await sendStock(someRecords(5), ports, 1);
		expect(clock.now() - start).toBe(500);
		expect(send.requests).toHaveLength(4);
		expect(
			failures(outcomes)
				.map(({ applied }) => applied)
				.join(),
		).toBe('unknown,unknown,unknown,unknown,no');
		expect(stats.waitedMs).toBe(4 * 500);
	});

	it('leaves no unhandled rejection from a request that fails later', async () => {
		const clock = new VirtualClock();
		const send: Send = async () => {
			await clock.sleep(60_000);
			throw new Error('Too late');
		};
		const ports = virtualPorts(send, { clock });
		ports.stopAfter(10);
		const { outcomes } = await sendStock(someRecords(1), ports);
		await clock.sleep(120_000);
		expect(outcomes[0]).toMatchObject({ status: 'failed', applied: 'unknown' });
	});
});

describe('Whatever happens on the way', () => {
	const fate = fc.constantFrom(
		...['fine', 'fine', 'fine', 'lost', 'lost after', 'failed', 'failed after', 'garbled after'],
		...[
			'parallel',
			'refused',
			'broken',
			'empty',
			'empty after',
			'page',
			'page after',
			'retired',
			'busy',
			'not reached',
		],
	);
	const trouble = fc.record({
		fates: fc.array(fc.record({ fate, latencyMs: fc.nat({ max: 3_000 }) }), { maxLength: 40 }),
		counts: fc.array(fc.nat({ max: 2_000_000_000 }), { minLength: 1, maxLength: 40 }),
		maxItems: fc.integer({ min: 1, max: 5 }),
		quotas: fc.constantFrom<Switches['quotas']>('off', 0.00015, 0.0005),
		skewMs: fc.constantFrom(0, 0, 30_000, -1_500, -7_200_000),
		stopAfterMs: fc.option(fc.nat({ max: 60_000 }), { freq: 3 }),
		staysDown: fc.constantFrom(false, false, false, true),
		seed: fc.integer(),
	});

	it('every record has one outcome, and the Market holds what that says', async () => {
		await fc.assert(
			fc.asyncProperty(trouble, async (troubles) => {
				const { counts, maxItems, quotas, skewMs, stopAfterMs, seed } = troubles;
				const clock = new VirtualClock();
				const catalogue = generateCatalogue(counts.length);
				const market = new SandboxMarket({
					clock,
					catalogue,
					switches: { quotas, clockSkewMs: skewMs },
				});
				const records = catalogue.map(({ sku }, index) => ({
					sku,
					count: counts[index] as number,
				}));
				const unruly = unrulySend(market, clock, troubles);
				const ports = virtualPorts(unruly.send, { clock, seed });
				if (stopAfterMs !== null) ports.stopAfter(stopAfterMs);

				const { outcomes, stats } = await sendStock(records, ports, maxItems);

				expect(unruly.peak()).toBeLessThanOrEqual(4);
				expect(stats.requests).toBe(unruly.count());
				expect(stats.retries).toBeLessThan(Math.max(1, stats.requests));
				expect(outcomes).toHaveLength(records.length);
				for (const [index, outcome] of Array.from(outcomes).entries()) {
					const { sku, count } = records[index] as StockRecord;
					const held = market.balance(STORE, sku);
					if (outcome.status === 'accepted') {
						expect(held?.available).toBe(count);
						// A try that was lost may have brought the same balance with the stamp from before a correction.
						expect(held?.stamp).toBeGreaterThanOrEqual(Date.parse(outcome.stamp));
					} else {
						expectUsable(outcome.refusal);
						if (outcome.applied === 'no') expect(held).toBeUndefined();
						else if (held) expect(held.available).toBe(count);
					}
				}
			}),
			{ numRuns: 400 },
		);
	}, 60_000);
});

interface Troubles {
	fates: Array<{ fate: string; latencyMs: number }>;
	/** Whether every request fails after the last of the fates. */
	staysDown: boolean;
}

/** Sends into the model, and lets each request meet its fate: before or after the Market has acted on it. */
function unrulySend(market: SandboxMarket, clock: VirtualClock, { fates, staysDown }: Troubles) {
	const toModel = modelSend(market);
	let sent = 0;
	let underWay = 0;
	let peak = 0;

	const meet: Send = async (request) => {
		const { fate, latencyMs } = fates[sent] ?? {
			fate: staysDown ? 'failed after' : 'fine',
			latencyMs: 100,
		};
		sent += 1;
		await clock.sleep(latencyMs);
		if (fate === 'broken') throw new Error('The credential has to be connected again');
		if (fate === 'lost') return DROPPED;
		if (fate === 'failed') return refusal(503);
		if (fate === 'parallel') return PARALLEL_LIMIT;
		if (fate === 'refused') return refusal(400, 'Illegal input');
		if (fate === 'empty') return { ...OK, body: {} };
		if (fate === 'page') return { ...GARBLED, status: 403 };
		if (fate === 'retired')
			return refusal(403, 'The method is deprecated and is occasionally forbidden');
		if (fate === 'busy') return { ...GARBLED, status: 429, headers: { 'retry-after': '3' } };
		if (fate === 'not reached')
			return { kind: 'fault', code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' };
		const answer = await toModel(request);
		await clock.sleep(latencyMs);
		if (fate === 'lost after') return DROPPED;
		if (fate === 'failed after') return refusal(500);
		if (fate === 'garbled after') return GARBLED;
		if (fate === 'empty after') return { ...OK, body: { status: 'PENDING' } };
		if (fate === 'page after') return { ...GARBLED, status: 404 };
		return answer;
	};

	const send: Send = async (request) => {
		underWay += 1;
		peak = Math.max(peak, underWay);
		try {
			return await meet(request);
		} finally {
			underWay -= 1;
		}
	};
	return { send, count: () => sent, peak: () => peak };
}

describe('A Date that is wrong on all replies', () => {
	const DAY = 86_400_000;
	it.each([
		['with the quota in its headers', 3 * DAY, true],
		['with the quota in its headers', -3 * DAY, true],
		['with the quota in its headers', -7_200_000, true],
		['without', 3 * DAY, false],
		['without', -3 * DAY, false],
	])(
		'%s: does not override a clock of ours that is right (%d ms)',
		async (_, offMs, keepsQuota) => {
			const { clock, market, records, ports } = openMarket(40);
			market.setBalance(STORE, records[0]?.sku ?? '', 77);
			await clock.sleep(5_000);
			const send: Send = async (request) => {
				const answer = await ports.send(request);
				if (answer.kind === 'fault') return answer;
				const { date, 'x-ratelimit-resource-until': until, ...headers } = answer.headers;
				const wrong = { ...headers, date: new Date(Date.parse(date ?? '') + offMs).toUTCString() };
				return {
					...answer,
					headers: keepsQuota ? { ...wrong, 'x-ratelimit-resource-until': until } : wrong,
				};
			};
			const lanes = new Lanes();
			for (const first of [0, 20]) {
				const own = virtualPorts(send, { clock, lanes });
				await getCampaign(String(STORE), { isImpatient: true }, own);
				const sent = records.slice(first, first + 20);
				expect(failures((await sendStock(sent, own, 10)).outcomes)).toEqual([]);
			}
			const held = market.offers(STORE);
			expect(held.map(({ available }) => available)).toEqual(records.map(({ count }) => count));
			for (const { updatedAt } of held)
				expect(Math.abs((updatedAt ?? 0) - market.now())).toBeLessThan(5_000);
		},
	);
});
