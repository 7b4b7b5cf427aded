import { takeBatch, type Batch } from '../batching';
import { explain, marketMessage } from '../explain';
import type { WriteMethod } from '../methods';
import { requestPath } from '../paths';
import type { MarketFault, MarketReply, Ports } from '../ports';
import type { Refusal } from '../refusal';
import type { RunStamp } from '../runStamp';
import { marketTime } from '../serverClock';
import { exchange, noStats } from './exchange';
import type { FailedOutcome, Outcome, SendReport } from './outcome';
import { isFault, isSuccess, noAttempts, type Attempts } from './retry';
import { Throttle } from './throttle';

/** What the sender needs to know of a record: its SKU, and whether it brings a moment of its own. */
interface SkuRecord {
	sku: string;
	updatedAt?: string;
}

/** Records for one store, each valid and no SKU twice, to be written by one method. */
export interface SendJob<R> {
	method: WriteMethod<R>;
	/** Digits. */
	campaignId: string;
	records: readonly R[];
	stamp: RunStamp;
}

/** The Market's words for a moment that it does not take [docs, updateStocks]. */
const WRONG_MOMENT = /Stock for '(.*?)' should not be (?:in the future|older than a day)/g;

const CANCELLED: Refusal = {
	reason: 'Not sent: the run was stopped',
	advice: 'Run again: sending the same balances twice is safe.',
};

/**
 * Sends the records of one store in full requests, as many at once as the Market allows, and tells what became
 * of each. Never rejects: whatever happens, every record has an outcome. Bodies are made when they are needed
 * and released when they are sent.
 */
export async function sendRecords<R extends SkuRecord>(job: SendJob<R>, ports: Ports): Promise<SendReport> {
	const { method, records } = job;
	const queue = records.map((_, position) => position);
	const outcomes = new Array<Outcome>(records.length);
	const stats = noStats();
	const throttle = new Throttle(ports.clock);
	let next = 0;
	/** Set when the Market refuses the store or the credential: then no other request can fare better. */
	let halted: Refusal | undefined;
	/** Requests in a row that the Market would not answer, all their tries used up. */
	let unanswered = 0;

	const settle = (positions: readonly number[], outcome: Outcome) => {
		for (const position of positions) outcomes[position] = outcome;
	};

	const deliver = async (packed: Batch, attempts: Attempts): Promise<void> => {
		let batch = packed;
		for (;;) {
			const request = {
				operation: method.operation,
				path: requestPath(method.operation, job.campaignId),
				body: batch.body,
			};
			const ending = await exchange(request, ports, throttle, stats, attempts);
			if (ending.kind === 'cancelled') return settle(batch.positions, cancelled(ending.mayBeApplied));
			const { answer, mayBeApplied } = ending;
			unanswered = isFault(answer) ? unanswered + 1 : 0;
			if (isSuccess(answer)) return settle(batch.positions, { status: 'accepted', stamp: batch.stamp });
			if (blamesStamp(answer, records, batch.positions) && job.stamp.correct(batch.stamp, marketTime(answer))) {
				batch = takeBatch(records, batch.positions, 0, method, job.stamp.text);
				continue;
			}
			const refusal = explain(answer, method.operation, job.campaignId);
			if (concernsWholeStore(answer) || unanswered >= method.operation.parallel) halted ??= refusal;
			return settle(batch.positions, { status: 'failed', refusal, applied: mayBeApplied ? 'unknown' : 'no' });
		}
	};

	const worker = async (): Promise<void> => {
		while (next < queue.length && !halted && !ports.signal.aborted) {
			const batch = takeBatch(records, queue, next, method, job.stamp.text);
			next += batch.positions.length;
			const attempts = noAttempts();
			try {
				await deliver(batch, attempts);
			} catch (error) {
				// Wrong on our own side, such as a credential that must be connected again: the same for every request.
				const refusal = ownFault(error);
				halted ??= refusal;
				settle(batch.positions, { status: 'failed', refusal, applied: attempts.faults > 0 ? 'unknown' : 'no' });
			}
		}
	};
	await Promise.all(Array.from({ length: method.operation.parallel }, worker));

	const rest = queue.slice(next);
	settle(rest, halted ? { status: 'failed', refusal: notSent(halted), applied: 'no' } : cancelled(false));
	return { outcomes, stats };
}

/** Whether the Market found the moment wrong of a record that carries our own stamp: then our clock is off. */
function blamesStamp<R extends SkuRecord>(
	answer: MarketReply | MarketFault,
	records: readonly R[],
	positions: readonly number[],
): answer is MarketReply {
	if (answer.kind !== 'reply' || answer.status !== 400) return false;
	const blamed = new Set(Array.from(marketMessage(answer).matchAll(WRONG_MOMENT), (match) => match[1]));
	return positions.some((position) => {
		const record = records[position];
		return record !== undefined && record.updatedAt === undefined && blamed.has(record.sku);
	});
}

/**
 * Refusals of the credential, the store or the method itself. A 400, or a success that says it is none,
 * mostly concerns the items of one request.
 */
function concernsWholeStore(answer: MarketReply | MarketFault): boolean {
	if (answer.kind === 'fault' || answer.status >= 500 || answer.status === 420) return false;
	return (answer.status >= 300 && answer.status !== 400) || /campaign type is not allowed/i.test(marketMessage(answer));
}

function cancelled(mayBeApplied: boolean): FailedOutcome {
	return mayBeApplied
		? {
				status: 'failed',
				refusal: {
					reason: 'The run was stopped before the Market answered: it may have taken this',
					advice: CANCELLED.advice,
				},
				applied: 'unknown',
			}
		: { status: 'failed', refusal: CANCELLED, applied: 'no' };
}

function notSent({ reason, advice }: Refusal): Refusal {
	return { reason: `Not sent, because an earlier request was refused. ${reason}`, advice };
}

function ownFault(error: unknown): Refusal {
	return {
		reason: error instanceof Error ? error.message : String(error),
		advice: 'Check the credential, then run again.',
	};
}
