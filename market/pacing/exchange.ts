import { whenAborted } from '../wire/cancel';
import type { Demand, Lane, Ticket } from './lane';
import type { RunPorts } from './runPorts';
import type { MarketFault, MarketReply, MarketRequest } from '../wire/ports';
import { judge, type FaultVerdict, type Verdict } from '../wire/verdict';
import {
	isHopeless,
	noAttempts,
	noLimitHits,
	pauseAfterFault,
	retriesAfter,
	type Attempts,
	type LimitStreak,
} from './retry';

/** How requests get to the Market. */
export interface Terms {
	lane: Lane;
	ports: RunPorts;
	/** Our time after which no quota is waited for, in milliseconds since 1970; Infinity if there is no limit. */
	deadlineMs: number;
	/** How long a request may still pause while others hold all slots, in milliseconds. */
	pausesMs: number;
	/** Maximum repetitions after faults. */
	mostRetries: number;
	/** Limits hit in a row without a credible end. */
	streak: LimitStreak;
	/** Whether the caller can split a request that is too big for what the quota has left. */
	canCut: boolean;
}

/** An answer and what it means. */
export interface Judged {
	answer: MarketReply | MarketFault;
	verdict: Verdict;
}

/** How one request ended, after all its attempts. */
export type Ending =
	| ({ kind: 'answered' } & Judged)
	| { kind: 'cancelled' }
	/** The quota has less left than the request needs, and every window might: the request must be cut again. */
	| { kind: 'tooBig' }
	| { kind: 'tooLate'; waitMs: number }
	| { kind: 'noPlace' };

/**
 * Sends one request until the Market accepts or refuses it: after faults and limits the very same request is sent
 * again. Ends at once when the run is cancelled.
 *
 * @param first permission for the first attempt
 * @param attempts what has happened to its records so far; kept up to date even if this rejects
 */
export async function exchange(
	request: MarketRequest,
	first: Ticket,
	terms: Terms,
	attempts: Attempts = noAttempts(),
): Promise<Ending> {
	const { lane, ports } = terms;
	const { stats } = ports;
	const { cost } = first.booking;
	let ticket = first;
	let pausesSinceMs: number | undefined;
	for (;;) {
		stats.requests += 1;
		const judged = await sendOnce(request, ticket, terms);
		if (judged === 'aborted') {
			attempts.faults += 1;
			stats.unanswered += 1;
			return { kind: 'cancelled' };
		}
		const { answer, verdict } = judged;
		let pausedMs = 0;
		if (verdict.kind === 'fault') {
			if (verdict.mayBeApplied) {
				attempts.faults += 1;
				stats.unanswered += 1;
			}
			attempts.inARow += 1;
			if (attempts.inARow > retriesAfter(verdict, terms.mostRetries))
				return { kind: 'answered', ...judged };
			pausedMs = await pause(verdict, attempts, terms);
		} else if (verdict.kind === 'quotaHit') {
			stats.limitHits += 1;
			if (isUseless(answer, terms)) return { kind: 'answered', ...judged };
			if (terms.canCut) return { kind: 'tooBig' };
			// No window will ever have enough.
			if (cost > lane.limit) return { kind: 'answered', ...judged };
		} else if (verdict.kind === 'tooManyAtOnce') {
			stats.limitHits += 1;
			if (isUseless(answer, terms)) return { kind: 'answered', ...judged };
			pausesSinceMs ??= ports.clock.now();
		} else {
			attempts.inARow = 0;
			Object.assign(terms.streak, noLimitHits());
			return { kind: 'answered', ...judged };
		}

		const isTooBig = () => terms.canCut && !lane.hasRoom(cost, ports.clock.now());
		const pauseDeadlineMs = (pausesSinceMs ?? ports.clock.now()) + terms.pausesMs;
		const demand = {
			...demandOf(cost),
			isOver: isTooBig,
			deadlineMs: terms.deadlineMs,
			pauseDeadlineMs,
		};
		const next = await lane.enter(demand, ports);
		stats.waitedMs += next.waitedMs;
		if (!('booking' in next)) return next.kind === 'nothing' ? { kind: 'tooBig' } : next;
		stats.retries += 1;
		ticket = { ...next, waitedMs: pausedMs + next.waitedMs };
	}
}

/** Whether limits were hit so often, with no word on when they will end, that asking again is pointless. */
function isUseless(answer: Judged['answer'], { lane, ports, streak }: Terms): boolean {
	const nowMs = ports.clock.now();
	if (answer.kind !== 'reply') return false;
	if (!lane.tellsEnd(answer, nowMs)) return isHopeless(streak, nowMs);
	Object.assign(streak, noLimitHits());
	return false;
}

/** Pauses after a fault, at least for as long as the answer asks. @returns the milliseconds that it took */
async function pause(
	{ askedPauseMs }: FaultVerdict,
	{ inARow }: Attempts,
	{ ports }: Terms,
): Promise<number> {
	const startMs = ports.clock.now();
	await ports.clock.sleep(Math.max(askedPauseMs, pauseAfterFault(inARow - 1, ports.random())));
	const pausedMs = ports.clock.now() - startMs;
	ports.stats.waitedMs += pausedMs;
	return pausedMs;
}

async function sendOnce(
	request: MarketRequest,
	ticket: Ticket,
	{ lane, ports }: Terms,
): Promise<Judged | 'aborted'> {
	const startMs = ports.clock.now();
	let answer: MarketReply | MarketFault | 'aborted' = 'aborted';
	try {
		answer = await Promise.race([ports.send(request, ports.signal), whenAborted(ports.signal)]);
		return answer === 'aborted' ? answer : { answer, verdict: judge(answer, request.apiMethod) };
	} finally {
		// Even if sending itself throws: the slot and the quota are never lost.
		lane.settle(ticket, answer === 'aborted' ? 'cancelled' : answer, ports);
		ports.onRequest?.({
			request,
			...(answer === 'aborted' ? {} : { answer }),
			tookMs: ports.clock.now() - startMs,
			waitedMs: ticket.waitedMs,
		});
	}
}

/** What a request of a fixed cost asks of its lane. */
export function demandOf(cost: number): Omit<Demand, 'deadlineMs' | 'pauseDeadlineMs'> {
	return { wanted: cost, least: cost, take: () => cost, isOver: () => false };
}
