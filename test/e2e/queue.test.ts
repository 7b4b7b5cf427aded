import { generateCatalogue, STORES } from '../../sandbox';
import { balancesOf, inParts, wrongOnes, type Row } from './support/queue/balances';
import { Figures } from './support/queue/figures';
import { pushedBalances } from './support/queue/flows';
import { RUNS_AT_ONCE, useQueueBed } from './support/queue/queueBed';

const CATALOGUE = generateCatalogue(48_000);
const FBS = STORES.fbs.campaignId;
const DBS = STORES.dbs.campaignId;

const WORKERS = 2;
/** Concurrent requests that the Market allows a store, and that each worker begins with. */
const PARALLEL = 4;
/** Requests that must go through before a worker tries one more concurrent request again. */
const SUCCESSES_BEFORE_ONE_MORE = 8;

const figures = new Figures();
const bed = useQueueBed({ sandbox: { catalogue: CATALOGUE } });

beforeAll(async () => await figures.addMemory('when started', bed().members));
afterAll(() => figures.print());

/** A planned run of a store's flow. */
interface Part {
	campaignId: number;
	rows: readonly Row[];
}

/** Sends each part in a run of its own, all at once, and waits until all have succeeded, some on each worker. */
async function sendAtOnce(name: string, parts: readonly Part[]): Promise<void> {
	const flows = new Map<number, string>();
	for (const campaignId of new Set(parts.map((part) => part.campaignId))) {
		flows.set(
			campaignId,
			await bed().switchOn(pushedBalances(bed(), `${name}-${campaignId}`, { campaignId })),
		);
	}
	await Promise.all(
		parts.map(async ({ campaignId, rows }) => await bed().post(`${name}-${campaignId}`, { rows })),
	);
	const ids: string[] = [];
	for (const [campaignId, flow] of flows) {
		const count = parts.filter((part) => part.campaignId === campaignId).length;
		for (const { status } of await bed().finished(flow, count)) expect(status).toBe('success');
		ids.push(...(await bed().begun(flow, count)));
	}
	for (const share of await bed().shares(ids)) expect(share).toBeGreaterThan(0);
}

/** What became of the requests with balances. */
function traffic() {
	const windows = bed()
		.market.windows()
		.filter(({ operation }) => operation === 'updateStocks');
	const refused = (by: 'parallel' | 'resource') =>
		windows.reduce((sum, window) => sum + window.refused[by], 0);
	const accepted = bed().market.statistics().updateStocks?.statuses[200] ?? 0;
	return {
		windows: windows.length,
		accepted,
		tooMany: refused('parallel'),
		overQuota: refused('resource'),
	};
}

describe('two stores, written from both workers at once', () => {
	it('hold every balance as meant', async () => {
		// Long enough for every run to have begun before the first one ends.
		bed().market.setSwitches({ latencyMs: 1_000 });
		const meant = {
			[FBS]: balancesOf(CATALOGUE.slice(0, 6_000)),
			[DBS]: balancesOf(CATALOGUE.slice(0, 6_000), 7),
		};
		const parts = [FBS, DBS].flatMap((campaignId) => {
			return inParts(meant[campaignId] ?? [], RUNS_AT_ONCE).map((rows) => ({ campaignId, rows }));
		});
		await sendAtOnce('stores', parts);
		for (const store of [FBS, DBS])
			expect(wrongOnes(bed().market, store, meant[store] ?? [])).toEqual([]);
		const { accepted, tooMany, overQuota } = traffic();
		figures.add(`Two stores, 12,000 balances in ${accepted} requests: 420`, tooMany + overQuota);
		expect(tooMany + overQuota).toBe(0);
	});
});

describe('one store, written from both workers at once', () => {
	const runsOf = (rows: readonly Row[]): Part[] => {
		return inParts(rows, WORKERS * RUNS_AT_ONCE).map((part) => ({ campaignId: FBS, rows: part }));
	};

	it('gets fewer requests at once if the Market finds them too many, and nothing is lost', async () => {
		bed().market.setSwitches({ latencyMs: 300 });
		const rows = balancesOf(CATALOGUE);
		await sendAtOnce('parallel', runsOf(rows));
		expect(wrongOnes(bed().market, FBS, rows)).toEqual([]);
		const { accepted, tooMany, overQuota } = traffic();
		figures.add(
			`One store, ${rows.length} balances in ${accepted} requests: 420 for too many at once`,
			tooMany,
		);
		expect(overQuota).toBe(0);
		// Of eight at once, four are too many.
		expect(tooMany).toBeGreaterThan(0);
		// Each makes a worker send one fewer at once, down to one; one more is tried only after many successes.
		expect(tooMany).toBeLessThanOrEqual(WORKERS * PARALLEL + accepted / SUCCESSES_BEFORE_ONE_MORE);
	});

	it('gets no more than its quota, which both workers learn from the replies, and nothing is lost', async () => {
		bed().market.setSwitches({ latencyMs: 300, quotas: 0.05 });
		const rows = balancesOf(CATALOGUE.slice(0, 9_000), 1);
		await sendAtOnce('quota', runsOf(rows));
		expect(wrongOnes(bed().market, FBS, rows)).toEqual([]);
		const { accepted, windows, tooMany, overQuota } = traffic();
		figures.add(
			`One store, ${rows.length} balances at 5,000 a minute in ${accepted} requests: 420`,
			tooMany + overQuota,
		);
		expect(windows).toBeGreaterThan(1);
		// A worker has at most this many under way when a reply tells it that others have used up the quota.
		expect(overQuota).toBeLessThanOrEqual(WORKERS * PARALLEL * windows);
		expect(tooMany).toBeLessThanOrEqual(WORKERS * PARALLEL + accepted / SUCCESSES_BEFORE_ONE_MORE);
	});

	afterAll(async () => await figures.addMemory('after that', bed().members));
});
