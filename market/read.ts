import { explain } from './explain';
import type { Operation, Subscription } from './operations';
import type { NoTicket } from './pacing/lane';
import { requestTo, type Query } from './paths';
import type { MarketReply, Ports } from './ports';
import { accepted, type Checked, type Refusal } from './refusal';
import { demandOf, exchange, type Ending, type SendStats } from './sender/exchange';
import { isSuccess, LIMIT_EXCEEDED, MAX_FAULT_RETRIES } from './sender/retry';

/** A read that the Market refused, or that could not be answered. */
export class MarketReadRefused extends Error {
	constructor(
		readonly refusal: Refusal,
		/** The HTTP status; absent where no answer came. */
		readonly status?: number,
	) {
		super(refusal.reason);
		this.name = 'MarketReadRefused';
	}
}

/** Whether asking again would tell the same: the Market has refused what was asked. */
export function isDefinite(status: number | undefined): boolean {
	return status !== undefined && status >= 400 && status < 500 && status !== LIMIT_EXCEEDED;
}

/** How long an answer is waited for. */
export interface Patience {
	/** Whether to give up at once where the quota is used up, and to repeat once at most: nothing must wait for it. */
	isImpatient: boolean;
}

/** One read. */
export interface ReadRequest extends Partial<Patience> {
	operation: Operation;
	/** Of the store or cabinet, where the operation belongs to one. */
	id?: string;
	query?: Query;
	/** JSON body of a POST; an empty object where not given. */
	body?: object;
	/** Most items that the reply can hold, where the quota counts items. */
	items?: number;
	subscription?: Subscription;
}

function noAnswer(kind: (NoTicket | Ending)['kind']): MarketReadRefused {
	const reason = kind === 'tooLate' ? "The Market's quota for this question is used up" : 'The run was stopped';
	return new MarketReadRefused({ reason, advice: 'Run again later.' });
}

/**
 * Reads once, with the same retries and quotas as writes have. Returns the reply's body.
 *
 * @throws MarketReadRefused
 */
export async function read(request: ReadRequest, ports: Ports, stats: SendStats): Promise<object> {
	const { operation, id, query, body = {}, items = 1, subscription, isImpatient = false } = request;
	const lane = ports.laneOf(operation, id, subscription);
	const cost = operation.quota.unit === 'items' ? items : 1;
	const deadlineMs = isImpatient ? ports.clock.now() : Infinity;
	const mostRetries = isImpatient ? 1 : MAX_FAULT_RETRIES;
	const ticket = await lane.enter({ ...demandOf(cost), deadlineMs }, ports);
	stats.waitedMs += ticket.waitedMs;
	if (!('booking' in ticket)) throw noAnswer(ticket.kind);
	const ending = await exchange(
		requestTo(operation, id, query, operation.verb === 'GET' ? undefined : JSON.stringify(body)),
		ticket,
		{ lane, ports, stats, deadlineMs, mostRetries, canCut: false },
	);
	if (ending.kind !== 'answered') throw noAnswer(ending.kind);
	const { answer } = ending;
	if (isSuccess(answer)) return (answer as MarketReply).body as object;
	throw new MarketReadRefused(explain(answer, operation, id), answer.kind === 'reply' ? answer.status : undefined);
}

/** Reads page after page until the last, with the same query each time. @throws MarketReadRefused */
export async function* readPages(request: ReadRequest, ports: Ports, stats: SendStats): AsyncGenerator<object> {
	let pageToken: string | undefined;
	do {
		const page = await read({ ...request, query: { ...request.query, pageToken } }, ports, stats);
		yield page;
		pageToken = nextPageToken(page);
	} while (pageToken);
}

/** All pages as one list, or why the Market refused one of them. */
export async function collect<T>(pages: AsyncIterable<T[]>): Promise<Checked<T[]>> {
	const list: T[] = [];
	try {
		for await (const page of pages) list.push(...page);
		return accepted(list);
	} catch (error) {
		if (error instanceof MarketReadRefused) return { ok: false, refusal: error.refusal };
		throw error;
	}
}

/** Whether the Market has more to tell than this page. */
export function hasNextPage(page: object): boolean {
	return nextPageToken(page) !== undefined;
}

/** The token stands in `paging`, at the top where the reply has no `result`. */
function nextPageToken(page: object): string | undefined {
	const { result, paging } = page as {
		result?: { paging?: { nextPageToken?: string } };
		paging?: { nextPageToken?: string };
	};
	return (result?.paging ?? paging)?.nextPageToken || undefined;
}
