import type { PlanRules, TargetPlan } from '../../market/records/plan';
import { resolveDuplicates } from '../../market/records/duplicates';
import type { StockRecord, StockRow } from '../../market/records/stockRecord';
import { refuseZeros } from '../../market/records/zeroGuard';
import type { Refusal } from '../../market/common/refusal';
import { inTurns } from '../common/engine/turns';
import type { StockOptions } from './options';

/** What becomes of balances before they are sent: the same for both ways. */
interface StockRules<S extends StockRow, R extends StockRecord> extends Pick<
	PlanRules<S, R>,
	'merge' | 'needsAllRows'
> {
	guard?(plan: TargetPlan<R>): Promise<Map<number, Refusal>>;
}

/**
 * The rules that the options make.
 *
 * @param placeOf the store or warehouse of a record, as messages name it: Zero Guard judges each one separately
 */
export function stockRules<S extends StockRow, R extends StockRecord>(
	{ duplicateSkus, zeroGuard }: StockOptions,
	placeOf: (record: R, targetId: string) => string,
): StockRules<S, R> {
	return {
		guard:
			zeroGuard === undefined
				? undefined
				: async ({ targetId, records }) =>
						await refuseZeros(records, zeroGuard, (record) => placeOf(record, targetId), inTurns),
		needsAllRows: duplicateSkus === 'sum',
		merge: (rows) => resolveDuplicates(rows, duplicateSkus),
	};
}
