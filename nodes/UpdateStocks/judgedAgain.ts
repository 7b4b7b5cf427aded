import type { StockRecord } from '../../market/records/stockRecord';
import type { Refusal } from '../../market/common/refusal';
import { restOf } from '../../market/records/refusedRecords';
import type { SendJob } from '../common/write/job';
import type { Prepared, ReadyTarget } from '../common/write/prepared';

/**
 * A target without the refused records. What is left is guarded again, because it may be all zeros. What the guard then
 * holds back is not sent through other stores either, so those are looked at again.
 */
export async function judgedAgain<R extends StockRecord, T extends ReadyTarget<R>>(
	target: T,
	refusals: ReadonlyMap<number, Refusal> | undefined,
	{ guard }: Pick<SendJob<R>, 'guard'>,
): Promise<Prepared<R, T>> {
	if (!refusals) return { ready: [target], refused: [], warnings: [] };
	const refused = { plan: target.plan, refusals };
	const plan = restOf(refused);
	const heldBack = { plan, refusals: (await guard?.(plan)) ?? new Map(), isHeldBack: true };
	return {
		ready: [{ ...target, plan: restOf(heldBack) }],
		refused: [refused, heldBack],
		warnings: [],
	};
}
