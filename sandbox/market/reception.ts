import { randomBytes } from 'node:crypto';

import type { Clock } from '../clock';
import { PARALLEL_REQUESTS, type OperationContract, type QuotaUnit } from '../contract';
import type { Switches } from '../switches';
import { checkScopes, type Caller, type Callers } from './callers';
import type { Call, Calls } from './calls';
import { strike } from './faults';
import { headerOf, type MarketReply, type MarketRequest } from './http';
import { operations } from './operations';
import type { Apply } from './operations/operation';
import type { Parallel } from './parallel';
import type { Allowance, Quotas } from './quotas';
import { Refusal } from './refusal';
import type { MarketState } from './state';
import { findTarget, type Target } from './target';

/** What the Market answers, before it becomes HTTP. */
interface Answer {
	status: number;
	body: object;
	/** Absent where no quota is concerned. */
	allowance?: Allowance;
}

/** What is known about a call while it is under way. */
type Visit = Omit<Call, 'id' | 'finishedAt' | 'status' | 'error'>;

/** Everything that a call meets on its way. */
interface Surroundings {
	clock: Clock;
	switches: Switches;
	state: MarketState;
	callers: Callers;
	quotas: Quotas;
	parallel: Parallel;
	calls: Calls;
}

/** Takes calls one by one through limits, faults, rights and rules to a reply. */
export class Reception {
	constructor(
		private readonly market: Surroundings,
		private readonly answered: (call: Call) => void,
	) {}

	/** @throws ConnectionDropped where a fault cuts the connection. */
	async handle(request: MarketRequest): Promise<MarketReply> {
		const { state } = this.market;
		const { path, query } = splitPath(request.path);
		const visit: Visit = {
			at: state.now(),
			verb: request.method,
			path,
			caller: 'unknown',
			integration: headerOf(request, 'x-market-integration'),
			items: 0,
		};
		try {
			const answer = await this.answer(request, query, visit);
			this.remember(visit, answer.status, firstErrorOf(answer.body));
			return toReply(answer, state.now());
		} catch (error) {
			this.remember(visit, 0, (error as Error).message);
			throw error;
		}
	}

	/** Finds out what is called and by whom, and lets in as many at once as the Market does. */
	private async answer(request: MarketRequest, query: URLSearchParams, visit: Visit): Promise<Answer> {
		const { callers, clock, parallel, switches } = this.market;
		const target = attempt(() => findTarget(visit.verb, visit.path));
		if (target instanceof Refusal) return refusedAnswer(target);
		visit.operation = target.operation;
		if (target.campaignId !== undefined) visit.campaignId = Number(target.campaignId);

		const caller = attempt(() => callers.identify(request));
		if (!(caller instanceof Refusal)) visit.caller = caller.label;
		const entity = entityOf(target, caller);
		if (!parallel.enter(entity)) {
			const message = `Hit rate limit of ${PARALLEL_REQUESTS} parallel requests for ${entity}`;
			return refusedAnswer(new Refusal(420, message));
		}
		try {
			if (switches.latencyMs > 0) await clock.sleep(switches.latencyMs);
			return this.serve(target, entity, visit, () => this.prepare(request, query, target, caller, visit));
		} finally {
			parallel.leave(entity);
		}
	}

	/** Checks rights and rules; changes nothing before the returned function is called. */
	private prepare(
		request: MarketRequest,
		query: URLSearchParams,
		{ contract, operation, campaignId }: Target,
		caller: Caller | Refusal,
		visit: Visit,
	): Apply {
		const { state, switches } = this.market;
		strike(switches);
		if (caller instanceof Refusal) throw caller;
		checkScopes(caller, contract.scopes);
		const countItems = (items: number) => {
			visit.items = items;
		};
		return operations[operation]({ request, contract, query, caller, campaignId, countItems, state });
	}

	/** Takes the cost out of the quota, and only then does what was asked. */
	private serve({ contract, operation }: Target, entity: string, visit: Visit, prepare: () => Apply): Answer {
		const { quotas, state } = this.market;
		const apply = attempt(prepare);
		const now = state.now();
		const cost = costOf(contract.quota.unit, visit.items, apply);
		const isTaken = quotas.take(operation, contract, entity, cost, now);
		const allowance = quotas.allowance(operation, contract, entity, now);
		if (!isTaken) return { ...refusedAnswer(overQuota(contract, allowance.limit, entity)), allowance };
		if (apply instanceof Refusal) return { ...refusedAnswer(apply), allowance };
		return { status: 200, body: apply(), allowance };
	}

	private remember(visit: Visit, status: number, error: string | undefined): void {
		const { calls, state } = this.market;
		this.answered(calls.add({ ...visit, finishedAt: state.now(), status, error }));
	}
}

/** What the work returns, or the refusal that it throws. */
function attempt<T>(work: () => T): T | Refusal {
	try {
		return work();
	} catch (error) {
		if (error instanceof Refusal) return error;
		throw error;
	}
}

function splitPath(pathWithQuery: string): { path: string; query: URLSearchParams } {
	const mark = pathWithQuery.indexOf('?');
	if (mark === -1) return { path: pathWithQuery, query: new URLSearchParams() };
	return { path: pathWithQuery.slice(0, mark), query: new URLSearchParams(pathWithQuery.slice(mark + 1)) };
}

/** Whose limits a call uses: the store's where the path names one, else the caller's. */
function entityOf(target: Target, caller: Caller | Refusal): string {
	if (target.campaignId !== undefined) return `campaignId ${target.campaignId}`;
	return caller instanceof Refusal ? 'unknown caller' : caller.entity;
}

/** 2xx and 4xx use the quota, 5xx do not. A refused list costs its items, and never nothing. */
function costOf(unit: QuotaUnit, items: number, outcome: Apply | Refusal): number {
	const isRefused = outcome instanceof Refusal;
	if (isRefused && outcome.status >= 500) return 0;
	if (unit === 'requests') return 1;
	return isRefused ? Math.max(1, items) : items;
}

function overQuota({ path, quota }: OperationContract, limit: number, entity: string): Refusal {
	const period = quota.windowMs === 60_000 ? '1 minute' : '1 hour';
	return new Refusal(
		420,
		`Hit rate limit of ${limit} requests per ${period} for resource /v2${path}.json for ${entity}`,
	);
}

function refusedAnswer(refusal: Refusal): Answer {
	return { status: refusal.status, body: refusal.envelope() };
}

function firstErrorOf(body: object): string | undefined {
	return (body as { errors?: Array<{ message: string }> }).errors?.[0]?.message;
}

function toReply({ status, body, allowance }: Answer, now: number): MarketReply {
	const headers: Record<string, string> = {
		'content-type': 'application/json;charset=UTF-8',
		date: new Date(now).toUTCString(),
		traceparent: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`,
	};
	if (allowance !== undefined) {
		headers['x-ratelimit-resource-limit'] = String(allowance.limit);
		headers['x-ratelimit-resource-remaining'] = String(allowance.remaining);
		headers['x-ratelimit-resource-until'] = new Date(allowance.until).toUTCString();
	}
	return { status, headers, body: JSON.stringify(body) };
}
