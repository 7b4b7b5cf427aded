import { whenAborted } from '../cancel';
import type { Demand, Lane, Ticket } from '../pacing/lane';
import type { MarketFault, MarketReply, MarketRequest, Ports } from '../ports';
import { isFault, isLimitHit, isQuotaHit, noAttempts, pauseAfterFault, type Attempts } from './retry';

/** What sending has cost so far. */
export interface SendStats {
	/** Requests that went out, repetitions included. */
	requests: number;
	/** Repetitions among them. */
	retries: number;
	/** Requests that hit a quota or the limit of parallel requests. */
	limitHits: number;
	/** Time spent waiting for quotas and after faults, in milliseconds; waits of parallel requests add up. */
	waitedMs: number;
}

/** Statistics of nothing sent. */
export function noStats(): SendStats {
	return { requests: 0, retries: 0, limitHits: 0, waitedMs: 0 };
}

/** How requests get to the Market. */
export interface Way {
	lane: Lane;
	ports: Ports;
	stats: SendStats;
	/** Our time after which no quota is waited for, in milliseconds since 1970; Infinity where there is none. */
	deadlineMs: number;
	/** Most repetitions after faults. */
	mostRetries: number;
	/** Whether the caller can make smaller requests of one for which the quota has too little left. */
	canCut: boolean;
}

/** How one request ended after all its tries. */
export type Ending =
	| { kind: 'answered'; answer: MarketReply | MarketFault }
	| { kind: 'cancelled' }
	/** The quota has less left than the request needs, and might have in every window: it must be cut anew. */
	| { kind: 'tooBig' }
	| { kind: 'tooLate'; waitMs: number };

/**
 * Sends one request until the Market takes or refuses it: after faults and limits the very same request is sent
 * again. Ends at once when the run is cancelled.
 *
 * @param first leave to send it the first time
 * @param attempts what has happened to its records before, and is kept up to date: also where this rejects
 */
export async function exchange(
	request: MarketRequest,
	first: Ticket,
	way: Way,
	attempts: Attempts = noAttempts(),
): Promise<Ending> {
	const { lane, ports, stats } = way;
	const { cost } = first.booking;
	let ticket = first;
	for (;;) {
		stats.requests += 1;
		const answer = await sendOnce(request, ticket, way);
		if (answer === 'aborted') {
			attempts.faults += 1;
			return { kind: 'cancelled' };
		}
		if (isLimitHit(answer)) {
			stats.limitHits += 1;
			if (way.canCut && isQuotaHit(answer)) return { kind: 'tooBig' };
			// No window will ever have enough.
			if (isQuotaHit(answer) && cost > lane.limit) return { kind: 'answered', answer };
		} else if (isFault(answer)) {
			attempts.faults += 1;
			attempts.inARow += 1;
			if (attempts.inARow > way.mostRetries) return { kind: 'answered', answer };
			const pauseMs = pauseAfterFault(attempts.inARow - 1, ports.random());
			const startMs = ports.clock.now();
			await ports.clock.sleep(pauseMs);
			stats.waitedMs += ports.clock.now() - startMs;
		} else {
			attempts.inARow = 0;
			return { kind: 'answered', answer };
		}

		const isTooBig = () => way.canCut && !lane.hasRoom(cost, ports.clock.now());
		const next = await lane.enter({ ...demandOf(cost), isOver: isTooBig, deadlineMs: way.deadlineMs }, ports);
		stats.waitedMs += next.waitedMs;
		if (!('booking' in next)) return next.kind === 'nothing' ? { kind: 'tooBig' } : next;
		stats.retries += 1;
		ticket = next;
	}
}

async function sendOnce(
	request: MarketRequest,
	ticket: Ticket,
	{ lane, ports }: Way,
): Promise<MarketReply | MarketFault | 'aborted'> {
	let answer: MarketReply | MarketFault | 'aborted' = 'aborted';
	try {
		answer = await Promise.race([ports.send(request), whenAborted(ports.signal)]);
		return answer;
	} finally {
		// Also where sending itself throws: the place and the quota are never lost.
		lane.settle(ticket, answer === 'aborted' ? 'cancelled' : answer, ports);
	}
}

/** What a request of a fixed cost asks of its lane. */
export function demandOf(cost: number): Omit<Demand, 'deadlineMs'> {
	return { wanted: cost, least: cost, take: () => cost, isOver: () => false };
}
