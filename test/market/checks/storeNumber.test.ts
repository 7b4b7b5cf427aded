import type { MarketReply, MarketRequest } from '../../../market/wire/ports';
import type { ShownStock } from '../../../market/read/stocks';
import { openStoreNumber } from '../../../market/checks/storeNumber';
import { WarehouseLists } from '../../../market/read/warehouseLists';
import { OK, refusal, scripted } from '../../support/answers';
import { expectUsable } from '../../support/checked';
import { virtualPorts } from '../../support/virtualPorts';

const fbs = { id: 1, placementType: 'FBS', business: { id: 5 } };
const campaign = (fields: object): MarketReply => ({ ...OK, body: { campaign: fields } });
const warehouses = (list: object[]): MarketReply => ({
	...OK,
	body: { status: 'OK', result: { warehouses: list } },
});

const shown = (warehouseId: number, available: number, updatedAt?: string): ShownStock => ({
	warehouseId,
	sku: 'A',
	counts: new Map([
		['AVAILABLE', available],
		['FIT', available + 1],
	]),
	updatedAt,
});

/** The number of a SKU that several warehouses show, or why there is none, and the methods called for it. */
async function numberOf(
	stocks: ShownStock[],
	store: MarketReply,
	list: MarketReply = warehouses([]),
	all = ['51', '99'],
) {
	const send = scripted(({ apiMethod }: MarketRequest) =>
		apiMethod.name === 'getCampaign' ? store : list,
	);
	const known = { lists: new WarehouseLists(), apiUrl: 'virtual', accessKey: 'key' };
	const number = await openStoreNumber('1', new Set(all), known, virtualPorts(send));
	const result = number(stocks);
	if (!result.ok) expectUsable(result.refusal);
	const asked = send.requests.map(({ apiMethod }) => apiMethod.name);
	return result.ok
		? { available: result.value.counts.get('AVAILABLE'), ...result.value, asked }
		: { ...result.refusal, asked };
}

describe('The number of a SKU in a store with several warehouses', () => {
	it.each(['FBY', 'LAAS'])(
		'is their sum, as of the latest change, if the Market counts (%s)',
		async (placementType) => {
			const stocks = [
				shown(51, 40, '2026-11-24T12:00:00+03:00'),
				shown(52, 2, '2026-11-24T10:00:00Z'),
				shown(53, 0),
			];
			const { counts, updatedAt, warehouseId, asked } = (await numberOf(
				stocks,
				campaign({ ...fbs, placementType }),
			)) as never;
			expect([Object.fromEntries(counts), updatedAt, warehouseId]).toEqual([
				{ AVAILABLE: 42, FIT: 45 },
				'2026-11-24T10:00:00Z',
				undefined,
			]);
			expect(asked).toEqual(['getCampaign']);
		},
	);

	it("is otherwise that of the store's own warehouse", async () => {
		const list = warehouses([
			{ id: 50, campaignId: 2 },
			{ id: 51, campaignId: 1 },
		]);
		expect(await numberOf([shown(99, 2), shown(51, 5)], campaign(fbs), list)).toMatchObject({
			available: 5,
			warehouseId: 51,
		});
	});

	it('is missing if only another warehouse has the SKU', async () => {
		const list = warehouses([{ id: 51, campaignId: 1 }]);
		expect(await numberOf([shown(99, 2)], campaign(fbs), list)).toMatchObject({
			reason: "The Market shows no number of the store's own warehouse (51)",
		});
	});

	it('does not depend on what else is read: it is missing for a SKU that only the warehouse for returns has', async () => {
		const list = warehouses([{ id: 51, campaignId: 1 }]);
		expect(await numberOf([shown(99, 2)], campaign(fbs), list, ['99'])).toMatchObject({
			reason: "The Market shows no number of the store's own warehouse (51)",
		});
	});

	it("is that of a single warehouse if nothing tells which is the store's own", async () => {
		expect(await numberOf([shown(51, 5)], campaign(fbs), refusal(403), ['51'])).toMatchObject({
			available: 5,
			warehouseId: 51,
		});
	});

	it.each([
		[
			'the list does not name the store',
			campaign(fbs),
			warehouses([{ id: 51, campaignId: 2 }]),
			/does not name/,
		],
		[
			'the business is not told',
			campaign({ id: 1, placementType: 'FBS' }),
			undefined,
			/does not name/,
		],
		['the list is refused', campaign(fbs), refusal(403), /own is not known\. /],
		['the store is refused', refusal(404), undefined, /own is not known\. /],
	])('is missing if %s', async (_, store, list, reason) => {
		expect(await numberOf([shown(51, 5), shown(99, 2)], store, list)).toMatchObject({
			reason: expect.stringMatching(reason),
		});
	});
});
