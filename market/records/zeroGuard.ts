import type { Each } from '../common/each';
import type { Refusal } from '../common/refusal';
import type { StockRecord } from './stockRecord';

/** The balances of one store or warehouse. */
interface Tally {
	zeros: number;
	total: number;
	/** How many of the zeros are there although there are units, by the rule that made them. */
	byRule: Map<string, number>;
}

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
	const tallies = new Map<string, Tally>();
	await each(records, (record) => {
		const place = placeOf(record);
		const tally = tallies.get(place) ?? { zeros: 0, total: 0, byRule: new Map<string, number>() };
		tally.total += 1;
		if (record.count === 0) tally.zeros += 1;
		if (record.zeroedBy !== undefined)
			tally.byRule.set(record.zeroedBy, (tally.byRule.get(record.zeroedBy) ?? 0) + 1);
		tallies.set(place, tally);
	});
	const refusals = new Map<string, Refusal>();
	for (const [place, tally] of tallies) {
		if (tally.zeros * 100 > tally.total * mostPercent)
			refusals.set(place, tooManyZeros(place, tally, mostPercent));
	}
	const refused = new Map<number, Refusal>();
	if (refusals.size === 0) return refused;
	await each(records, (record, position) => {
		const refusal = refusals.get(placeOf(record));
		if (refusal) refused.set(position, refusal);
	});
	return refused;
}

function tooManyZeros(
	place: string,
	{ zeros, total, byRule }: Tally,
	mostPercent: number,
): Refusal {
	const reason = `${place}: ${zeros} of ${total} balances are zero, more than the ${mostPercent} % that Zero Guard allows`;
	const none = 'None of them was sent.';
	const source = 'the source is complete: a partial export takes goods off sale';
	if (byRule.size === 0)
		return {
			reason,
			advice: `${none} Check that ${source}. If it is right, raise Zero Guard.`,
		};
	const rules = Array.from(byRule, ([rule, count]) => `${rule} ${count}`).join(', ');
	return {
		reason: `${reason}; of these zeros, rules made: ${rules}`,
		advice: `${none} Check these rules, and that ${source}. If all is right, raise Zero Guard.`,
	};
}
