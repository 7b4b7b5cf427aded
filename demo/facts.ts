import type { BalanceRow } from './balances';
import { difficultiesOf } from './difficulties';
import type { MarketReader, MethodStatistics } from './market';
import type { Execution } from '../lab/n8n/execution';
import type { StepFacts } from './checks';
import type { Facts } from './report';

/** A step of a flow. */
export interface Step {
	/** Such as "Hidden". */
	done: string;
	/** Its name on the canvas. */
	node: string;
	/** The Market's method that it calls. */
	method: string;
}

const STEPS: readonly Step[] = [
	{ done: 'Hidden', node: 'Hide Offers', method: 'addHiddenOffers' },
	{ done: 'Updated', node: 'Update Stocks', method: 'updateStocks' },
	{ done: 'Shown again', node: 'Unhide Offers', method: 'deleteHiddenOffers' },
];

/** Where the facts come from. */
export interface Sources {
	rows: readonly BalanceRow[];
	execution: Execution;
	market: MarketReader;
	campaignId: number;
	/** Whether the Market was made to fail. */
	faults: boolean;
	/** Path of n8n's log. */
	log: string;
}

/** Combines what n8n says it did with what the Market says it holds. */
export async function gatherFacts({
	rows,
	execution,
	market,
	campaignId,
	faults,
	log,
}: Sources): Promise<Facts> {
	const statistics = await market.statistics();
	const calls = await market.calls();
	const steps = STEPS.map((step) => stepFacts(step, execution, statistics));
	const methods = STEPS.map(({ method }) => method);
	const difficulties = faults ? difficultiesOf(calls, methods) : undefined;
	const held = {
		balances: await market.balances(campaignId),
		hidden: await market.hidden(campaignId),
	};
	return { rows, execution, steps, difficulties, market: held, log };
}

/** What became of one step of a flow. */
export function stepFacts(
	{ done, node, method }: Step,
	execution: Execution,
	statistics: Record<string, MethodStatistics>,
): StepFacts {
	const result = execution.nodes.get(node);
	return {
		done,
		accepted:
			result?.items.filter(({ status }) => status === 'accepted' || status === 'confirmed')
				.length ?? 0,
		requests: statistics[method]?.requests ?? 0,
		seconds: result?.seconds,
		error: result?.error,
	};
}
