import fc from 'fast-check';

import { MAX_BODY_BYTES } from '../../../market/contract/bounds';
import { updateStocks, type WriteMethod } from '../../../market/write/methods';
import type { Send } from '../../../market/wire/ports';
import { Lanes } from '../../../market/pacing/lanes';
import type { StockRecord } from '../../../market/records/stockRecord';
import { RunStamp } from '../../../market/records/runStamp';
import type { SendReport } from '../../../market/write/outcome';
import { sendRecords } from '../../../market/write/sender';
import {
	FAULT_KINDS,
	generateCatalogue,
	SandboxMarket,
	seededRandom,
	STORES,
	type FaultRule,
	type Phantom,
	type PoisonedSku,
} from '../../../sandbox';
import { expectUsable } from '../../support/checked';
import { modelSend } from '../../../lab/time/modelSend';
import { VirtualClock } from '../../../lab/time/virtualClock';
import { virtualPorts } from '../../support/virtualPorts';

const STORE = STORES.dbs.campaignId;
const MINUTE_MS = 60_000;
/** No case takes as long as this unless something goes round in circles. */
const FOREVER_MS = 24 * 60 * MINUTE_MS;
/** Size tells what the second run sends from what the first one sends. */
const SECOND = 1_000_000_000;

/** All that may differ from case to case. */
interface World {
	/** Records of the first run. */
	counts: number[];
	/** The second run on the same store, for the first so many of the same SKUs. */
	second: { records: number; startsAfterMs: number; isInSameProcess: boolean } | null;
	/** Most records in one request. */
	maxItems: number;
	/** Amount of one window; null if there is no quota. */
	limit: number | null;
	/** Whether the amount is known beforehand, or comes with the first reply. */
	isLimitKnown: boolean;
	/** What another program takes of each window at its opening, and what as time goes by, as parts of the amount. */
	others: { atOnce: number; overTime: number };
	/** Places for requests at once that others hold. */
	othersAtOnce: number;
	faults: FaultRule[];
	/** Positions of SKUs that the Market refuses. */
	poisoned: Array<{ position: number; naming: PoisonedSku['naming'] }>;
	latencyMs: number;
	/** Milliseconds by which the Market's clock is ahead of ours. */
	skewMs: number;
	/** Where in the first window it begins. */
	startsAtMs: number;
	seed: number;
}

const faultRule: fc.Arbitrary<FaultRule> = fc
	.tuple(
		fc.constantFrom(...FAULT_KINDS),
		fc.oneof(fc.integer({ min: 1, max: 3 }), fc.double({ min: 0.01, max: 0.2, noNaN: true })),
		fc.nat({ max: 70_000 }),
	)
	.map(([kind, often, ms]): FaultRule => {
		const occasion = often >= 1 ? { count: often } : { rate: often };
		return kind === 'slow' ? { kind, ms, ...occasion } : { kind, ...occasion };
	});

const world: fc.Arbitrary<World> = fc.record({
	counts: fc.array(fc.nat({ max: SECOND - 1 }), { minLength: 1, maxLength: 30 }),
	second: fc.option(
		fc.record({
			records: fc.integer({ min: 1, max: 30 }),
			startsAfterMs: fc.oneof(fc.nat({ max: 3_000 }), fc.nat({ max: 3 * MINUTE_MS })),
			isInSameProcess: fc.boolean(),
		}),
	),
	maxItems: fc.integer({ min: 1, max: 5 }),
	limit: fc.constantFrom(null, 100, 30, 11, 10, 7, 3, 1),
	isLimitKnown: fc.boolean(),
	others: fc.oneof(
		{ arbitrary: fc.constant({ atOnce: 0, overTime: 0 }), weight: 3 },
		{
			arbitrary: fc.record({
				atOnce: fc.double({ min: 0, max: 0.5, noNaN: true }),
				overTime: fc.double({ min: 0, max: 0.4, noNaN: true }),
			}),
			weight: 1,
		},
	),
	othersAtOnce: fc.constantFrom(0, 0, 0, 1, 2, 3),
	faults: fc.array(faultRule, { maxLength: 2 }),
	poisoned: fc.array(
		fc.record({
			position: fc.nat({ max: 29 }),
			naming: fc.constantFrom('named', 'listed', 'unnamed'),
		}),
		{ maxLength: 6 },
	),
	latencyMs: fc.constantFrom(0, 0, 1, 100, 900, 5_000),
	skewMs: fc.constantFrom(
		0,
		0,
		0,
		400,
		-400,
		-1_500,
		30_000,
		-30_000,
		7_200_000,
		-7_200_000,
		-90_000_000,
	),
	startsAtMs: fc.nat({ max: MINUTE_MS - 1 }),
	seed: fc.nat(),
});

