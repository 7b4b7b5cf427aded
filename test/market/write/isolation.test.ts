import { hideOffers, updateStocks } from '../../../market/write/methods';
import type { MarketRequest, Send } from '../../../market/wire/ports';
import { isolate, type Subject } from '../../../market/write/isolation';
import { sendRecords } from '../../../market/write/sender';
import { concernsWholeRequest, readMessages } from '../../../market/write/wording';
import { seededRandom, STORES, type PoisonedSku } from '../../../sandbox';
import { OK, refusal, scripted } from '../../support/answers';
import { expectUsable } from '../../support/checked';
import { VirtualClock } from '../../../lab/time/virtualClock';
import { virtualPorts } from '../../support/virtualPorts';
import { failures, jobOf, openMarket, sendStock, skusOf, someRecords, STORE } from './sending';

const BATCH = 500;
const RECORDS = 3_000;

/** Where the poisoned ones are among the records. */
const PLACES: Array<[string, number[]]> = [
	['one in the middle', [1_234]],
	['the first', [0]],
	['the last', [RECORDS - 1]],
	['ten, far apart', range(10, 17, 291)],
	['ten, side by side', range(10, 495, 1)],
	['a hundred, far apart', range(100, 3, 29)],
	['a hundred, side by side', range(100, 450, 1)],
	['the first hundred', range(100, 0, 1)],
];

const WORDS: Record<PoisonedSku['naming'], (sku: string) => string> = {
	named: (sku) => `Stock for '${sku}' is not allowed`,
	listed: () => '.sku is not allowed',
	unnamed: () => 'Request contains invalid data',
};

function range(count: number, from: number, step: number): number[] {
	return Array.from({ length: count }, (_, index) => from + index * step);
}

/** The most requests that it takes to find so many in so many batches: halving each down to each of them, and a few. */
function mostRequests(poisoned: number, naming: PoisonedSku['naming']): number {
	const batches = RECORDS / BATCH;
	if (naming !== 'unnamed' && poisoned <= 10) return 2 * batches;
	return batches + 9 + 2 * poisoned * Math.ceil(Math.log2(BATCH));
}

describe.each(['named', 'listed', 'unnamed'] as const)(
	'SKUs that the Market refuses (%s)',
	(naming) => {
		it.each(PLACES)('are found, and nothing is lost with them: %s', async (_, places) => {
			const { market, records, requests, ports } = openMarket(RECORDS, { latencyMs: 50 });
			const poisoned = places.map((place) => records[place]?.sku ?? '');
			market.setSwitches({ poisonedSkus: poisoned.map((sku) => ({ sku, naming })) });

			const { outcomes, stats } = await sendStock(records, ports, BATCH);

			const held = records.map(({ sku }) => market.balance(STORE, sku)?.available);
			expect(held).toEqual(
				records.map(({ sku, count }) => (poisoned.includes(sku) ? undefined : count)),
			);
			const failed = records.filter((_record, index) => outcomes[index]?.status === 'failed');
			expect(failed.map(({ sku }) => sku)).toEqual(poisoned);
			for (const [index, { refusal: told, applied }] of failures(outcomes).entries()) {
				expectUsable(told);
				expect(told.reason).toContain(WORDS[naming](poisoned[index] ?? ''));
				expect(applied).toBe('no');
			}
			expect(requests.length).toBeLessThanOrEqual(mostRequests(poisoned.length, naming));
			const asked = requests.reduce((sum, request) => sum + skusOf(request).length, 0);
			const used = market.windows().reduce((sum, window) => sum + window.used, 0);
			expect(used).toBe(asked);
			expect(stats).toMatchObject({ requests: requests.length, limitHits: 0, retries: 0 });
		});

		it('are reported even if there is nothing else', async () => {
			const { market, records, requests, ports } = openMarket(60);
			market.setSwitches({ poisonedSkus: records.map(({ sku }) => ({ sku, naming })) });
			const { outcomes } = await sendStock(records, ports, 30);
			expect(failures(outcomes)).toHaveLength(60);
			for (const { refusal: told, applied } of failures(outcomes)) {
				expectUsable(told);
				expect(told.reason).toMatch(/not allowed|invalid data/);
				expect(applied).toBe('no');
			}
			expect(requests.length).toBeLessThanOrEqual(2 * 60);
		});

		it('are found among offers to hide too', async () => {
			const { market, records, ports } = openMarket(1_200);
			const poisoned = [3, 600, 601].map((place) => records[place]?.sku ?? '');
			market.setSwitches({ poisonedSkus: poisoned.map((sku) => ({ sku, naming })) });
			const { outcomes } = await sendRecords(
				jobOf(
					records.map(({ sku }) => ({ sku })),
					ports,
					hideOffers,
				),
				ports,
			);
			expect(failures(outcomes)).toHaveLength(3);
			const shown = market.offers(STORE).filter(({ hidden }) => !hidden);
			expect(shown.map(({ sku }) => sku)).toEqual(poisoned);
		});
	},
);

