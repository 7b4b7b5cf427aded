import type { OperationName } from '../contract';
import type { FaultKind } from '../faults/rules';

/** What the Market remembers about one call. Holds no token. */
export interface Call {
	id: number;
	/** When it came, in milliseconds of the Market's clock. */
	at: number;
	/** When its reply left. */
	finishedAt: number;
	verb: string;
	/** Without the query. */
	path: string;
	/** Absent if the path or the verb is unknown. */
	operation?: OperationName;
	campaignId?: number;
	businessId?: number;
	caller: string;
	/** Value of `X-Market-Integration`. */
	integration?: string;
	/** Value of `X-Business-Id`. */
	businessHeader?: string;
	/** Items in the request's list, or in the reply's. */
	items: number;
	/** Status of the reply; 0 if the connection was dropped. */
	status: number;
	/** Whether the Market did what was asked, whatever reply arrived. */
	applied: boolean;
	/** The fault that was injected. */
	fault?: FaultKind;
	/** The first error's message. */
	error?: string;
}

/** What happened to one method so far. */
export interface OperationStatistics {
	requests: number;
	/** Items of the calls that the Market carried out, whatever reply arrived. */
	items: number;
	/** Number of replies by status. */
	statuses: Record<number, number>;
	/** Number of calls struck by each kind of fault. */
	faults: Partial<Record<FaultKind, number>>;
}

/** The latest calls, and counts of all of them. */
export class Calls {
	private latest: Call[] = [];
	private operations = new Map<OperationName, OperationStatistics>();
	private nextId = 1;

	/** @param kept how many calls are remembered; the counts cover all. */
	constructor(private readonly kept: number) {}

	/** Gives a call its number and remembers it. */
	add(call: Omit<Call, 'id'>): Call {
		const numbered = { id: this.nextId, ...call };
		this.nextId += 1;
		this.latest.push(numbered);
		// Dropping half at a time keeps the cost of a call constant.
		if (this.latest.length > 2 * this.kept) this.latest = this.latest.slice(-this.kept);
		if (call.operation !== undefined) this.count(call.operation, call);
		return numbered;
	}

	/** The latest calls in the order in which they were answered. */
	list(): Call[] {
		return this.latest.slice(-this.kept);
	}

	/** The methods that were called. */
	statistics(): Partial<Record<OperationName, OperationStatistics>> {
		return Object.fromEntries(this.operations);
	}

	clear(): void {
		this.latest = [];
		this.operations.clear();
	}

	private count(
		operation: OperationName,
		{ applied, fault, items, status }: Omit<Call, 'id'>,
	): void {
		const before = this.operations.get(operation) ?? {
			requests: 0,
			items: 0,
			statuses: {},
			faults: {},
		};
		const faults =
			fault === undefined
				? before.faults
				: { ...before.faults, [fault]: (before.faults[fault] ?? 0) + 1 };
		this.operations.set(operation, {
			requests: before.requests + 1,
			items: before.items + (applied ? items : 0),
			statuses: { ...before.statuses, [status]: (before.statuses[status] ?? 0) + 1 },
			faults,
		});
	}
}