/** Another process takes each window's one item for 22 minutes, and the last place for requests at once now and then. */
const STARVED: World = {
	counts: [0, 0],
	second: { records: 22, startsAfterMs: 0, isInSameProcess: false },
	maxItems: 1,
	limit: 1,
	isLimitKnown: false,
	others: { atOnce: 0, overTime: 0 },
	othersAtOnce: 3,
	faults: [],
	poisoned: [],
	latencyMs: 900,
	skewMs: 0,
	startsAtMs: 11_004,
	seed: 833_825_135,
};

/**
 * Our clock is ahead. One request's answer is lost while the stamp is still in the Market's future; before it is repeated,
 * another one has been refused for that stamp.
 */
const AHEAD: World = {
	counts: Array<number>(11).fill(0),
	second: null,
	maxItems: 2,
	limit: 30,
	isLimitKnown: false,
	others: { atOnce: 0, overTime: 0.201_427_070_139_338_42 },
	othersAtOnce: 0,
	faults: [
		{ kind: 'dropAfter', rate: 0.102_459_096_116_945_16 },
		{ kind: 'dropBefore', rate: 0.097_208_094_783_127_31 },
	],
	poisoned: [{ position: 0, naming: 'named' }],
	latencyMs: 0,
	skewMs: -1_500,
	startsAtMs: 0,
	seed: 159_881_058,
};

/** What one run wanted, and what it says became of it. */
interface Run {
	records: StockRecord[];
	report: SendReport;
	endMs: number;
	/** Most requests that it had under way at once, together with the runs of its process. */
	peak: () => number;
}

interface History {
	market: SandboxMarket;
	startMs: number;
	runs: Run[];
	/** Every number that the Market ever held, by SKU. */
	held: Map<string, Set<number>>;
	/** Items and bytes of every request. */
	sizes: Array<{ items: number; bytes: number }>;
}

/** Lets everything happen. */
async function happen(world: World): Promise<History> {
	const { counts, second, limit, latencyMs, skewMs, seed } = world;
	const startMs = Date.parse('2026-11-23T12:00:00Z') + world.startsAtMs;
	const clock = new VirtualClock(startMs);
	const catalogue = generateCatalogue(Math.max(counts.length, second?.records ?? 0));
	const market = new SandboxMarket({
		clock,
		catalogue,
		random: seededRandom(seed),
		switches: {
			latencyMs,
			clockSkewMs: skewMs,
			quotas: limit === null ? 'off' : (limit + 0.5) / 100_000,
			faults: world.faults,
			phantom: phantomsOf(world),
			phantomParallel: world.othersAtOnce,
			poisonedSkus: poisonedOf(world),
		},
	});
	const held = new Map(catalogue.map(({ sku }) => [sku, new Set<number>()]));
	market.watch({
		offerChanged: (_, sku) => held.get(sku)?.add(market.balance(STORE, sku)?.available ?? NaN),
		callAnswered() {},
		wasReset() {},
	});
	const sizes: History['sizes'] = [];
	const lanes = new Lanes();

	async function runAfter(ms: number, records: StockRecord[], process: Process): Promise<Run> {
		const ports = virtualPorts(process.send, { clock, seed: seed + ms, lanes: process.lanes });
		if (ms > 0) await clock.sleep(ms);
		ports.stopAfter(FOREVER_MS);
		const job = {
			method: methodOf(world),
			targetId: String(STORE),
			records,
			stamp: RunStamp.ofRun(ports.clock.now()),
			subscription: 'none',
			deadlineMs: Infinity,
		} as const;
		const report = await sendRecords(job, ports);
		expect(ports.signal.aborted).toBe(false);
		return { records, report, endMs: clock.now(), peak: process.peak };
	}

	const first = processOf(market, lanes, sizes);
	const records = counts.map((count, at) => ({ sku: catalogue[at]?.sku ?? '', count }));
	const starts = [runAfter(0, records, first)];
	if (second) {
		const others = catalogue
			.slice(0, second.records)
			.map(({ sku }, at) => ({ sku, count: SECOND + at }));
		const process = second.isInSameProcess ? first : processOf(market, new Lanes(), sizes);
		starts.push(runAfter(second.startsAfterMs, others.reverse(), process));
	}
	return { market, startMs, runs: await Promise.all(starts), held, sizes };
}

