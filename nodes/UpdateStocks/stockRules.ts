import type { PlanRules } from '../../market/plan';
import { resolveDuplicates } from '../../market/records/duplicates';
import type { StockRecord, StockRow } from '../../market/records/stockRecord';
import { refuseZeros } from '../../market/records/zeroGuard';
import type { Refusal } from '../../market/refusal';
import type { StockOptions } from './options';

/** What becomes of balances before they are sent: the same for both ways. */
interface StockRules<S extends StockRow, R extends StockRecord> extends Pick<PlanRules<S, R>, 'merge'> {
	refuseRun?(records: readonly R[]): Refusal | undefined;
}

/** The rules that the options make. */
export function stockRules<S extends StockRow, R extends StockRecord>({
	duplicateSkus,
	zeroGuard,
}: StockOptions): StockRules<S, R> {
	return {
		refuseRun: zeroGuard === undefined ? undefined : (records) => refuseZeros(records, zeroGuard),
		merge: (rows) => resolveDuplicates(rows, duplicateSkus),
	};
}
