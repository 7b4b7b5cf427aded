import { explain } from '../wire/explain';
import { isStopped, isTimeUp } from '../pacing/limits';
import type { ApiMethod, Subscription } from '../contract/apiMethods';
import type { NoTicket } from '../pacing/lane';
import { requestTo, type Query } from '../wire/paths';
import type { RunPorts } from '../pacing/runPorts';
import type { Refusal } from '../common/refusal';
import { demandOf, exchange, type Ending } from '../pacing/exchange';
import { MAX_FAULT_RETRIES, noLimitHits } from '../pacing/retry';

/** A read that the Market refused, or that could not be answered. */
export class MarketReadRefused extends Error {
	constructor(
		readonly refusal: Refusal,
		/** The HTTP status; absent if no answer came. */
		readonly status?: number,
		/** Whether asking again would give the same answer: the question was refused, not just left unanswered. */
		readonly isDefinite = false,
	) {
		super(refusal.reason);
		this.name = 'MarketReadRefused';
	}

	/** Whether the Market knows no such store or business, or does not open it to the credential. */
	get isOfTarget(): boolean {
		return this.isDefinite && (this.status === 403 || this.status === 404);
	}
}

/** After this many pages in a row without anything new, the list is broken: no real list of the Market has them. */
const MAX_IDLE_PAGES = 10;

/** A list that leads back to pages already read, or on and on to empty pages: there may be more than was read. */
export class PagingBroken extends MarketReadRefused {
	constructor() {
		super({
			reason:
				'The Market leads from page to page without an end: the list may be longer than what was read',
			advice: 'Run again later. If it stays so, tell the support of the Market.',
		});
		this.name = 'PagingBroken';
	}
}

/** How long to wait for an answer. */
export interface Patience {
	/** Whether to give up at once if the quota is used up, and to repeat at most once: nothing must wait for the answer. */
	isImpatient: boolean;
	/** Our time after which no quota is waited for, in milliseconds since 1970; by default the ports' own limit. */
	untilMs?: number;
}

/** For questions whose answer affects nothing that is sent. */
export const IMPATIENT: Patience = { isImpatient: true };

/** One read. */
export interface ReadRequest extends Partial<Patience> {
	apiMethod: ApiMethod;
	/** ID of the store or business, if the method belongs to one. */
	id?: string;
	query?: Query;
	/** JSON body of a POST; an empty object by default. */
	body?: string;
	/** Maximum items the reply can hold, if the quota counts items. */
	items?: number;
	subscription?: Subscription;
}

const NO_ANSWER: ReadonlyMap<string, string> = new Map([
	['tooLate', "The Market's quota for this question is used up"],
	['noPlace', 'Other programs ask the Market as much at once as it allows'],
]);

function noAnswer(
	kind: (NoTicket | Ending)['kind'],
	{ deadlineMs, signal }: RunPorts,
): MarketReadRefused {
	const isBounded = deadlineMs !== undefined && !isStopped(signal);
	const advice = isBounded
		? 'Run again later, or give it more time with Maximum Wait or Verify.'
		: 'Run again later.';
	const ended = isTimeUp(signal)
		? 'The Market did not answer within the time that was given'
		: 'The run was stopped';
	return new MarketReadRefused({ reason: NO_ANSWER.get(kind) ?? ended, advice });
}

/**
 * Reads once, with the same retries and quotas as a write. Returns the reply's body.
 *
 * @throws MarketReadRefused
 */
export async function read(request: ReadRequest, ports: RunPorts): Promise<object> {
	const {
		apiMethod,
		id,
		query,
		body = '{}',
		items = 1,
		subscription,
		isImpatient = false,
		untilMs = Infinity,
	} = request;
	const lane = ports.laneOf(apiMethod, id, subscription);
	const cost = apiMethod.quota.unit === 'items' ? items : 1;
	const deadlineMs = Math.min(
		isImpatient ? ports.clock.now() : untilMs,
		ports.deadlineMs ?? Infinity,
	);
	const mostRetries = isImpatient ? 1 : MAX_FAULT_RETRIES;
	const ticket = await lane.enter(
		{ ...demandOf(cost), deadlineMs, pauseDeadlineMs: deadlineMs, onWait: ports.onWait },
		ports,
	);
	ports.stats.waitedMs += ticket.waitedMs;
	if (!('booking' in ticket)) throw noAnswer(ticket.kind, ports);
	const ending = await exchange(
		requestTo(apiMethod, id, query, apiMethod.verb === 'GET' ? undefined : body, request.items),
		ticket,
		{
			lane,
			ports,
			deadlineMs,
			pausesMs: 0,
			mostRetries,
			streak: noLimitHits(),
			canCut: false,
		},
	);
	if (ending.kind !== 'answered') throw noAnswer(ending.kind, ports);
	const { answer, verdict } = ending;
	if (verdict.kind === 'success') return verdict.body;
	const status = answer.kind === 'reply' ? answer.status : undefined;
	// A refusal disguised as a success cannot be relied on.
	const isDefinite =
		verdict.kind === 'refused' || (verdict.kind === 'badRequest' && status === 400);
	throw new MarketReadRefused(explain(answer, apiMethod, id), status, isDefinite);
}

