import { MarketReadRefused } from './read';

/** If this many parts in a row could not be read, the Market is not answering at all just now. */
const MOST_FAILED_IN_A_ROW = 2;

/** A 400 is about what was asked for; every other definite refusal applies to anything else we would ask. */
const BAD_REQUEST = 400;

/**
 * Reads part by part, so that an unreadable part costs no other. Gives up if no other part would fare better.
 *
 * @param atOnce parts that are read at the same time
 * @returns the parts that were not read completely, each with what was thrown
 */
export async function readParts<P>(
	parts: Iterable<P>,
	read: (part: P) => Promise<void>,
	atOnce = 1,
): Promise<Map<P, unknown>> {
	const failed = new Map<P, unknown>();
	let inARow = 0;
	let last: { error: unknown } | undefined;
	const left = [...parts].values();
	const worker = async () => {
		for (const part of left) {
			if (last) {
				failed.set(part, last.error);
				continue;
			}
			try {
				await read(part);
				inARow = 0;
			} catch (error) {
				failed.set(part, error);
				inARow += 1;
				if (inARow >= MOST_FAILED_IN_A_ROW || isForAll(error)) last = { error };
			}
		}
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	return failed;
}

function isForAll(error: unknown): boolean {
	if (!(error instanceof MarketReadRefused)) return true;
	return error.isDefinite && error.status !== BAD_REQUEST;
}

/** A list in parts of a size, in its order. */
export function* partsOf<T>(list: readonly T[], size: number): Generator<T[]> {
	for (let from = 0; from < list.length; from += size) yield list.slice(from, from + size);
}
