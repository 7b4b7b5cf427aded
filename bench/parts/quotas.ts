import { hideOffers, updateStocks, type WriteMethod } from '../../market/write/methods';
import { SandboxMarket } from '../../sandbox';
import { VirtualClock } from '../../lab/time/virtualClock';
import { forEachAtOnce, TARGETS_AT_ONCE } from '../../nodes/common/write/atOnce';
import { earliestEnd } from '../model/earliest';
import { STORE_ID } from '../model/ports';
import { sendToModel } from '../model/sending';
import type { Bound } from '../report/bounds';
import { count, figure } from '../report/format';
import { rowsOf } from '../rows';
import type { Bench, PartResult } from './part';

const LATENCY_MS = 300;
const MOST_PERCENT = 1;

/** What is sent, and how to check that the Market has it. */
interface Job<R> {
	name: string;
	method: WriteMethod<R>;
	/** Those of each store. */
	records: R[];
	/** How many stores get them, some at once, as one run of a node serves them. */
	stores?: number;
	holds(market: SandboxMarket, record: R): boolean;
}

interface Figures {
	name: string;
	records: number;
	held: number;
	requests: number;
	/** Replies that reported a limit. */
	limitHits: number;
	idealMs: number;
	tookMs: number;
}

/** 3. How close to the quotas: the Market's own amounts, on a clock that can run ahead. */
export async function quotas({ scale, progress }: Bench): Promise<PartResult> {
	const balances = rowsOf(scale.balances).map(({ sku, stock }) => ({ sku, count: Number(stock) }));
	const sendBalances = async (records: typeof balances, stores = 1) =>
		await progress.during(`Quotas: ${balancesIn(records.length, stores)} on a virtual clock`, () =>
			run({
				name: balancesIn(records.length, stores),
				method: updateStocks,
				records,
				stores,
				holds: (market, record) => market.balance(STORE_ID, record.sku)?.available === record.count,
			}),
		);
	const figures = [
		await sendBalances(balances),
		await sendBalances(balances.slice(0, scale.oneStore)),
		await sendBalances(balances.slice(0, scale.oneStore), scale.stores),
		await progress.during(`Quotas: ${count(scale.hides)} hides on a virtual clock`, () =>
			run({
				name: `${count(scale.hides)} hides`,
				method: hideOffers,
				records: balances.slice(0, scale.hides).map(({ sku }) => ({ sku })),
				holds: (market, record) => market.offer(STORE_ID, record.sku).hidden,
			}),
		),
	];
	return { bounds: figures.flatMap(boundsOf), tables: [table(figures)], charts: [] };
}

function balancesIn(each: number, stores: number): string {
	const balances = `${count(each * stores)} balances`;
	return stores === 1 ? balances : `${balances} of ${stores} stores`;
}

async function run<R extends { sku: string }>(job: Job<R>): Promise<Figures> {
	const { name, method, records, stores = 1 } = job;
	const clock = new VirtualClock();
	const startMs = clock.now();
	const totals = { held: 0, requests: 0, limitHits: 0 };
	await forEachAtOnce(Array.from({ length: stores }), TARGETS_AT_ONCE, async () => {
		const one = await sendToStore(job, clock);
		for (const part of ['held', 'requests', 'limitHits'] as const) totals[part] += one[part];
	});
	const { quota, maxItems: perRequest, parallel } = method.apiMethod;
	const ideal = {
		perWindow: quota.none,
		windowMs: quota.windowMs,
		perRequest,
		parallel,
		latencyMs: LATENCY_MS,
	};
	const oneStoreMs = earliestEnd({ ...ideal, records: records.length, startMs }) - startMs;
	return {
		name,
		records: records.length * stores,
		...totals,
		idealMs: oneStoreMs * Math.ceil(stores / TARGETS_AT_ONCE),
		tookMs: clock.now() - startMs,
	};
}

/** Each store has a catalogue and quotas of its own. */
async function sendToStore<R extends { sku: string }>(
	{ method, records, holds }: Job<R>,
	clock: VirtualClock,
): Promise<Pick<Figures, 'held' | 'requests' | 'limitHits'>> {
	const catalogue = records.map(({ sku }) => ({ sku, name: sku, price: 100 }));
	const market = new SandboxMarket({ clock, catalogue, switches: { latencyMs: LATENCY_MS } });
	const { stats } = await sendToModel({ market, clock }, method, records);
	const statuses = Object.values(market.statistics()).map(
		(statistics) => statistics.statuses[420] ?? 0,
	);
	return {
		held: records.filter((record) => holds(market, record)).length,
		requests: stats.requests,
		limitHits: statuses.reduce((sum, hits) => sum + hits, 0),
	};
}

function excess({ tookMs, idealMs }: Figures): number {
	return (tookMs / idealMs - 1) * 100;
}

function boundsOf(figures: Figures): Bound[] {
	const { name, records, held, limitHits } = figures;
	const late = { what: `${name}: later than the quotas allow`, measured: excess(figures) };
	return [
		{ ...late, unit: '%', limit: { most: MOST_PERCENT } },
		{ what: `${name}: replies 420`, measured: limitHits, unit: 'replies', limit: { most: 0 } },
		{
			what: `${name}: held by the Market`,
			measured: held,
			unit: 'rows',
			limit: { least: records },
		},
	];
}

function table(figures: readonly Figures[]) {
	const seconds = (milliseconds: number) => `${(milliseconds / 1_000).toFixed(1)} s`;
	return {
		title: 'Quotas used to the last item',
		note:
			"The nodes' sender against the sandbox's model of the Market, with the Market's quotas without a subscription, " +
			`${LATENCY_MS} ms latency and a virtual clock that starts 250 ms into a minute. ${TARGETS_AT_ONCE} stores at a time.`,
		head: ['', 'held by the Market', 'requests', '420', 'earliest end', 'end', 'later by'],
		rows: figures.map((one) => [
			one.name,
			...[one.held, one.requests, one.limitHits].map(count),
			...[one.idealMs, one.tookMs].map(seconds),
			`${figure(excess(one))} %`,
		]),
	};
}