/** A list of the Market, read page by page with the same query each time. Keeps its position between pages. */
export class PagedList<T> {
	private readonly seen = new Set<string>();
	private before = '';
	private idlePages = 0;
	private pageToken: string | undefined;
	private end: 'complete' | 'broken' | undefined;

	/** @param entriesOf the entries of a page */
	constructor(
		private readonly request: ReadRequest,
		private readonly entriesOf: (page: object) => T[],
	) {}

	/**
	 * The entries of the next page with anything new; undefined after the last one. An empty list has one page.
	 *
	 * @throws MarketReadRefused
	 * @throws PagingBroken if the Market's paging never ends, after everything that could be read
	 */
	async next(ports: RunPorts): Promise<T[] | undefined> {
		while (this.end === undefined) {
			const query = { ...this.request.query, pageToken: this.pageToken };
			const page = await read({ ...this.request, query }, ports);
			const entries = this.entriesOf(page);
			const isFirst = this.before === '';
			const isNew = this.isNew(entries);
			this.turnTo(nextPageToken(page));
			if (isNew || isFirst) return entries;
		}
		if (this.end === 'broken') throw new PagingBroken();
		return undefined;
	}

	private isNew(entries: readonly T[]): boolean {
		const text = JSON.stringify(entries);
		const isNew = entries.length > 0 && text !== this.before;
		this.before = text;
		this.idlePages = isNew ? 0 : this.idlePages + 1;
		return isNew;
	}

	private turnTo(pageToken: string | undefined): void {
		if (pageToken === undefined) this.end = 'complete';
		else if (this.seen.has(pageToken) || this.idlePages >= MAX_IDLE_PAGES) this.end = 'broken';
		else this.seen.add(pageToken);
		this.pageToken = pageToken;
	}
}

/**
 * All pages of a list, one after another.
 *
 * @throws MarketReadRefused
 * @throws PagingBroken if the Market's paging never ends, after everything that could be read
 */
export async function* pagesOf<T>(list: PagedList<T>, ports: RunPorts): AsyncGenerator<T[]> {
	for (;;) {
		const page = await list.next(ports);
		if (page === undefined) return;
		yield page;
	}
}

/** What the Market said, or why it did not, and whether asking again soon would give the same answer. */
export type Told<T> = { ok: true; value: T } | { ok: false; refusal: Refusal; isDefinite: boolean };

/** What a reading gives, or why the Market refused it. @throws whatever else it throws */
export async function told<T>(reading: Promise<T>): Promise<Told<T>> {
	try {
		return { ok: true, value: await reading };
	} catch (error) {
		if (!(error instanceof MarketReadRefused)) throw error;
		return { ok: false, refusal: error.refusal, isDefinite: error.isDefinite };
	}
}

/** Everything that is read one after another, as one list. @throws whatever reading throws */
export async function allOf<T>(many: AsyncIterable<T>): Promise<T[]> {
	const list: T[] = [];
	for await (const one of many) list.push(one);
	return list;
}

/** All pages as one list, or why the Market refused one of them. */
export async function collect<T>(pages: AsyncIterable<T[]>): Promise<Told<T[]>> {
	const read = await told(allOf(pages));
	return read.ok ? { ok: true, value: read.value.flat() } : read;
}

/** All pages as one list, and why that may not be everything. @throws MarketReadRefused if nothing could be read */
export async function readAll<T>(
	pages: AsyncIterable<T[]>,
): Promise<{ entries: T[]; broken?: Refusal }> {
	const entries: T[] = [];
	try {
		for await (const page of pages) entries.push(...page);
		return { entries };
	} catch (error) {
		if (error instanceof PagingBroken && entries.length > 0)
			return { entries, broken: error.refusal };
		throw error;
	}
}

/** Whether the Market has more pages after this one. */
export function hasNextPage(page: object): boolean {
	return nextPageToken(page) !== undefined;
}

/** The token is in `paging`, at the top level if the reply has no `result`. */
function nextPageToken(page: object): string | undefined {
	const { result, paging } = page as {
		result?: { paging?: { nextPageToken?: string } };
		paging?: { nextPageToken?: string };
	};
	return (result?.paging ?? paging)?.nextPageToken || undefined;
}
