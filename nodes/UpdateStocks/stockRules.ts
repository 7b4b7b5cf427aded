import type { PlanRules } from '../../market/plan';
import { resolveDuplicates } from '../../market/records/duplicates';
import { shownRecord, type StockRecord } from '../../market/records/stockRecord';
import { refuseZeros } from '../../market/records/zeroGuard';
import type { Refusal } from '../../market/refusal';
import type { StockOptions } from './options';

/** What becomes of balances before they are sent: the same for both ways. */
interface StockRules<R extends StockRecord> extends PlanRules<R> {
	refuseRun?(records: readonly R[]): Refusal | undefined;
}

/** The rules that the options make. */
export function stockRules<R extends StockRecord>(options: StockOptions): StockRules<R> {
	const { duplicateSkus, zeroGuard } = options;
	return {
		refuseRun: zeroGuard === undefined ? undefined : (records) => refuseZeros(records, zeroGuard),
		merge: (rows) => resolveDuplicates(rows, duplicateSkus),
		finish: shownRecord,
	};
}
