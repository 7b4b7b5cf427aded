import type { ComparedStatus } from '../../../market/verify/inputComparison';
import type { PlaceComparison } from './comparePlace';

/** How many SKUs of a place have each status. */
type Counts = ReadonlyMap<ComparedStatus, number>;

/**
 * What a comparison found, in one line, such as "Of 5000 SKUs 4970 are equal, 20 differ, 7 are not in the catalogue, 3
 * are hidden; 200 offers with stock are only at the Market."
 *
 * @param name of the store or warehouse; absent if there is only one
 */
export function summaryOf({ named, unnamed }: PlaceComparison, name: string | undefined): string {
	const counts = countsOf({ named });
	const parts = [
		said(counts, 'equal', 'is equal', 'are equal'),
		said(counts, 'differs', 'differs', 'differ'),
		said(counts, 'not in the catalogue', 'is not in the catalogue', 'are not in the catalogue'),
		said(counts, 'hidden', 'is hidden', 'are hidden'),
		said(counts, 'unknown', 'could not be compared', 'could not be compared'),
	].flat();
	const of = `${name === undefined ? 'Of' : `${name}: of`} ${some(named.length, 'SKU')}`;
	const only = unnamed.length === 0 ? '' : `; ${onlyThere(unnamed.length)}`;
	return `${of} ${parts.join(', ')}${only}.`;
}

function countsOf({ named }: Pick<PlaceComparison, 'named'>): Counts {
	const counts = new Map<ComparedStatus, number>();
	for (const { status } of named) counts.set(status, (counts.get(status) ?? 0) + 1);
	return counts;
}

/** Always said of what is equal, of the others only if there are any. */
function said(counts: Counts, status: ComparedStatus, one: string, many: string): string[] {
	const count = counts.get(status) ?? 0;
	if (count === 0 && status !== 'equal') return [];
	return [`${count} ${count === 1 ? one : many}`];
}

function onlyThere(count: number): string {
	return `${some(count, 'offer')} with stock ${count === 1 ? 'is' : 'are'} only at the Market`;
}

/** A number of things, such as "1 SKU". */
export function some(count: number, what: string): string {
	return `${count} ${what}${count === 1 ? '' : 's'}`;
}
