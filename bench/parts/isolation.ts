import { updateStocks } from '../../market/write/methods';
import { SandboxMarket, seededRandom, type PoisonedSku } from '../../sandbox';
import { VirtualClock } from '../../lab/time/virtualClock';
import { refusing } from '../model/refusing';
import { STORE_ID } from '../model/ports';
import { sendToModel } from '../model/sending';
import type { Bound } from '../report/bounds';
import { count } from '../report/format';
import { rowsOf } from '../rows';
import type { Bench, PartResult } from './part';

const REFUSED = [1, 10, 100];

/**
 * What finding 100 that are not named may cost, wherever they are. Telling 100 of 100,000 apart takes 1,137 answers of yes
 * or no at least (the binary logarithm of the number of such sets).
 */
const MOST_REQUESTS = 1_300;
const MOST_ITEMS = 150_000;

/** Places by chance, besides those spread evenly: each seed gives others. */
const SEEDS = [1, 2, 3];

/** More than any way of finding them needs. */
const MANY_CALLS = 100_000;

/** How the Market's message names what it refuses. */
const NAMINGS: Record<PoisonedSku['naming'], string> = {
	named: 'named by their SKU',
	listed: 'named by their place in the request',
	unnamed: 'not named',
};

interface Figures {
	refused: number;
	naming: PoisonedSku['naming'];
	/** Of the chance that says where they are; absent if they are spread evenly. */
	seed?: number;
	requests: number;
	/** Requests that would be enough if the Market refused nothing. */
	leastRequests: number;
	/** Items charged to the quota. */
	quota: number;
	held: number;
	/** Refused SKUs that were reported as such, and others that were. */
	told: number;
	wronglyTold: number;
}

/** 6. What it costs to find the few records that only the Market refuses, and to send all others. */
export async function isolation({ scale, progress }: Bench): Promise<PartResult> {
	const figures = await progress.during(
		'Isolation of records that only the Market refuses',
		async () => {
			const all: Figures[] = [];
			for (const naming of ['named', 'listed', 'unnamed'] as const) {
				for (const refused of REFUSED) all.push(await run(scale.rows, refused, naming));
			}
			const most = Math.max(...REFUSED);
			for (const seed of SEEDS) all.push(await run(scale.rows, most, 'unnamed', seed));
			return all;
		},
	);
	return {
		bounds: figures.flatMap((one) => boundsOf(one, scale.rows)),
		tables: [table(figures, scale.rows)],
		charts: [],
	};
}

function boundsOf(one: Figures, rows: number): Bound[] {
	const { refused, naming, held, told } = one;
	const what = nameOf(one);
	const arrived: Bound = {
		what: `${what}: sent or told`,
		measured: held + told,
		unit: 'rows',
		limit: { least: rows },
	};
	if (naming !== 'unnamed' || refused < Math.max(...REFUSED)) return [arrived];
	return [
		arrived,
		{
			what: `${what}: requests too many`,
			measured: one.requests - one.leastRequests,
			unit: 'requests',
			limit: { most: MOST_REQUESTS },
		},
		{
			what: `${what}: items charged too many`,
			measured: one.quota - rows,
			unit: 'items',
			limit: { most: MOST_ITEMS },
		},
	];
}

function nameOf({ refused, naming, seed }: Figures): string {
	const places = seed === undefined ? '' : `, by chance (seed ${seed})`;
	return `${refused} refused, ${NAMINGS[naming]}${places}`;
}

async function run(
	rows: number,
	refused: number,
	naming: PoisonedSku['naming'],
	seed?: number,
): Promise<Figures> {
	const clock = new VirtualClock();
	const records = rowsOf(rows).map(({ sku, stock }) => ({ sku, count: Number(stock) }));
	const catalogue = rowsOf(rows);
	const bad = seed === undefined ? spread(records, refused) : byChance(records, refused, seed);
	const switches = refusing(bad, naming);
	const market = new SandboxMarket({ clock, catalogue, switches, keptCalls: MANY_CALLS });
	const { outcomes, stats } = await sendToModel({ market, clock }, updateStocks, records);
	const charged = market.calls().filter(({ status }) => status < 500 && status !== 420);
	const failed = records.filter((_, position) => outcomes[position]?.status === 'failed');
	return {
		refused,
		naming,
		seed,
		requests: stats.requests,
		leastRequests: Math.ceil(rows / updateStocks.apiMethod.maxItems),
		quota: charged.reduce((sum, { items }) => sum + items, 0),
		held: records.filter(
			({ sku, count: sent }) => market.balance(STORE_ID, sku)?.available === sent,
		).length,
		told: failed.filter(({ sku }) => bad.has(sku)).length,
		wronglyTold: failed.filter(({ sku }) => !bad.has(sku)).length,
	};
}

/** This many SKUs, spread evenly over all records. */
function spread(records: ReadonlyArray<{ sku: string }>, wanted: number): Set<string> {
	const step = records.length / wanted;
	return new Set(
		Array.from(
			{ length: wanted },
			(_, index) => records[Math.floor((index + 0.5) * step)]?.sku ?? '',
		),
	);
}

/** This many SKUs, anywhere among the records. */
function byChance(
	records: ReadonlyArray<{ sku: string }>,
	wanted: number,
	seed: number,
): Set<string> {
	const random = seededRandom(seed);
	const skus = new Set<string>();
	while (skus.size < wanted) skus.add(records[Math.floor(random() * records.length)]?.sku ?? '');
	return skus;
}

function table(figures: readonly Figures[], rows: number) {
	return {
		title: 'Records that only the Market refuses',
		note: `Among ${count(rows)} balances. The Market charges the quota for requests that it refuses, too. At most ${count(MOST_REQUESTS)} requests and ${count(MOST_ITEMS)} items too many for ${Math.max(...REFUSED)} that are not named.`,
		head: [
			'',
			'requests',
			'too many',
			'items charged',
			'too many',
			'held',
			'refused and told',
			'lost',
		],
		rows: figures.map((one) => [
			nameOf(one),
			...[one.requests, one.requests - one.leastRequests, one.quota, one.quota - rows].map(count),
			...[one.held, one.told, one.wronglyTold].map(count),
		]),
	};
}