describe('The search for what is refused', () => {
	it('spends what the quota has, and waits for more of it', async () => {
		const { market, records, ports } = openMarket(300, { quotas: 0.001 });
		market.setSwitches({ poisonedSkus: [{ sku: records[150]?.sku ?? '', naming: 'unnamed' }] });
		const { outcomes } = await sendStock(records, ports, 50);
		expect(failures(outcomes)).toHaveLength(1);
		for (const { used, limit, refused } of market.windows()) {
			expect(used).toBeLessThanOrEqual(limit);
			// More than that only before the first reply, which tells how small the quota is.
			expect(refused.resource).toBeLessThanOrEqual(2);
		}
	});

	/** Sends so many records to a Market that refuses some of them without a name, 300 ms for an answer. */
	async function search(records: number, bad: readonly number[], method = updateStocks) {
		const {
			clock,
			market,
			records: all,
			requests,
			ports,
		} = openMarket(records, { latencyMs: 300 });
		const poisoned = bad.map((place) => all[place]?.sku ?? '');
		market.setSwitches({ poisonedSkus: poisoned.map((sku) => ({ sku, naming: 'unnamed' })) });
		const startMs = clock.now();
		const { outcomes } = await sendRecords(jobOf(all, ports, method), ports);
		const refused = all.filter((_, index) => outcomes[index]?.status === 'failed');
		expect(new Set(refused.map(({ sku }) => sku))).toEqual(new Set(poisoned));
		const items = requests.reduce((sum, request) => sum + skusOf(request).length, 0);
		const answers = Math.round((clock.now() - startMs) / 300);
		return { requests: requests.length, items, answers };
	}

	it.each([1, 2, 3])(
		'costs at most 1,300 requests and 150,000 items for 100 of 100,000, anywhere (seed %d)',
		async (seed) => {
			const random = seededRandom(seed);
			const bad = new Set<number>();
			while (bad.size < 100) bad.add(Math.floor(random() * 100_000));
			const { requests, items } = await search(100_000, [...bad]);
			expect(requests - 50).toBeLessThanOrEqual(1_300);
			expect(items - 100_000).toBeLessThanOrEqual(150_000);
		},
	);

	it.each<[string, number[]]>([
		['the first', [0]],
		['the last', [1_999]],
		['one in the middle', [1_234]],
		['two side by side', [1_000, 1_001]],
		['two far apart', [3, 1_997]],
		['three side by side', [700, 701, 702]],
	])('takes no longer than halving with both halves at once: %s of 2,000', async (_, bad) => {
		// Halving: the batch, eight single ones in two turns, then its halves as often as 2,000 can be halved.
		const halvings = Math.ceil(Math.log2(2_000));
		const { requests, answers, items } = await search(2_000, bad);
		expect(answers).toBeLessThanOrEqual(1 + 2 + halvings);
		// In five parts, of which the last is asked only if it is left over.
		const fifths = Math.ceil(Math.log(2_000) / Math.log(5));
		expect(requests).toBeLessThanOrEqual(1 + 8 + 5 * fifths * bad.length);
		// Halving charges the batch, its refused half, the half of that and so on: twice the batch more than is held.
		expect(items).toBeLessThanOrEqual(3 * 2_000);
	});

	it('makes one request after the other if requests count, not items', async () => {
		const { apiMethod } = updateStocks;
		const quota = { ...apiMethod.quota, unit: 'requests' as const, none: 1_000 };
		const counted = { ...updateStocks, apiMethod: { ...apiMethod, quota } };
		const { requests } = await search(2_000, [1_234], counted);
		const many = await search(2_000, [1_234]);
		expect(requests).toBeLessThan(many.requests);
	});

	it('survives faults on its way', async () => {
		const { market, records, ports } = openMarket(64, {
			faults: [
				{ kind: 'dropBefore', count: 3 },
				{ kind: '503', count: 2 },
				{ kind: 'truncatedJson', count: 2 },
			],
		});
		market.setSwitches({ poisonedSkus: [{ sku: records[40]?.sku ?? '', naming: 'unnamed' }] });
		const { outcomes } = await sendStock(records, ports, 32);
		expect(failures(outcomes)).toHaveLength(1);
		expect(outcomes[40]?.status).toBe('failed');
	});
});