interface Process {
	send: Send;
	lanes: Lanes;
	peak: () => number;
}

/** A process of n8n, all of whose runs go to the Market the same way. */
function processOf(market: SandboxMarket, lanes: Lanes, sizes: History['sizes']): Process {
	const toModel = modelSend(market);
	let underWay = 0;
	let peak = 0;
	const send: Send = async (request) => {
		const body = request.body ?? '';
		sizes.push({
			items: (JSON.parse(body) as { skus: object[] }).skus.length,
			bytes: Buffer.byteLength(body),
		});
		underWay += 1;
		peak = Math.max(peak, underWay);
		try {
			return await toModel(request);
		} finally {
			underWay -= 1;
		}
	};
	return { send, lanes, peak: () => peak };
}

function methodOf({ maxItems, limit, isLimitKnown }: World): WriteMethod<StockRecord> {
	const { quota } = updateStocks.apiMethod;
	const known = isLimitKnown && limit !== null ? { ...quota, none: limit } : quota;
	return { ...updateStocks, apiMethod: { ...updateStocks.apiMethod, maxItems, quota: known } };
}

function phantomsOf({ limit, others }: World): Phantom[] {
	const common = { operation: 'updateStocks', campaignId: STORE } as const;
	if (limit === null) return [];
	return [
		{ ...common, itemsPerWindow: Math.floor(limit * others.atOnce) },
		{ ...common, itemsPerSecond: (limit * others.overTime) / 60 },
	];
}

function poisonedOf({ poisoned }: World): PoisonedSku[] {
	const skus = generateCatalogue(30).map(({ sku }) => sku);
	return poisoned.map(({ position, naming }) => ({ sku: skus[position] ?? '', naming }));
}

/** Every record has one outcome, a usable reason if it failed, and the figures add up. */
function expectAccount({ runs, market, sizes }: History): void {
	for (const { records, report } of runs) {
		expect(report.outcomes).toHaveLength(records.length);
		for (const outcome of Array.from(report.outcomes)) {
			expect(['accepted', 'failed']).toContain(outcome?.status);
			if (outcome.status === 'failed') expectUsable(outcome.refusal);
		}
	}
	const sum = (figure: 'requests' | 'limitHits') =>
		runs.reduce((total, { report }) => total + report.stats[figure], 0);
	expect(sum('requests')).toBe(sizes.length);
	expect(sum('limitHits')).toBe(market.statistics().updateStocks?.statuses[420] ?? 0);
}

/** What the Market holds is what the outcomes say. */
function expectTruth({ runs, market, held }: History): void {
	for (const [index, { records, report }] of runs.entries()) {
		for (const [position, { sku, count }] of records.entries()) {
			const outcome = report.outcomes[position];
			const wasHeld = held.get(sku)?.has(count) ?? false;
			if (outcome?.status === 'accepted') {
				const balance = market.balance(STORE, sku);
				const stamp = Date.parse(outcome.stamp);
				const rival = claimOf(runs[1 - index], sku);
				const isOvertaken =
					rival !== undefined && (balance?.stamp ?? NaN) >= stamp && balance?.available === rival;
				if (!isOvertaken)
					expect({ sku, ...balance }).toMatchObject({ sku, available: count, stamp });
			} else if (outcome?.applied === 'no') {
				expect({ sku, count, wasHeld }).toEqual({ sku, count, wasHeld: false });
			}
		}
	}
}

