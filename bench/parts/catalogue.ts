import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { Catalogues } from '../../market/checks/catalogues';
import type { Each } from '../../market/common/each';
import { noStats, type RunPorts } from '../../market/pacing/runPorts';
import { Lanes } from '../../market/pacing/lanes';
import { VirtualClock } from '../../lab/time/virtualClock';
import { STORE_ID } from '../model/ports';
import type { Bound } from '../report/bounds';
import { count, figure } from '../report/format';
import { rowOf, rowsOf } from '../rows';
import { summarize, type Summary } from '../statistics';
import type { Bench, PartResult } from './part';

/** What a process remembers at most. */
const KNOWN = 1_000_000;

const MOST_MICROSECONDS = 2;
const MOST_MB = 100;

/** All at once, without turns for others. */
const each: Each = async (list, work) => await Promise.resolve(list.forEach(work));

const PLACE = { apiUrl: 'model', accessKey: 'token', campaignId: String(STORE_ID) };

interface Figures {
	/** Requests of the first run and of one after it. */
	firstRequests: number;
	laterRequests: number;
	/** Of the later runs, in microseconds an item. */
	later: Summary;
	/** What all known SKUs take, in megabytes. */
	heldMb: number;
}

/** 7. What Check Catalogue costs once the SKUs are known. */
export async function catalogue({ scale, progress }: Bench): Promise<PartResult> {
	const figures = await progress.during('Check Catalogue: known SKUs', async () => {
		const catalogues = new Catalogues();
		const ports = openPorts();
		const records = rowsOf(scale.rows);
		const requests = async () => {
			const before = ports.stats.requests;
			await catalogues.check(records, PLACE, ports, each);
			return ports.stats.requests - before;
		};
		const firstRequests = await requests();
		const times: number[] = [];
		let laterRequests = 0;
		for (let run = 0; run <= scale.runs; run++) {
			const startMs = performance.now();
			laterRequests += await requests();
			times.push(((performance.now() - startMs) * 1_000) / scale.rows);
		}
		// The first run only warms up.
		const later = summarize(times.slice(1));
		return { firstRequests, laterRequests, later, heldMb: await heldMb() };
	});
	return { bounds: boundsOf(figures), tables: [table(figures, scale.rows)], charts: [] };
}

/** Megabytes that the memory of a process takes when it is full. */
async function heldMb(): Promise<number> {
	const catalogues = new Catalogues();
	const before = liveBytes();
	await fill(catalogues);
	const after = liveBytes();
	// Whether it really is full: only then does nothing have to be asked.
	return (await fill(catalogues)) === 0 ? (after - before) / 2 ** 20 : NaN;
}

/** Checks as many SKUs as a process remembers. @returns the requests that it took */
async function fill(catalogues: Catalogues): Promise<number> {
	const ports = openPorts();
	const records = Array.from({ length: KNOWN }, (_, index) => ({ sku: rowOf(index).sku }));
	await catalogues.check(records, PLACE, ports, each);
	return ports.stats.requests;
}

/** Bytes of everything that is still in use. */
function liveBytes(): number {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	collect();
	return process.memoryUsage().heapUsed;
}

/** A Market that has every SKU. */
function openPorts(): RunPorts {
	const lanes = new Lanes();
	const clock = new VirtualClock();
	return {
		clock,
		stats: noStats(),
		signal: new AbortController().signal,
		random: Math.random,
		laneOf: (apiMethod, id = 'account', subscription = 'none') =>
			lanes.open({ apiUrl: 'model', entity: id, apiMethod, subscription }, clock.now()),
		send: async ({ body = '{}' }) => {
			const { offerIds } = JSON.parse(body) as { offerIds: string[] };
			const offers = offerIds.map((offerId) => ({ offerId }));
			const reply = JSON.stringify({ status: 'OK', result: { offers } });
			return await Promise.resolve({
				kind: 'reply',
				status: 200,
				headers: {},
				body: JSON.parse(reply) as unknown,
			});
		},
	};
}

function boundsOf({ laterRequests, later, heldMb: held }: Figures): Bound[] {
	return [
		{
			what: 'Check Catalogue, known SKUs: requests',
			measured: laterRequests,
			unit: 'requests',
			limit: { most: 0 },
		},
		{
			what: 'Check Catalogue, known SKUs: time for an item',
			measured: later.median,
			unit: 'µs',
			limit: { most: MOST_MICROSECONDS },
		},
		{
			what: `Check Catalogue: memory of ${count(KNOWN)} known SKUs`,
			measured: held,
			unit: 'MB',
			limit: { most: MOST_MB },
		},
	];
}

function table({ firstRequests, laterRequests, later, heldMb: held }: Figures, rows: number) {
	return {
		title: 'Check Catalogue',
		note: `The check alone, for ${count(rows)} SKUs that the catalogue has. What a process remembers is at most ${count(KNOWN)} SKUs.`,
		head: ['', 'requests', 'an item', 'least', 'most', 'memory when full'],
		rows: [
			['First run', count(firstRequests), '', '', '', ''],
			[
				'Later runs within the hour',
				count(laterRequests),
				...[later.median, later.least, later.most].map((value) => `${figure(value)} µs`),
				`${figure(held)} MB`,
			],
		],
	};
}