describe('A request that is refused as such', () => {
	it.each([
		'Campaign type is not allowed. Allowed campaign types: FBS, DBS',
		"JSON: Unexpected character ('x')",
		'Required request body is missing',
		'Illegal input at skus',
		'The request is too big',
		'skus size must be between 1 and 2000 (rejected size: 0)',
		"X-Business-Id '1' does not match businessId '2'",
	])('(%s) is not searched', async (message) => {
		const send = scripted(refusal(400, message));
		const { outcomes } = await sendStock(someRecords(20_000), virtualPorts(send));
		expect(send.requests.length).toBeLessThanOrEqual(4);
		expect(failures(outcomes)).toHaveLength(20_000);
		for (const reason of new Set(failures(outcomes).map((failure) => failure.refusal.reason))) {
			expect(reason).toContain(message);
		}
	});

	it('by the store of another model is not searched', async () => {
		const { market, records, ports } = openMarket(5_000);
		const job = jobOf(
			records.map(({ sku }) => ({ sku })),
			ports,
			hideOffers,
		);
		const { outcomes } = await sendRecords(
			{ ...job, targetId: String(STORES.laas.campaignId) },
			ports,
		);
		expect(failures(outcomes)).toHaveLength(5_000);
		expect(market.calls().length).toBeLessThanOrEqual(4);
	});

	it.each([0, 300])(
		'in words that nobody knows is searched no further than needed (%d ms)',
		async (latencyMs) => {
			const clock = new VirtualClock();
			const send = scripted(refusal(400, 'Something new'));
			const slowly: Send = async (request) => {
				if (latencyMs > 0) await clock.sleep(latencyMs);
				return await send(request);
			};
			const { outcomes } = await sendStock(someRecords(100_000), virtualPorts(slowly, { clock }));
			expect(failures(outcomes)).toHaveLength(100_000);
			for (const told of new Set(failures(outcomes).map(({ refusal: { reason } }) => reason))) {
				expect(told).toMatch(/Something new/);
			}
			expect(failures(outcomes).every(({ applied }) => applied === 'no')).toBe(true);
			const untried = failures(outcomes).filter(({ refusal: { reason } }) =>
				reason.startsWith('Not sent: it was not tried alone'),
			);
			expect(untried.length).toBeGreaterThan(99_000);
			// Four at once, four hundred single ones from all over, and what is under way until the last of these is refused.
			expect(send.requests.length).toBeLessThanOrEqual(4 + 400 + 3);
			expect(send.requests.reduce((sum, request) => sum + skusOf(request).length, 0)).toBeLessThan(
				16_000,
			);
		},
	);

	it('is not taken for one because most of a few records, at the beginning, are bad', async () => {
		const { market, records, ports } = openMarket(40);
		const bad = records.slice(0, 38);
		market.setSwitches({ poisonedSkus: bad.map(({ sku }) => ({ sku, naming: 'unnamed' })) });
		const { outcomes } = await sendStock(records, ports);
		expect(outcomes.slice(38).map(({ status }) => status)).toEqual(['accepted', 'accepted']);
	});

	it.each([
		[200, 20, 9],
		[400, 1, 399],
		[3_000, 60, 41],
	])('is not taken for one if, of %d records, %d are good', async (total, good, first) => {
		const { market, records, ports } = openMarket(total);
		const step = Math.floor(total / good);
		const isGood = (at: number) => at >= first && (at - first) % step === 0;
		const bad = records.filter((_, at) => !isGood(at));
		market.setSwitches({ poisonedSkus: bad.map(({ sku }) => ({ sku, naming: 'unnamed' })) });
		const { outcomes } = await sendStock(records, ports);
		expect(outcomes.map(({ status }) => status === 'accepted')).toEqual(
			records.map((_, at) => isGood(at)),
		);
	});

	it('in words that nobody knows costs hardly more than one batch if one request goes out at a time', async () => {
		const send = scripted(refusal(400, 'Something new'));
		const ports = virtualPorts(send);
		const { apiMethod } = hideOffers;
		const alone = { ...hideOffers, apiMethod: { ...apiMethod, parallel: 1 } };
		await sendRecords(jobOf(someRecords(10_000), ports, alone), ports);
		expect(send.requests.length).toBeLessThanOrEqual(1 + 400);
		expect(
			send.requests.reduce((sum, { body }) => sum + (body ?? '').split('offerId').length - 1, 0),
		).toBeLessThan(2 * apiMethod.maxItems);
	});
});

