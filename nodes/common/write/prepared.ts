import type { Subscription } from '../../../market/contract/apiMethods';
import type { OwnWarehouses } from '../../../market/read/ownWarehouses';
import type { MarketId } from '../../../market/records/ids';
import type { TargetPlan } from '../../../market/records/plan';
import type { RefusedRecords } from '../../../market/records/refusedRecords';

/** A store or cabinet that may be sent to. */
export interface ReadyTarget<R> {
	plan: TargetPlan<R>;
	subscription: Subscription;
	/** The business that owns a store, where the Market tells it. */
	businessId?: MarketId;
	/** The warehouses that hold a store's number, where the Market tells them. */
	ownWarehouses?: OwnWarehouses;
}

/** What asking about the targets has shown, before anything is sent. */
export interface Prepared<R, T extends ReadyTarget<R> = ReadyTarget<R>> {
	/** What may be sent. */
	ready: T[];
	/** What must not be sent, and why. */
	refused: Array<RefusedRecords<R>>;
	/** What the user should know of the targets. */
	warnings: string[];
}

/** What asking about several targets, one by one, has shown of all. */
export function together<R, T extends ReadyTarget<R>>(
	parts: ReadonlyArray<Prepared<R, T>>,
): Prepared<R, T> {
	return {
		ready: parts.flatMap(({ ready }) => ready),
		refused: parts.flatMap(({ refused }) => refused),
		warnings: parts.flatMap(({ warnings }) => warnings),
	};
}
