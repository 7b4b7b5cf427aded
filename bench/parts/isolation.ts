import { updateStocks } from '../../market/write/methods';
import { SandboxMarket, type PoisonedSku } from '../../sandbox';
import { VirtualClock } from '../../lab/time/virtualClock';
import { refusing } from '../model/refusing';
import { STORE_ID } from '../model/ports';
import { sendToModel } from '../model/sending';
import { count } from '../report/format';
import { rowsOf } from '../rows';
import type { Bench, PartResult } from './part';

const REFUSED = [1, 10, 100];

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
			return all;
		},
	);
	return {
		bounds: figures.map(({ refused, naming, held, told }) => ({
			what: `${refused} refused, ${NAMINGS[naming]}: sent or told`,
			measured: held + told,
			unit: 'rows',
			limit: { least: scale.rows },
		})),
		tables: [table(figures, scale.rows)],
		charts: [],
	};
}

async function run(rows: number, refused: number, naming: PoisonedSku['naming']): Promise<Figures> {
	const clock = new VirtualClock();
	const records = rowsOf(rows).map(({ sku, stock }) => ({ sku, count: Number(stock) }));
	const catalogue = rowsOf(rows);
	const bad = new Set(spread(records, refused));
	const switches = refusing(bad, naming);
	const market = new SandboxMarket({ clock, catalogue, switches, keptCalls: MANY_CALLS });
	const { outcomes, stats } = await sendToModel({ market, clock }, updateStocks, records);
	const charged = market.calls().filter(({ status }) => status < 500 && status !== 420);
	const failed = records.filter((_, position) => outcomes[position]?.status === 'failed');
	return {
		refused,
		naming,
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
function spread(records: ReadonlyArray<{ sku: string }>, wanted: number): string[] {
	const step = records.length / wanted;
	return Array.from(
		{ length: wanted },
		(_, index) => records[Math.floor((index + 0.5) * step)]?.sku ?? '',
	);
}

function table(figures: readonly Figures[], rows: number) {
	return {
		title: 'Records that only the Market refuses',
		note: `Among ${count(rows)} balances. The Market charges the quota for requests that it refuses, too.`,
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
			`${one.refused}, ${NAMINGS[one.naming]}`,
			...[one.requests, one.requests - one.leastRequests, one.quota, one.quota - rows].map(count),
			...[one.held, one.told, one.wronglyTold].map(count),
		]),
	};
}
