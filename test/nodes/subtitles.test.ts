import type { INode, INodeParameters, INodeType } from 'n8n-workflow';

import { HideOffers } from '../../nodes/HideOffers/HideOffers.node';
import { UnhideOffers } from '../../nodes/UnhideOffers/UnhideOffers.node';
import { UpdateStocks } from '../../nodes/UpdateStocks/UpdateStocks.node';
import { workflowWith } from '../support/engine';

/** What the editor gives for a subtitle that has no value. */
const NONE = 'none';

/** The line under a node on the canvas, computed as n8n's editor does in getNodeSubtitle of its useNodeHelpers. */
async function subtitleOf(node: INodeType, parameters: INodeParameters): Promise<unknown> {
	const onCanvas: INode = {
		id: '1',
		name: 'Node',
		type: 'test.node',
		typeVersion: 1,
		position: [0, 0],
		parameters,
	};
	const { expression } = workflowWith([onCanvas], {}, { 'test.node': node });
	await expression.acquireIsolate?.();
	const { subtitle } = node.description;
	return expression.getSimpleParameterValue(onCanvas, subtitle, 'internal', {}, undefined, NONE);
}

const fromList = (value: string, cachedResultName: string) => ({
	__rl: true,
	mode: 'list',
	value,
	cachedResultName,
});
const byId = (value: string) => ({ __rl: true, mode: 'id', value });

describe.each([new UpdateStocks(), new HideOffers(), new UnhideOffers()])(
	'Under the node on the canvas: %#',
	(node) => {
		it('the store by its name in the list', async () => {
			const store = fromList('21000001', 'my.shop (FBS, 21000001)');
			expect(await subtitleOf(node, { sendTo: 'store', store })).toBe('my.shop (FBS, 21000001)');
		});

		it('its ID if that was typed', async () => {
			expect(await subtitleOf(node, { sendTo: 'store', store: byId('21000001') })).toBe('21000001');
		});

		it('nothing if none is chosen yet', async () => {
			expect(await subtitleOf(node, { sendTo: 'store', store: fromList('', '') })).toBe('');
		});
	},
);

it.each([
	[fromList('1003', 'My Cabinet (1003)'), 'My Cabinet (1003)'],
	[byId('1003'), '1003'],
])('Update Stocks to a warehouse: the business %j', async (business, expected) => {
	const store = fromList('21000001', 'my.shop (FBS, 21000001)');
	const parameters = { sendTo: 'warehouse', store, business };
	expect(await subtitleOf(new UpdateStocks(), parameters)).toBe(expected);
});
