import type { StockRecord } from '../../market/records/stockRecord';
import type { Refusal } from '../../market/common/refusal';
import { restOf } from '../../market/records/refusedRecords';
import type { SendJob } from '../common/write/job';
import type { Prepared, ReadyTarget } from '../common/write/prepared';

/**
 * A store without the refused records. What is left is guarded again, because it may be all zeros. What the guard then
 * holds back is not sent through other stores either, so those are looked at again.
 */
export async function judgedAgain<T extends ReadyTarget<StockRecord>>(
	store: T,
	conflicts: ReadonlyMap<number, Refusal> | undefined,
	{ guard }: Pick<SendJob<StockRecord>, 'guard'>,
): Promise<Prepared<StockRecord, T>> {
	if (!conflicts) return { ready: [store], refused: [], warnings: [] };
	const refused = { plan: store.plan, refusals: conflicts };
	const plan = restOf(refused);
	const heldBack = { plan, refusals: (await guard?.(plan)) ?? new Map(), isHeldBack: true };
	return {
		ready: [{ ...store, plan: restOf(heldBack) }],
		refused: [refused, heldBack],
		warnings: [],
	};
}
