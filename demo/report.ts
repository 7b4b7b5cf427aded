import type { BalanceRow } from './balances';
import {
	checkBalances,
	checkExecution,
	checkSteps,
	failed,
	firstFew,
	number,
	passed,
	verdictOf,
	type Check,
	type FlowFacts,
	type Verdict,
} from './checks';
import type { Difficulties } from './difficulties';

/** Everything known after the run of the flow that checks the integration. */
export interface Facts extends FlowFacts {
	rows: readonly BalanceRow[];
	/** Present if the Market was made to fail. */
	difficulties?: Difficulties;
	/** What the Market holds: units for sale by SKU, and the SKUs that buyers cannot see. */
	market: { balances: ReadonlyMap<string, number>; hidden: readonly string[] };
}

export function judge(facts: Facts): Verdict {
	const { rows, market } = facts;
	const different = rows
		.map(({ sku, count }) => ({ name: sku, count, held: market.balances.get(sku) }))
		.filter(({ count, held }) => held !== count);
	const checks = [
		...checkDifficulties(facts),
		checkExecution(facts),
		checkSteps(facts),
		checkBalances(facts, different),
		checkHidden(facts),
	];
	return verdictOf(facts, checks, 'It works: the Market holds exactly what the file says.');
}

/** A run that met none of them would prove nothing. */
function checkDifficulties({ difficulties }: Facts): Check[] {
	if (!difficulties) return [];
	const { calls, faults, kinds, repeated, refused, waitedSeconds } = difficulties;
	const met = `Faults: ${faults} of ${calls} calls went wrong, in ${kinds} ways; ${repeated} had to be made again`;
	const waited = `Quotas: ${waitedSeconds.toFixed(0)} s waited for the next window; ${refused} calls came too early (420)`;
	return [
		faults > 0 ? passed(met) : failed(met),
		waitedSeconds > 0 ? passed(waited) : failed(waited),
	];
}

function checkHidden({ market: { hidden } }: Facts): Check {
	if (hidden.length === 0) return passed('Market: no goods are hidden');
	return failed(
		`Market: ${number(hidden.length)} goods are still hidden from buyers`,
		firstFew(hidden, (sku) => sku),
	);
}
