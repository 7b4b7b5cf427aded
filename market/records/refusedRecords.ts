import type { Refusal } from '../common/refusal';
import { withoutRecords, type Plan, type TargetPlan } from './plan';

/** Records of one plan that must not be sent. */
export interface RefusedRecords<R> {
	plan: TargetPlan<R>;
	/** Why not, by their positions in the plan. */
	refusals: ReadonlyMap<number, Refusal>;
	/** Whether a guard holds them back: other targets that hold the same number must know of it. */
	isHeldBack?: boolean;
}

/** All records of a plan, refused for the same reason. */
export function allRefused<R>(plan: TargetPlan<R>, refusal: Refusal): RefusedRecords<R> {
	return { plan, refusals: new Map(plan.records.map((_, position) => [position, refusal])) };
}

/** The plan without the records that are refused in it. */
export function restOf<R>({ plan, refusals }: RefusedRecords<R>): TargetPlan<R> {
	return withoutRecords(plan, new Set(refusals.keys()));
}

/** What the items say, with what guards hold back among the refused. */
export function saidWith<R extends { sku: string }>(
	said: Plan<R>,
	refused: ReadonlyArray<RefusedRecords<R>>,
): Plan<R> {
	const all = new Map(said.refused);
	for (const { plan, refusals, isHeldBack } of refused) {
		if (!isHeldBack) continue;
		const { targetId } = plan;
		for (const [position, refusal] of refusals) {
			const sku = plan.records[position]?.sku;
			all.set(plan.items[position] as number, { sku, targetId, refusal });
		}
	}
	return { ...said, refused: all };
}
