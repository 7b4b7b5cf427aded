import type { PlanRules } from '../../../market/records/plan';
import { resolveDuplicates } from '../../../market/records/duplicates';
import type { StockRow } from '../../../market/records/stockRecord';
import type { StockOptions } from './stockOptions';

/** What becomes of several rows of one SKU, as the options say. */
export function mergeRules<S extends StockRow>({
	duplicateSkus,
}: StockOptions): Pick<PlanRules<S, never>, 'merge' | 'needsAllRows'> {
	return {
		needsAllRows: duplicateSkus === 'sum',
		merge: (rows) => resolveDuplicates(rows, duplicateSkus),
	};
}
