import type { Refusal } from '../refusal';
import type { StockRecord } from './stockRecord';

/**
 * Refuses a run in which too many balances are zero: a partial export would take a whole shop off sale.
 *
 * @param mostPercent the largest share of zeros that is let through, 0 to 100
 */
export function refuseZeros(records: readonly StockRecord[], mostPercent: number): Refusal | undefined {
	const total = records.length;
	const zeros = records.filter(({ count }) => count === 0).length;
	if (zeros * 100 <= total * mostPercent) return undefined;
	return {
		reason: `Not sent: ${zeros} of ${total} balances are zero, more than the ${mostPercent} % that Zero Guard allows`,
		advice: 'Check that the source is complete: a partial export takes goods off sale. If it is right, raise Zero Guard.',
	};
}
