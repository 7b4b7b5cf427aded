import { tokenAccess } from '../../../market/contract/tokenAccess';

describe('what a token serves', () => {
	it.each([['all-methods'], ['offers-and-cards-management', 'inventory-and-order-processing']])(
		'everything: %s',
		(...groups) => {
			const { serves, summary, advice } = tokenAccess(groups);
			expect(Object.values(serves)).toEqual(Array(6).fill(true));
			expect(summary).toBe('The token serves all nodes of this package');
			expect(advice).toBe('Nothing is missing.');
		},
	);

	it('reading only: says which group is to be added for writing', () => {
		const { serves, summary, advice } = tokenAccess(['all-methods:read-only']);
		expect(serves).toEqual({
			updateStocks: false,
			hideAndUnhideOffers: false,
			readOffersAndStocks: true,
			readWarehouses: true,
			switchSales: false,
			readStores: true,
		});
		expect(summary).toMatch(
			/it does not serve Update Stocks, Hide Offers and Unhide Offers, switch/,
		);
		expect(advice).toMatch(
			/\(API and modules\) the access group offers-and-cards-management for Update Stocks, Hide/,
		);
	});

	it('stocks without warehouses, and the other way round', () => {
		expect(tokenAccess(['offers-and-cards-management']).advice).toContain(
			'the access group inventory-and-order-processing:read-only for lists of warehouses and their groups;',
		);
		expect(tokenAccess(['inventory-and-order-processing']).advice).toContain(
			'the access group offers-and-cards-management for Update Stocks, Hide Offers and Unhide Offers, reading stocks',
		);
	});

	it('all but switching the sales of a warehouse, which takes the right to write', () => {
		const { serves, summary, advice } = tokenAccess([
			'offers-and-cards-management',
			'inventory-and-order-processing:read-only',
		]);
		const closed = Object.entries(serves).filter(([, is]) => !is);
		expect(closed).toEqual([['switchSales', false]]);
		expect(summary).toMatch(/it does not serve switching the sales of a warehouse on and off$/);
		expect(advice).toContain(
			'the access group inventory-and-order-processing for switching the sales of a warehouse',
		);
	});

	it('nothing but the lists of stores, which every group opens', () => {
		const { serves, summary } = tokenAccess(['pricing:read-only']);
		expect(Object.entries(serves).filter(([, is]) => is)).toEqual([['readStores', true]]);
		expect(summary).toMatch(/^The token serves lists of stores; it does not serve Update Stocks/);
	});

	it('nothing at all, and groups that are not known yet', () => {
		for (const groups of [[], ['something-new']]) {
			expect(tokenAccess(groups).summary).toBe('The token serves no node of this package');
		}
	});
});
