import type { Subscription } from '../../../market/contract/apiMethods';
import type { OwnWarehouses } from '../../../market/read/ownWarehouses';
import type { MarketId } from '../../../market/records/ids';
import type { TargetPlan } from '../../../market/records/plan';
import type { Refusal } from '../../../market/common/refusal';
import type { RefusedRecords } from '../../../market/records/refusedRecords';
import type { AddedItem } from '../output/fates';

/** A store or business that may be sent to. */
export interface ReadyTarget<R> {
	plan: TargetPlan<R>;
	subscription: Subscription;
	/** The business that owns a store, if the Market names it. */
	businessId?: MarketId;
	/** The warehouses that hold a store's number, if the Market lists them. */
	ownWarehouses?: OwnWarehouses;
	/** What is sent beside the plan. */
	added?: ReadonlyArray<AddedRecord<R>>;
}

/** A record that no input item gives. */
export interface AddedRecord<R> extends AddedItem {
	record: R;
}

/** Something that was asked for, but not about an input item, and cannot be done. */
export interface Undone extends AddedItem {
	refusal: Refusal;
}

/** What was learnt about the targets before anything is sent. */
export interface Prepared<R, T extends ReadyTarget<R> = ReadyTarget<R>> {
	/** What may be sent. */
	ready: T[];
	/** What must not be sent, and why. */
	refused: Array<RefusedRecords<R>>;
	/** What the user should know about the targets. */
	warnings: string[];
	/** What else cannot be done, and why. */
	undone?: Undone[];
}

/** What was learnt about several targets one by one, taken together. */
export function allPrepared<R, T extends ReadyTarget<R>>(
	parts: ReadonlyArray<Prepared<R, T>>,
): Prepared<R, T> {
	return {
		ready: parts.flatMap(({ ready }) => ready),
		refused: parts.flatMap(({ refused }) => refused),
		warnings: parts.flatMap(({ warnings }) => warnings),
		undone: parts.flatMap(({ undone = [] }) => undone),
	};
}
