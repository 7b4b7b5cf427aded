import type { StockRecord } from '../../market/records/stockRecord';
import type { Refusal } from '../../market/common/refusal';
import { restOf, type RefusedRecords } from '../../market/records/refusedRecords';
import type { SendJob } from '../common/write/job';
import type { Prepared, ReadyTarget } from '../common/write/prepared';

/**
 * A target without the refused records. What is left is guarded again, because it may be all zeros. What the guard then
 * holds back is not sent through other stores either, so those are looked at again.
 */
export async function judgedAgain<R extends StockRecord, T extends ReadyTarget<R>>(
	target: T,
	refusals: ReadonlyMap<number, Refusal> | undefined,
	job: Pick<SendJob<R>, 'guard'>,
): Promise<Prepared<R, T>> {
	if (!refusals) return { ready: [target], refused: [], warnings: [] };
	const { ready, refused } = await guarded(target, { plan: target.plan, refusals }, job);
	return { ready: [ready], refused, warnings: [] };
}

/**
 * A target without the refused records, as far as the job's guard lets it through together with what is added to it. To
 * a target that is left with no record of the input, nothing is added.
 */
export async function guarded<R extends StockRecord, T extends ReadyTarget<R>>(
	target: T,
	refused: RefusedRecords<R>,
	{ guard }: Pick<SendJob<R>, 'guard'>,
): Promise<{ ready: T; refused: Array<RefusedRecords<R>> }> {
	const plan = restOf(refused);
	const own = plan.records.length;
	const added = own === 0 ? [] : (target.added ?? []);
	if (refused.refusals.size === 0 && added.length === 0) return { ready: target, refused: [] };
	const records = plan.records.concat(added.map(({ record }) => record));
	const refusals = (await guard?.({ ...plan, records })) ?? new Map<number, Refusal>();
	const ofPlan = new Map([...refusals].filter(([position]) => position < own));
	const heldBack = { plan, refusals: ofPlan, isHeldBack: true };
	const rest = added.filter((_, position) => !refusals.has(own + position));
	return {
		ready: { ...target, plan: restOf(heldBack), added: rest },
		refused: [refused, heldBack],
	};
}
