import type { Ports } from '../ports';
import { MarketReadRefused } from '../read';
import type { Checked, Refusal } from '../refusal';

/** Pauses between readings: the Market shows most changes within a minute, some only after 15. */
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;

const LIMIT_EXCEEDED = 420;

/** Reads the Market once for these SKUs. @throws MarketReadRefused */
export type Compare = (skus: readonly string[]) => Promise<Map<string, Checked<unknown>>>;

/**
 * Reads the Market back until it shows everything that was sent, or until time is up.
 *
 * @param deadlineMs our time until which to try, in milliseconds since 1970
 * @returns by SKU: why it is not confirmed. A SKU that is not in it is.
 */
export async function verify(
	skus: readonly string[],
	compare: Compare,
	deadlineMs: number,
	ports: Ports,
): Promise<Map<string, Refusal>> {
	let open: readonly string[] = skus;
	let unconfirmed = new Map<string, Refusal>();
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

interface Reading {
	unconfirmed: Map<string, Refusal>;
	/** Whether another reading would tell the same. */
	isFinal: boolean;
}

async function compareOnce(skus: readonly string[], compare: Compare): Promise<Reading> {
	try {
		const results = await compare(skus);
		const unconfirmed = new Map<string, Refusal>();
		for (const sku of skus) {
			const result = results.get(sku);
			if (result && !result.ok) unconfirmed.set(sku, result.refusal);
		}
		return { unconfirmed, isFinal: false };
	} catch (error) {
		if (!(error instanceof MarketReadRefused)) throw error;
		const { refusal, status = 0 } = error;
		const reason = `It could not be read back. ${refusal.reason}`;
		const unconfirmed = new Map(skus.map((sku) => [sku, { reason, advice: refusal.advice }]));
		return { unconfirmed, isFinal: status >= 400 && status < 500 && status !== LIMIT_EXCEEDED };
	}
}
