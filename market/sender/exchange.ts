import { isFault, isLimitHit, noAttempts, retryDelay } from './retry';
import type { Throttle } from './throttle';
import { whenAborted } from '../cancel';
import type { MarketFault, MarketReply, MarketRequest, Ports } from '../ports';

/** What sending has cost so far. */
export interface SendStats {
	/** Requests that went out, repetitions included. */
	requests: number;
	/** Repetitions among them. */
	retries: number;
	/** Time spent waiting before requests, all parallel waits added up, in milliseconds. */
	waitedMs: number;
}

/** Statistics of nothing sent. */
export function noStats(): SendStats {
	return { requests: 0, retries: 0, waitedMs: 0 };
}

/** How one request ended after all its tries. */
export type Ending =
	| {
			kind: 'answered';
			answer: MarketReply | MarketFault;
			/** Whether an earlier or the last try may have reached the Market without an answer. */
			mayBeApplied: boolean;
	  }
	| { kind: 'cancelled'; mayBeApplied: boolean };

/**
 * Sends one request until the Market takes or refuses it: faults and limits are waited out and the very same
 * request is sent again. Ends at once when the run is cancelled.
 *
 * @param attempts what has happened to the request before, and is kept up to date: also where this rejects
 */
export async function exchange(
	request: MarketRequest,
	ports: Ports,
	throttle: Throttle,
	stats: SendStats,
	attempts = noAttempts(),
): Promise<Ending> {
	for (;;) {
		const held = await throttle.ready();
		stats.waitedMs += held;
		if (ports.signal.aborted) return { kind: 'cancelled', mayBeApplied: attempts.faults > 0 };
		stats.requests += 1;
		if (attempts.tries > 0) stats.retries += 1;
		attempts.tries += 1;
		const answer = await Promise.race([ports.send(request), whenAborted(ports.signal)]);
		if (answer === 'aborted') return { kind: 'cancelled', mayBeApplied: true };

		const delay = retryDelay(answer, attempts, ports.random());
		if (delay === undefined) {
			return { kind: 'answered', answer, mayBeApplied: attempts.faults > 0 || isFault(answer) };
		}
		if (isLimitHit(answer)) {
			attempts.limitHits += 1;
			attempts.limitWaitMs += delay;
			throttle.hold(delay);
		} else {
			attempts.faults += 1;
			const start = ports.clock.now();
			await ports.clock.sleep(delay);
			stats.waitedMs += ports.clock.now() - start;
		}
	}
}
