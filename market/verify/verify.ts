import type { Ports } from '../ports';
import { MarketReadRefused } from '../read';
import type { Checked, Refusal } from '../refusal';
import { ownFault } from '../sender/refusals';

/** Pauses between readings: the Market shows most changes within a minute, some only after 15. */
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Reads the Market once for these records, and tells of each, in their order, whether it is shown.
 *
 * @throws MarketReadRefused
 */
export type Compare<T> = (some: readonly T[]) => Promise<Array<Checked<unknown>>>;

/**
 * Reads the Market back until it shows everything that was sent, or until time is up.
 *
 * @param deadlineMs our time until which to try, in milliseconds since 1970
 * @returns why a record is not confirmed. One that is not in it is.
 */
export async function verify<T>(
	sent: readonly T[],
	compare: Compare<T>,
	deadlineMs: number,
	ports: Ports,
): Promise<Map<T, Refusal>> {
	let open = sent;
	let unconfirmed = new Map<T, Refusal>();
	let pauseMs = FIRST_PAUSE_MS;
	while (open.length > 0) {
		const reading = await compareOnce(open, compare);
		unconfirmed = reading.unconfirmed;
		open = [...unconfirmed.keys()];
		const leftMs = deadlineMs - ports.clock.now();
		if (open.length === 0 || reading.isFinal || ports.signal.aborted || leftMs <= 0) break;
		await ports.clock.sleep(Math.min(pauseMs, leftMs));
		pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
	}
	return unconfirmed;
}

interface Reading<T> {
	unconfirmed: Map<T, Refusal>;
	/** Whether another reading would tell the same. */
	isFinal: boolean;
}

async function compareOnce<T>(records: readonly T[], compare: Compare<T>): Promise<Reading<T>> {
	try {
		const results = await compare(records);
		const unconfirmed = new Map<T, Refusal>();
		results.forEach((result, place) => {
			if (!result.ok) unconfirmed.set(records[place] as T, result.refusal);
		});
		return { unconfirmed, isFinal: false };
	} catch (error) {
		// Whatever goes wrong, it does so after sending: what was accepted stays accepted.
		const { refusal, isDefinite } =
			error instanceof MarketReadRefused ? error : { refusal: ownFault(error), isDefinite: true };
		const reason = `It could not be read back. ${refusal.reason}`;
		const unconfirmed = new Map(records.map((record) => [record, { reason, advice: refusal.advice }]));
		return { unconfirmed, isFinal: isDefinite };
	}
}
