import type { MarketId } from '../../../market/records/ids';
import { ownStockOf, ownWarehousesOf } from '../../../market/read/ownWarehouses';
import type { ShownStock } from '../../../market/read/stocks';

const group = { id: 61, name: 'Moscow' };

/** Stores 1 and 2 are a group, 3 is alone, 4 has two warehouses. */
const warehouses = [
	{ id: 51, campaignId: 1, groupInfo: group },
	{ id: 52, campaignId: 2, groupInfo: { ...group } },
	{ id: 53, campaignId: 3 },
	{ id: 54, campaignId: 4 },
	{ id: 55, campaignId: 4 },
];

function shownIn(...warehouseIds: number[]): ShownStock[] {
	return warehouseIds.map((warehouseId) => ({
		warehouseId,
		sku: 'A',
		counts: new Map([['AVAILABLE', warehouseId]]),
	}));
}

/** The warehouse whose number is taken for the store's. */
function taken(store: string, shown: readonly ShownStock[]): MarketId | undefined {
	const own = ownWarehousesOf(store, warehouses);
	if (!own) throw new Error(`No list names store ${store}`);
	return ownStockOf(shown, own)?.warehouseId;
}

describe("A store's own number", () => {
	it('is that of its warehouse, whatever is beside it', () => {
		expect(taken('3', shownIn(99, 53, 51))).toBe(53);
		expect(taken('1', shownIn(99, 52, 51))).toBe(51);
	});

	it('is that of a group mate if its own warehouse is not shown', () => {
		expect(taken('1', shownIn(99, 52))).toBe(52);
	});

	it('is missing if only other warehouses are shown, even a single one', () => {
		expect(taken('3', shownIn(99))).toBeUndefined();
		expect(taken('3', shownIn(51, 52))).toBeUndefined();
	});

	it('is missing if several of its warehouses are shown: nothing says which one holds what was sent', () => {
		expect(taken('4', shownIn(54, 55))).toBeUndefined();
		expect(taken('4', shownIn(55, 99))).toBe(55);
	});

	it('of a store that no list names is not known', () => {
		expect(ownWarehousesOf('9', warehouses)).toBeUndefined();
	});
});
