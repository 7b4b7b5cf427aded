import type { Clock } from '../clock';
import type { QuotaUnit } from '../contract';
import { effectOf } from '../faults/effects';
import type { FaultPlan } from '../faults/plan';
import type { Switches } from '../switches';
import { firstErrorOf, refusedAnswer, toReply, type Answer } from './answer';
import { checkScopes, type Caller, type Callers } from './callers';
import type { Call, Calls } from './calls';
import { headerOf, type MarketReply, type MarketRequest } from './http';
import { operations } from './operations';
import type { Apply } from './operations/operation';
import { tooManyAtOnce, type Parallel } from './parallel';
import { overQuota, type Account, type Quotas } from './quotas';
import { Refusal } from './refusal';
import type { MarketState } from './state';
import { findTarget, type Target } from './target';

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
	faults: FaultPlan;
}

/** Takes calls one by one through limits, faults, rights and rules to a reply. */
export class Reception {
	constructor(
		private readonly market: Surroundings,
		private readonly answered: (call: Call) => void,
	) {}

	/** @throws ConnectionDropped if a fault cuts the connection. */
	async handle(request: MarketRequest): Promise<MarketReply> {
		const { state } = this.market;
		const { path, query } = splitPath(request.path);
		const visit: Visit = {
			at: state.now(),
			verb: request.method,
			path,
			caller: 'unknown',
			integration: headerOf(request, 'x-market-integration'),
			businessHeader: headerOf(request, 'x-business-id'),
			items: 0,
			applied: false,
		};
		try {
			const answer = await this.answer(request, query, visit);
			const reply = toReply(answer, state.now());
			const arriving = effectOf(visit.fault).spoil?.(reply) ?? reply;
			this.remember(visit, arriving.status, firstErrorOf(answer));
			return arriving;
		} catch (error) {
			this.remember(visit, 0, (error as Error).message);
			throw error;
		}
	}

	/** Finds out what is called and by whom, and admits as many calls at once as the Market does. */
	private async answer(
		request: MarketRequest,
		query: URLSearchParams,
		visit: Visit,
	): Promise<Answer> {
		const { callers, clock, faults, parallel, quotas, state, switches } = this.market;
		const target = attempt(() => findTarget(visit.verb, visit.path));
		if (target instanceof Refusal) return refusedAnswer(target);
		visit.operation = target.operation;
		if (target.campaignId !== undefined) visit.campaignId = Number(target.campaignId);
		if (target.businessId !== undefined) visit.businessId = Number(target.businessId);

		const caller = attempt(() => callers.identify(request));
		if (!(caller instanceof Refusal)) visit.caller = caller.label;
		const account = this.accountOf(target, caller);
		if (!parallel.enter(account)) {
			quotas.countTooMany(account, state.now());
			return refusedAnswer(tooManyAtOnce(account));
		}
		try {
			const fault = faults.strike(target.operation);
			visit.fault = fault?.kind;
			const latencyMs = switches.latencyMs + (fault?.ms ?? 0);
			if (latencyMs > 0) await clock.sleep(latencyMs);
			return this.serve(account, visit, () => this.prepare(request, query, target, caller, visit));
		} finally {
			parallel.leave(account);
		}
	}

	/** Whose quota a call uses. An OAuth user gets a subscription's amounts only by naming the business. */
	private accountOf(target: Target, caller: Caller | Refusal): Account {
		const { operation, contract } = target;
		const isOfBusiness =
			!(caller instanceof Refusal) &&
			(caller.apiKey !== undefined || caller.businessHeader !== undefined);
		const isMedium = isOfBusiness && this.market.switches.subscription === 'MEDIUM';
		return { operation, contract, entity: entityOf(target, caller), isMedium };
	}

	/** Checks rights and rules; nothing changes before the returned function is called. */
	private prepare(
		request: MarketRequest,
		query: URLSearchParams,
		{ contract, operation, campaignId, businessId }: Target,
		caller: Caller | Refusal,
		visit: Visit,
	): Apply {
		const { state } = this.market;
		if (caller instanceof Refusal) throw caller;
		checkScopes(caller, contract.scopes);
		const countItems = (items: number) => {
			visit.items = items;
		};
		return operations[operation]({
			request,
			contract,
			query,
			caller,
			campaignId,
			businessId,
			countItems,
			state,
		});
	}

	/** Takes the cost out of the quota, and only then does what was asked; a fault may come before or in between. */
	private serve(account: Account, visit: Visit, prepare: () => Apply): Answer {
		const { quotas, state } = this.market;
		const now = state.now();
		const { instead, undone } = effectOf(visit.fault);
		if (instead !== undefined) return instead(account, quotas.allowance(account, now));
		const apply = attempt(prepare);
		const isTaken = quotas.take(
			account,
			costOf(account.contract.quota.unit, visit.items, apply),
			now,
		);
		const allowance = quotas.allowance(account, now);
		if (!isTaken) return refusedAnswer(overQuota(account, allowance), allowance);
		if (apply instanceof Refusal) return refusedAnswer(apply, allowance);
		visit.applied = undone === undefined;
		return { status: 200, body: undone ?? apply(), allowance };
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
	return {
		path: pathWithQuery.slice(0, mark),
		query: new URLSearchParams(pathWithQuery.slice(mark + 1)),
	};
}

/** Whose limits a call uses: those of the store or the business in the path, else the caller's. */
function entityOf({ campaignId, businessId }: Target, caller: Caller | Refusal): string {
	if (campaignId !== undefined) return `campaignId ${campaignId}`;
	if (businessId !== undefined) return `businessId ${businessId}`;
	return caller instanceof Refusal ? 'unknown caller' : caller.entity;
}

/** A refused list costs as much as its items, but never nothing. */
function costOf(unit: QuotaUnit, items: number, outcome: Apply | Refusal): number {
	if (unit === 'requests') return 1;
	return outcome instanceof Refusal ? Math.max(1, items) : items;
}
