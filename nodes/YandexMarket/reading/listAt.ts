import type { IDataObject } from 'n8n-workflow';

import type { RunPorts } from '../../../market/pacing/runPorts';
import { PagingBroken } from '../../../market/read/read';
import { placeRefusal } from './placeRefusal';
import { groupByPlace, type PlaceOf } from './places';
import { portsAt } from './portsAt';
import type { PlaceIds, ReadRun } from './readRun';
import { limitOf } from './wishes';

/** A list that the Market has for a place. */
export interface PlaceList<P extends PlaceIds, T> {
	placeOf: PlaceOf<P>;
	/** Reads it page by page. */
	read(place: P, ports: RunPorts): AsyncIterable<readonly T[]>;
	/** Its entries as the output shows them. */
	show(entries: readonly T[], place: P): Promise<IDataObject[]> | IDataObject[];
	/** What to tell the user if it is empty. */
	nothing(place: P): string;
}

/**
 * Reads a list once for each different place, however many items name it, up to the user's Limit. The output belongs to
 * the first of these items.
 */
export async function listAt<P extends PlaceIds, T>(
	reading: ReadRun,
	list: PlaceList<P, T>,
): Promise<void> {
	const { output, signal } = reading;
	const limit = limitOf(reading);
	const groups = await groupByPlace(reading, list.placeOf);
	if (signal.aborted) return;
	await output.throwIfStopping();
	/** How many lists may go on after what is shown. */
	let cut = 0;
	for (const { place, items } of groups) {
		const [first] = items as [number];
		let count = 0;
		try {
			const pages = list.read(place, await portsAt(place, reading));
			for await (const entries of firstOf(pages, limit)) {
				const shown = await list.show(entries, place);
				for (const json of shown) output.add(first, json);
				count += entries.length;
			}
			if (count === 0) output.hints.push(list.nothing(place));
			if (count === limit) {
				cut += 1;
				if (reading.isTool)
					output.add(first, { note: `These are the first ${limit}. There may be more.` });
			}
		} catch (error) {
			if (error instanceof PagingBroken && count > 0) {
				// What was read is not lost.
				tell(reading, first, `${error.refusal.reason}. ${error.refusal.advice}`);
			} else {
				output.fail(first, await placeRefusal(error, place, reading), { place, isShared: true });
				await output.throwIfStopping();
			}
		}
		if (signal.aborted) return;
	}
	if (cut > 0 && !reading.isTool) output.hints.push(limitReached(limit, cut, groups.length));
}

/** The first entries of pages. A page of which nothing is wanted is not read. */
async function* firstOf<T>(
	pages: AsyncIterable<readonly T[]>,
	limit: number,
): AsyncGenerator<readonly T[]> {
	let left = limit;
	for await (const page of pages) {
		yield page.slice(0, left);
		left -= page.length;
		if (left <= 0) return;
	}
}

/** One hint for all lists that Limit may have cut. */
function limitReached(limit: number, cut: number, lists: number): string {
	const which = lists === 1 ? '' : ` of each of ${cut} lists`;
	return `The first ${limit}${which} are shown, as Limit says. There may be more.`;
}

/** An agent reads the output and not the hints. */
function tell({ isTool, output }: ReadRun, item: number, note: string): void {
	if (isTool) output.add(item, { note });
	else output.hints.push(note);
}
