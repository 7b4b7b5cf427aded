import type { IDataObject } from 'n8n-workflow';

import { startFakeMarket, type FakeMarket } from '../support/fakeMarket';
import { nodesOn } from '../support/nodeRuns';
import { jsonOf } from '../support/useSandbox';

/** The first two beyond what JavaScript holds exactly: as numbers, both would equal the first. */
const FIRST = '9007199254740992';
const SECOND = '9007199254740993';

let market: FakeMarket;
let bodies: string[];
beforeEach(async () => {
	bodies = [];
	market = await startFakeMarket(({ url = '' }, body) => {
		bodies.push(body);
		return { status: 200, body: replyTo(url, body) };
	});
});
afterEach(async () => await market.stop());

function replyTo(url: string, body: string): string {
	const warehouses = `[{"id":${FIRST},"name":"A","campaignId":${SECOND}},{"id":${SECOND},"name":"B","campaignId":${SECOND}}]`;
	if (url.includes('/offers/stocks') && url.includes('businesses')) {
		const held = '"offers":[{"offerId":"S","stocks":[{"type":"AVAILABLE","count":3}]}]';
		return `{"status":"OK","result":{"partnerWarehouseId":${SECOND},${held}}}`;
	}
	if (url.includes('warehouses')) return `{"status":"OK","result":{"warehouses":${warehouses}}}`;
	const campaign = `{"id":${SECOND},"domain":"Shop","business":{"id":${FIRST},"name":"Cabinet"},"placementType":"FBS"}`;
	if (url.includes('/campaigns?')) return `{"status":"OK","campaigns":[${campaign}]}`;
	return `{"status":"OK","campaign":${campaign},"result":{"echo":${JSON.stringify(body.length)}}}`;
}

const locator = (value: string): IDataObject => ({ __rl: true, mode: 'id', value });

describe('IDs beyond 2^53 keep all their digits', () => {
	it('of stores', async () => {
		const { items } = await nodesOn(market).read([{}], {
			parameters: { resource: 'store', operation: 'getAll' },
		});
		expect(jsonOf(items)).toMatchObject([{ store: SECOND, business: FIRST }]);
	});

	it('of stores as the Market writes them', async () => {
		const parameters = { resource: 'store', operation: 'getAll', simplify: false };
		const { items } = await nodesOn(market).read([{}], { parameters });
		expect(jsonOf(items)).toMatchObject([{ id: SECOND, business: { id: FIRST } }]);
	});

	it('of warehouses, which remain two', async () => {
		const parameters = {
			resource: 'warehouse',
			operation: 'getAll',
			business: locator(FIRST),
		} as never;
		const { items } = await nodesOn(market).read([{}], { parameters });
		expect(jsonOf(items)).toMatchObject([
			{ warehouse: FIRST, name: 'A', stores: [SECOND] },
			{ warehouse: SECOND, name: 'B', stores: [SECOND] },
		]);
	});

	it('of a warehouse that balances are sent to, and read back', async () => {
		const parameters = {
			sendTo: 'warehouse',
			business: locator(FIRST),
			warehouse: locator(SECOND),
			warehouseFrom: 'locator',
		};
		const { items, error } = await nodesOn(market).update([{ sku: 'S', stock: 3 }], {
			parameters: parameters as never,
			options: { verify: 0 },
		});
		expect(error).toBeUndefined();
		expect(jsonOf(items)).toMatchObject([
			{ business: FIRST, warehouse: SECOND, status: 'confirmed' },
		]);
		expect(bodies.filter((body) => body.includes(`"partnerWarehouseId":${SECOND},`))).toHaveLength(
			2,
		);
		expect(bodies.join()).not.toContain(`"partnerWarehouseId":${FIRST}`);
	});

	it('of a store that is sent to', async () => {
		const { items } = await nodesOn(market).update([{ sku: 'S', stock: 3 }], { store: SECOND });
		expect(jsonOf(items)).toMatchObject([{ store: SECOND, status: 'accepted' }]);
		expect(market.requests.filter((request) => request.includes('/campaigns/'))).toEqual(
			expect.arrayContaining([`PUT /v2/campaigns/${SECOND}/offers/stocks`]),
		);
	});
});
