import {
	MAX_OFFER_IDS_PER_STOCKS_REQUEST,
	MAX_STOCKS_PER_PAGE,
	PARALLEL_REQUESTS_PER_ENTITY,
} from '../../market/contract/bounds';
import type { RunPorts } from '../../market/pacing/runPorts';
import { findStocks, listStocks, type ShownStock } from '../../market/read/stocks';
import { VirtualClock } from '../../lab/time/virtualClock';
import { SandboxMarket } from '../../sandbox';
import { modelPorts, STORE_ID } from '../model/ports';
import type { Bound } from '../report/bounds';
import { count } from '../report/format';
import { rowsOf } from '../rows';
import type { Bench, PartResult } from './part';

const LATENCY_MS = 300;
const MOST_PERCENT = 1;
const PLACE = { campaignId: String(STORE_ID) };

interface Figures {
	name: string;
	offers: number;
	/** Offers whose balance came back as the Market has it. */
	right: number;
	requests: number;
	leastRequests: number;
	tookMs: number;
	/** Of the least number of requests, as many at once as can be. */
	leastMs: number;
}

/** A way to read the balances of a store, and what the contract allows it. */
interface Way {
	name: string;
	perRequest: number;
	/** Requests at once: a page is known only by the page before it. */
	parallel: number;
	read(skus: readonly string[], ports: RunPorts): AsyncIterable<ShownStock[]>;
}

const WAYS: readonly Way[] = [
	{
		name: 'The whole list: Offers Not in the Input, Stock: Get Many of all',
		perRequest: MAX_STOCKS_PER_PAGE,
		parallel: 1,
		read: (_, ports) => listStocks(PLACE, ports),
	},
	{
		name: 'By SKU: Verify, Stock: Get Many of the input',
		perRequest: MAX_OFFER_IDS_PER_STOCKS_REQUEST,
		parallel: PARALLEL_REQUESTS_PER_ENTITY,
		read: async function* (skus, ports) {
			for await (const stock of findStocks(PLACE, skus, ports)) yield [stock];
		},
	},
];

/** 8. What reading the balances of a big store costs, against the least number of requests. */
export async function reading({ scale, progress }: Bench): Promise<PartResult> {
	const figures: Figures[] = [];
	for (const way of WAYS)
		figures.push(await progress.during(`Reading: ${way.name}`, () => run(way, scale.rows)));
	return { bounds: figures.flatMap(boundsOf), tables: [table(figures)], charts: [] };
}

async function run({ name, perRequest, parallel, read }: Way, offers: number): Promise<Figures> {
	const clock = new VirtualClock();
	const rows = rowsOf(offers);
	const market = new SandboxMarket({
		clock,
		catalogue: rows,
		switches: { latencyMs: LATENCY_MS },
	});
	for (const { sku, stock } of rows) market.setBalance(STORE_ID, sku, Number(stock));
	const ports = modelPorts({ market, clock });
	const startMs = clock.now();
	const shown = new Map<string, number | undefined>();
	const skus = rows.map(({ sku }) => sku);
	for await (const stocks of read(skus, ports))
		for (const { sku, counts } of stocks) shown.set(sku, counts.get('AVAILABLE'));
	const leastRequests = Math.ceil(offers / perRequest);
	return {
		name,
		offers,
		right: rows.filter(({ sku, stock }) => shown.get(sku) === Number(stock)).length,
		requests: ports.stats.requests,
		leastRequests,
		tookMs: clock.now() - startMs,
		leastMs: Math.ceil(leastRequests / parallel) * LATENCY_MS,
	};
}

function boundsOf({ name, offers, right, requests, leastRequests, ...figures }: Figures): Bound[] {
	const { tookMs, leastMs } = figures;
	const what = `Reading ${count(offers)} offers. ${name}`;
	return [
		{
			what: `${what}: requests`,
			measured: requests,
			unit: 'requests',
			limit: { most: leastRequests },
		},
		{
			what: `${what}: later than its requests allow`,
			measured: (tookMs / leastMs - 1) * 100,
			unit: '%',
			limit: { most: MOST_PERCENT },
		},
		{ what: `${what}: right`, measured: right, unit: 'rows', limit: { least: offers } },
	];
}

function table(figures: readonly Figures[]) {
	const seconds = (milliseconds: number) => `${(milliseconds / 1_000).toFixed(1)} s`;
	return {
		title: 'Reading the balances of a big store',
		note:
			"The nodes' own reading against the sandbox's model of the Market, with its quotas without a subscription, " +
			`${LATENCY_MS} ms latency and a virtual clock. Pages of a list can only be read one after another.`,
		head: ['', 'offers', 'read right', 'requests', 'least', 'took', 'least'],
		rows: figures.map((one) => [
			one.name,
			...[one.offers, one.right, one.requests, one.leastRequests].map(count),
			...[one.tookMs, one.leastMs].map(seconds),
		]),
	};
}
