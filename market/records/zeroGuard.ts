import type { Each } from '../common/each';
import type { Refusal } from '../common/refusal';
import type { StockRecord } from './stockRecord';

/**
 * Refuses the balances of each store or warehouse in which too many are zero: a partial export would take it off
 * sale. Each is judged by itself: in one run, the others would dilute its share.
 *
 * @param mostPercent the largest share of zeros that is allowed, 0 to 100
 * @param placeOf the store or warehouse of a balance, as messages name it
 * @returns why a balance must not be sent, by its position; empty if all may be sent
 */
export async function refuseZeros<R extends StockRecord>(
	records: readonly R[],
	mostPercent: number,
	placeOf: (record: R) => string,
	each: Each,
): Promise<Map<number, Refusal>> {
	const tallies = new Map<string, { zeros: number; total: number }>();
	await each(records, (record) => {
		const place = placeOf(record);
		const tally = tallies.get(place) ?? { zeros: 0, total: 0 };
		tally.total += 1;
		if (record.count === 0) tally.zeros += 1;
		tallies.set(place, tally);
	});
	const refusals = new Map<string, Refusal>();
	for (const [place, { zeros, total }] of tallies) {
		if (zeros * 100 <= total * mostPercent) continue;
		refusals.set(place, {
			reason: `${place}: ${zeros} of ${total} balances are zero, more than the ${mostPercent} % that Zero Guard allows`,
			advice:
				'None of them was sent. Check that the source is complete: a partial export takes goods off sale. If it is ' +
				'right, raise Zero Guard.',
		});
	}
	const refused = new Map<number, Refusal>();
	if (refusals.size === 0) return refused;
	await each(records, (record, position) => {
		const refusal = refusals.get(placeOf(record));
		if (refusal) refused.set(position, refusal);
	});
	return refused;
}
