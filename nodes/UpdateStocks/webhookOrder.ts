import type { IExecuteFunctions } from 'n8n-workflow';

const WEBHOOK = 'n8n-nodes-base.webhook';

/**
 * Warns about balances that a webhook brings without a moment of their own. n8n may start calls that come within some
 * 100 ms of each other out of order [run on n8n 2.41.1], and does not pass on when it received a call: the run that
 * starts last wins, whichever call was newer.
 */
export function unorderedCalls(context: IExecuteFunctions): string[] {
	const parents = context.getParentNodes(context.getNode().name);
	const webhook = parents.find(({ type, disabled }) => type === WEBHOOK && !disabled);
	if (!webhook) return [];
	return [
		`"${webhook.name}" feeds this node, and Updated At is not mapped: n8n may start two calls that come close together in the ` +
			'wrong order, and then the older balance stays. Let the caller send the moment at which the balance was true, and ' +
			'add the option Updated At Field (or Updated At) for it.',
	];
}