describe('The words of a refusal', () => {
	/** The SKUs that are blamed. */
	function blamed(message: string, skus: readonly string[], isFirst = true): string[] {
		const { refused } = isolate(
			refusal(400, message),
			skus.map((_, index) => index),
			(at) => ({ sku: skus[at] ?? '' }),
			isFirst,
		);
		return [...refused.keys()].map((at) => skus[at] ?? '');
	}

	it.each<[string, string[], string[]]>([
		["Stock for 'A' is not allowed", ['A', 'B'], ['A']],
		["Duplicate shop-sku 'A' for warehouse '77'", ['A', '77'], ['A']],
		["Duplicate offerId='A' at positions '0, 1'", ['A', '0, 1', '0', '1'], ['A']],
		["Stock for 'O'Neil' is not allowed", ['O', "O'Neil", 'Neil'], ["O'Neil"]],
		["Stock for 'a 'b' c' is not allowed", ['b', "a 'b' c"], ["a 'b' c"]],
		["Stock for 'skus[1].sku' is not allowed", ['skus[1].sku', 'B'], ['skus[1].sku']],
		["Unknown shop-sku '$&'", ['$&', '&', 'A'], ['$&']],
		["Unknown shop-sku '(.*)'", ['(.*)', 'A'], ['(.*)']],
		['skus[1].items[0].count must be greater than or equal to 0', ['A', 'B', 'C'], ['B']],
		['hiddenOffers[2].offerId is not allowed', ['A', 'B', 'C'], ['C']],
		['skus[7].sku is not allowed', ['A', 'B'], []],
		['Stock for A is not allowed', ['A', 'B'], []],
		["Campaign '77' is busy", ['A', 'B'], []],
		['', ['A', 'B'], []],
	])('%s, of %j, blame %j', (message, skus, guilty) => {
		expect(blamed(message, skus)).toEqual(guilty);
	});

	it.each([
		["Stock for 'Type mismatch' is not allowed", false],
		["Unknown shop-sku 'it's the request is too big'", false],
		['Illegal input at skus[3].items[0].count', false],
		['skus[3].sku size must be between 1 and 255', false],
		['Illegal input at skus', true],
		['Type mismatch: limit', true],
	])('%s concern the whole request: %s', (message, isWhole) => {
		expect(readMessages([message], []).some(concernsWholeRequest)).toBe(isWhole);
	});

	describe('that name a SKU which the batch has for several warehouses', () => {
		const subjects = [
			{ sku: 'A', warehouseId: '51' },
			{ sku: 'B', warehouseId: '51' },
			{ sku: 'A', warehouseId: '52' },
			{ sku: 'A', warehouseId: '53' },
		];
		const isolated = (message: string) =>
			isolate(refusal(400, message), [0, 1, 2, 3], (at) => subjects[at] as Subject, true);

		it('blame the one whose warehouse they name', () => {
			const { refused, pieces } = isolated("Duplicate shop-sku 'A' for warehouse '52'");
			expect([...refused.keys()]).toEqual([2]);
			expect(pieces).toEqual([[0, 1, 3]]);
		});

		it('blame none if they name no warehouse: each goes out again apart from the others', () => {
			const { refused, isNamed, pieces } = isolated("Stock for 'A' is not allowed");
			expect([refused.size, isNamed]).toEqual([0, true]);
			expect(pieces).toEqual([[1], [0], [2], [3]]);
		});

		it('blame the one at the position that they name', () => {
			const { refused, pieces } = isolated('skuItems[3].count must be greater than or equal to 0');
			expect([...refused.keys()]).toEqual([3]);
			expect(pieces).toEqual([[0, 1, 2]]);
		});
	});

	it('go with the record that they are about, and with no other', async () => {
		const answer = (request: MarketRequest) => {
			const skus = skusOf(request);
			const bad = skus.filter((sku) => sku === 'A' || sku === 'B');
			if (bad.length === 0) return OK;
			const errors = bad.map((sku) => ({
				code: 'BAD_REQUEST',
				message: `Stock for '${sku}' is wrong`,
			}));
			return { ...refusal(400), body: { status: 'ERROR', errors } };
		};
		const records = ['A', 'good', 'B'].map((sku) => ({ sku, count: 1 }));
		const { outcomes } = await sendStock(records, virtualPorts(scripted(answer)));
		expect(outcomes[1]?.status).toBe('accepted');
		const reasons = failures(outcomes).map(({ refusal: told }) => told.reason);
		expect(reasons).toEqual([
			expect.stringMatching(/: Stock for 'A' is wrong$/),
			expect.stringMatching(/'B' is wrong$/),
		]);
	});
});

it('SKUs that a message may mean beside a number are tried apart, wherever it names them', () => {
	const skus = ['A', 'B', 'C', 'D', 'E'];
	const message = "For warehouse '51' there is neither 'B' nor 'D' now";
	const parts = isolate(
		refusal(400, message),
		range(5, 0, 1),
		(at) => ({ sku: skus[at] ?? '' }),
		true,
	);
	expect(parts).toEqual({
		refused: new Map(),
		isNamed: true,
		pieces: [
			[0, 2, 4],
			[1, 3],
		],
	});
});
