import type { TargetPlan } from '../../market/records/plan';
import type { StockRecord } from '../../market/records/stockRecord';
import type { Refusal } from '../../market/common/refusal';
import type { WriteRun } from '../common/write/job';
import { takeOutSaid } from '../common/write/run';

/**
 * The plan without what is refused. What is left is guarded anew: it may be zeros only. What the guard holds back then is
 * not sent through other stores either, so that these are looked at once more.
 */
export async function judgedAgain(
	plan: TargetPlan<StockRecord>,
	conflicts: ReadonlyMap<number, Refusal> | undefined,
	run: WriteRun<StockRecord>,
): Promise<TargetPlan<StockRecord>> {
	if (!conflicts) return plan;
	const rest = run.book.takeOut(plan, conflicts);
	return takeOutSaid(rest, (await run.job.guard?.(rest)) ?? new Map(), run);
}
