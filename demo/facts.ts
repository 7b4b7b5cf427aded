import type { BalanceRow } from './balances';
import { difficultiesOf } from './difficulties';
import type { MarketReader } from './market';
import type { Execution } from './n8n/execution';
import type { Facts, StepFacts } from './report';

/** The steps of the flow by their names on the canvas, with the Market's method that each one calls. */
const STEPS = [
	{ done: 'Hidden', node: 'Hide Offers', method: 'addHiddenOffers' },
	{ done: 'Updated', node: 'Update Stocks', method: 'updateStocks' },
	{ done: 'Shown again', node: 'Unhide Offers', method: 'deleteHiddenOffers' },
];

/** Where the facts come from. */
export interface Sources {
	rows: readonly BalanceRow[];
	execution: Execution;
	market: MarketReader;
	/** Whether the Market was made to fail. */
	faults: boolean;
	/** Path of n8n's log. */
	log: string;
}

/** Puts together what n8n says it did and what the Market says it holds. */
export async function gatherFacts({ rows, execution, market, faults, log }: Sources): Promise<Facts> {
	const statistics = await market.statistics();
	const calls = await market.calls();
	const steps = STEPS.map(({ done, node, method }): StepFacts => {
		const result = execution.nodes.get(node);
		return {
			done,
			accepted: result?.items.filter(({ status }) => status === 'accepted').length ?? 0,
			requests: statistics[method]?.requests ?? 0,
			seconds: result?.seconds,
			error: result?.error,
		};
	});
	const methods = STEPS.map(({ method }) => method);
	const difficulties = faults ? difficultiesOf(calls, methods) : undefined;
	const held = { balances: await market.balances(), hidden: await market.hidden() };
	return { rows, execution, steps, difficulties, market: held, log };
}
