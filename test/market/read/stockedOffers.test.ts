import { PagingBroken } from '../../../market/read/read';
import { readStockedOffers } from '../../../market/read/stockedOffers';
import { OK, scripted } from '../../support/answers';
import { virtualPorts } from '../../support/virtualPorts';

const own = { own: new Set(['51']), mates: new Set(['51', '52']) };

/** A page of a store's stocks: units by SKU, by warehouse. */
function page(warehouses: Record<string, Record<string, number>>, nextPageToken?: string): object {
	const shown = Object.entries(warehouses).map(([id, units]) => ({
		warehouseId: Number(id),
		offers: Object.entries(units).map(([offerId, count]) => ({
			offerId,
			stocks: [{ type: 'AVAILABLE', count }],
		})),
	}));
	return { status: 'OK', result: { warehouses: shown, paging: { nextPageToken } } };
}

async function read(...pages: object[]) {
	const send = scripted(...pages.map((body) => ({ ...OK, body })));
	const progress: number[] = [];
	const { available, listed, unclear } = await readStockedOffers(
		{ campaignId: '7' },
		own,
		virtualPorts(send),
		(count) => progress.push(count),
	);
	return { available: [...available], listed: [...listed], unclear, progress };
}

describe('The offers of a store that have stock', () => {
	it('are read to the last page, and those without stock are only listed', async () => {
		expect(await read(page({ 51: { a: 3, b: 0 } }, 'next'), page({ 51: { c: 1 } }))).toEqual({
			available: [
				['a', 3],
				['c', 1],
			],
			listed: ['a', 'b', 'c'],
			unclear: [],
			progress: [2, 3],
		});
	});

	it("are those of its own warehouse, or of its group's: the Market's own do not count", async () => {
		const { available, listed, unclear } = await read(
			page({ 51: { a: 0 }, 52: { b: 2 }, 59: { a: 5, c: 7 } }),
		);
		expect(available).toEqual([['b', 2]]);
		expect(unclear).toEqual([]);
		expect(listed.sort()).toEqual(['a', 'b', 'c']);
	});

	it('have the later number if the list shows one twice', async () => {
		const { available } = await read(page({ 51: { a: 3 } }, 'next'), page({ 51: { a: 0, b: 1 } }));
		expect(available).toEqual([['b', 1]]);
	});

	it('are unclear if several warehouses of the store have them', async () => {
		const two = { own: new Set(['51', '52']), mates: new Set<string>() };
		const body = page({ 51: { a: 3, b: 0 }, 52: { a: 0, b: 0 } });
		const ports = virtualPorts(scripted({ ...OK, body }));
		const offers = await readStockedOffers({ campaignId: '7' }, two, ports, () => {});
		expect([...offers.available]).toEqual([]);
		expect(offers.unclear).toEqual(['a']);
	});

	it('are not told at all if the list never ends', async () => {
		const reading = read(page({ 51: { a: 3 } }, 'x'), page({ 51: { b: 3 } }, 'x'));
		await expect(reading).rejects.toThrow(PagingBroken);
	});
});
