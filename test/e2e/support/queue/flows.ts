import type { Workflow } from '../../../../lab/n8n/workflow';
import { marketNode, node, webhookChain, type MarketNodeOptions } from '../flow';
import type { QueueBed } from './queueBed';

/** A flow that sends the balances that a request brings as `rows`. Its webhook has the flow's name. */
export function pushedBalances(
	{ apiKey }: QueueBed,
	path: string,
	options: MarketNodeOptions = {},
): Workflow {
	const rows = node('Rows', 'n8n-nodes-base.splitOut', 1, {
		fieldToSplitOut: 'body.rows',
		options: {},
	});
	return webhookChain(path, rows, marketNode('updateStocks', apiKey, options));
}

/** A flow that fetches balances from the address that a request brings as `source`, and sends them. */
export function fetchedBalances(
	{ apiKey }: QueueBed,
	path: string,
	options: MarketNodeOptions = {},
): Workflow {
	const fetch = node('Fetch', 'n8n-nodes-base.httpRequest', 4.2, {
		url: '={{ $json.body.source }}',
		options: {},
	});
	return webhookChain(path, fetch, marketNode('updateStocks', apiKey, options));
}

/** A flow that n8n starts when another one fails. */
export function alarm(name: string): Workflow {
	const trigger = node('Error Trigger', 'n8n-nodes-base.errorTrigger', 1);
	return { name, nodes: [trigger], connections: {}, settings: { executionOrder: 'v1' } };
}