/** What the other run wanted for a SKU, unless it says that this was not applied. */
function claimOf(run: Run | undefined, sku: string): number | undefined {
	const position = run?.records.findIndex((record) => record.sku === sku) ?? -1;
	const outcome = run?.report.outcomes[position];
	if (outcome === undefined || (outcome.status === 'failed' && outcome.applied === 'no'))
		return undefined;
	return run?.records[position]?.count;
}

function expectBounds({ runs, market, sizes }: History, { maxItems }: World): void {
	for (const { items, bytes } of sizes) {
		expect(items).toBeGreaterThanOrEqual(1);
		expect(items).toBeLessThanOrEqual(maxItems);
		expect(bytes).toBeLessThanOrEqual(MAX_BODY_BYTES);
	}
	for (const { peak } of runs) expect(peak()).toBeLessThanOrEqual(4);
	expect(market.peakParallel).toBeLessThanOrEqual(4);
}

/** Whatever the Market refuses by itself is refused, and whatever it does not is not. */
function expectIsolation({ runs }: History, world: World): void {
	const isUndecided = world.faults.some(
		({ kind, rate }) => kind === 'errorStatus' || rate !== undefined,
	);
	const poisoned = new Set(poisonedOf(world).map(({ sku }) => sku));
	for (const { records, report } of runs) {
		for (const [position, { sku }] of records.entries()) {
			const outcome = report.outcomes[position];
			if (poisoned.has(sku))
				expect({ sku, status: outcome?.status }).toEqual({ sku, status: 'failed' });
			else if (!isUndecided)
				expect({ sku, status: outcome?.status }).toEqual({ sku, status: 'accepted' });
		}
	}
}

/** Our own plan overdraws no window if it knows the amount and the time and is alone. */
function expectNoOverdraft({ market }: History, world: World): void {
	const { others, skewMs, second, isLimitKnown, faults } = world;
	const isAlone = others.atOnce === 0 && others.overTime === 0 && (second?.isInSameProcess ?? true);
	const losesReplies = faults.some(
		({ kind }) => kind.startsWith('drop') || kind === 'resetMidBody',
	);
	if (!isAlone || skewMs !== 0 || !isLimitKnown || losesReplies) return;
	for (const { start, refused } of market.windows()) {
		expect({ start, overdraft: refused.resource }).toEqual({ start, overdraft: 0 });
	}
}

/** Without trouble it takes no more than a window longer than the amounts and the latency allow. */
function expectSpeed({ runs, startMs }: History, world: World): void {
	const {
		limit,
		others,
		othersAtOnce,
		faults,
		poisoned,
		second,
		latencyMs,
		maxItems,
		isLimitKnown,
		skewMs,
	} = world;
	const isTroubled =
		others.atOnce + others.overTime + othersAtOnce + faults.length + poisoned.length > 0 ||
		second?.isInSameProcess === false ||
		!isLimitKnown ||
		skewMs !== 0;
	if (isTroubled) return;
	const total = runs.reduce((sum, { records }) => sum + records.length, 0);
	const windows = limit === null ? 1 : Math.ceil(total / limit);
	const firstEndMs = (Math.floor(startMs / MINUTE_MS) + 1) * MINUTE_MS;
	const idealMs = windows === 1 ? startMs : firstEndMs + (windows - 2) * MINUTE_MS;
	const requests = Math.ceil(total / Math.min(maxItems, limit ?? maxItems)) + runs.length;
	const latestMs = idealMs + MINUTE_MS + (second?.startsAfterMs ?? 0) + requests * latencyMs;
	expect(Math.max(...runs.map(({ endMs }) => endMs))).toBeLessThanOrEqual(latestMs);
}

describe('Whatever the Market does, and whoever else writes', () => {
	it('nothing is lost, nothing is made up, no bound is broken, and no time is wasted', async () => {
		await fc.assert(
			fc.asyncProperty(world, async (world) => {
				const history = await happen(world);
				expectAccount(history);
				expectTruth(history);
				expectBounds(history, world);
				expectIsolation(history, world);
				expectNoOverdraft(history, world);
				expectSpeed(history, world);
			}),
			{ numRuns: 1_500, examples: [[STARVED], [AHEAD]] },
		);
	}, 300_000);
});
