import { listed, recogniseId } from '../../../market/checks/recogniseId';

const known = {
	campaigns: [
		{ id: 21, domain: 'fbs.example', business: { id: 1001, name: 'Cabinet' } },
		{ id: 22, business: { id: 1001, name: 'Cabinet' } },
	],
	warehouses: [
		{ id: 51, name: 'Main', campaignId: 21, groupInfo: { id: 61, name: 'Moscow' } },
		{ id: 52, campaignId: 22 },
	],
};

it.each([
	['1001', 'business', 'is a business ID (Cabinet); the campaign IDs of its stores are 21, 22'],
	[
		'21',
		'campaign',
		'is a campaign ID, that of store fbs.example, business ID 1001, warehouse ID 51',
	],
	['22', 'campaign', 'is a campaign ID, that of store 22, business ID 1001, warehouse ID 52'],
	['51', 'warehouse', 'is a warehouse ID, that of Main in the group Moscow, campaign ID 21'],
	['52', 'warehouse', 'is a warehouse ID, that of 52, campaign ID 22'],
	['61', 'group', 'is the ID of a warehouse group, that of the warehouses 51'],
])('%s is of the kind %s: %s', (id, kind, words) => {
	expect(recogniseId(id, known)).toEqual({ kind, words });
});

it('An ID of nothing known is not recognised', () => {
	expect(recogniseId('7', known)).toBeUndefined();
});

it('Nothing is recognised if nothing is known', () => {
	expect(recogniseId('21', { campaigns: [], warehouses: [] })).toBeUndefined();
});

it('A message lists the first of many IDs', () => {
	expect(listed([1, 2, 3, 4, 5, 6, 7].map((id) => ({ id })))).toBe('1, 2, 3, 4, 5 and 2 more');
});
