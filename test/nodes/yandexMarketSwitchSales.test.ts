import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { STORES, TOKENS } from '../../sandbox';
import { startFakeMarket } from '../support/fakeMarket';
import { nodesOn } from '../support/nodeRuns';
import { useFreshSandboxes } from '../support/useSandbox';

const { warehouseFbs, warehouseDbs, fbs } = STORES;
const MAIN = String(warehouseFbs.warehouseId);
const DBS = String(warehouseDbs.warehouseId);
const SWITCH = 'POST /v3/businesses/1003/warehouse/models/status';
const shop = useFreshSandboxes();
const id = (value: string) => ({ __rl: true, mode: 'id', value });

const switching = (others: INodeParameters = {}): INodeParameters => ({
	resource: 'warehouse',
	operation: 'switchSales',
	business: id('1003'),
	warehouse: id(MAIN),
	model: 'FBS',
	sales: 'off',
	...others,
});

async function run(
	parameters: INodeParameters,
	items: IDataObject[] = [{}],
	others: Parameters<typeof shop.read>[1] = {},
) {
	return await shop.read(items, { parameters, apiKey: TOKENS.warehouseAll, ...others });
}

describe('the sales of a warehouse', () => {
	it('are switched off in one call, and the answer says what comes of it', async () => {
		const { items, hints } = await run(switching());
		expect(items).toEqual([
			{
				json: {
					business: '1003',
					warehouse: MAIN,
					model: 'FBS',
					sales: 'off',
					status: 'accepted',
					marketStatus: 'DISABLED_MANUALLY',
					note: 'Its offers leave the storefront in 15 minutes.',
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(hints.map(({ message }) => message)).toEqual([
			`Sales of FBS switched off for warehouse ${MAIN}.`,
		]);
		expect(shop.requests()).toEqual([SWITCH]);
	});

	it('are switched on again, with what the answer cannot tell', async () => {
		await run(switching());
		const { items } = await run(switching({ sales: 'on' }));
		expect(items[0]?.json).toMatchObject({
			status: 'accepted',
			marketStatus: 'OTHER',
			note: expect.stringMatching(
				/^Its offers are back on the storefront in 15 minutes, or in 4 hours.*stays off/,
			),
		});
	});

	it('are switched once for all items that name the warehouse', async () => {
		const input = [{ at: MAIN }, { at: DBS }, { at: MAIN }];
		const parameters = switching({ model: 'DBS', warehouse: id('={{ $json.at }}') });
		const options = { includeInputFields: true };
		const { items } = await run(parameters, input, { options });
		expect(
			items.map(({ json, pairedItem }) => [json.warehouse, json.status, json.input, pairedItem]),
		).toEqual(input.map((row, item) => [row.at, 'accepted', row, { item }]));
		expect(shop.requests()).toEqual([SWITCH, SWITCH]);
	});

	it('are never switched for a part of the items if Model or Sales differs between them', async () => {
		const { error } = await run(switching({ sales: '={{ $json.sales }}' }), [
			{ sales: 'on' },
			{ sales: 'off' },
		]);
		expect(error?.message).toMatch(/^Sales holds for the whole run/);
		expect(shop.requests()).toEqual([]);
	});

	it.each(['', 'stop', 'ON'])('are not switched by Sales %j', async (sales) => {
		const { error } = await run(switching({ sales: `={{ '${sales}' }}` }));
		expect(error?.message).toMatch(/Sales/);
		expect(shop.requests()).toEqual([]);
	});

	it.each(['model', 'sales'])(
		'are not switched by default if an expression for %s gives nothing',
		async (name) => {
			const { error } = await run(switching({ [name]: '={{ $json.noSuchField }}' }));
			expect(error?.message).toMatch(/^(Model|Sales) has no choice blank \[item 0\]$/);
			expect(shop.requests()).toEqual([]);
		},
	);

	it('are not switched anywhere if an item names no warehouse', async () => {
		const parameters = switching({ warehouse: id('={{ $json.at }}') });
		const { error } = await run(parameters, [{ at: MAIN }, { at: '' }]);
		expect(error?.message).toMatch(/^1 of 2 items could not be switched/);
		expect(shop.requests()).toEqual([]);
	});
});

describe('it is not certain that sales are switched', () => {
	it('off if the Market does not say so: it has switched the model off itself', async () => {
		shop.market.setSwitches({
			disabledModels: [{ warehouseId: warehouseFbs.warehouseId, model: 'FBS' }],
		});
		const { items, hints } = await run(switching());
		expect(items[0]?.json).toMatchObject({
			status: 'unconfirmed',
			marketStatus: 'OTHER',
			reason: `The Market took the call, but does not show FBS of warehouse ${MAIN} as switched off: its status is OTHER`,
			advice: expect.stringMatching(/^See in the seller cabinet/),
		});
		expect(hints[0]?.message).toMatch(/For 1 of them it is not certain: see reason and advice\.$/);
	});

	it.each(['on', 'off'])('%s if the warehouse has no such model', async (sales) => {
		const { items } = await run(switching({ model: 'EXPRESS', sales }));
		expect(items[0]?.json).toMatchObject({
			status: 'unconfirmed',
			reason: `The Market took the call, but its list of warehouses has no model EXPRESS for warehouse ${MAIN}`,
			advice: 'Choose one that the warehouse has: FBS, DBS.',
		});
	});

	it.each(['on', 'off'])('%s if it is no warehouse of the business', async (sales) => {
		const { items } = await run(switching({ sales, warehouse: id('99') }));
		expect(items[0]?.json).toMatchObject({
			status: 'unconfirmed',
			reason: 'Business 1003 has no warehouse 99 outside groups',
			advice: expect.stringMatching(/^Choose the warehouse from the list/),
		});
	});

	it('if it is in a warehouse group', async () => {
		const place = { business: id('1001'), warehouse: id(String(fbs.warehouseId)) };
		const { items } = await run(switching(place), [{}], { apiKey: TOKENS.allMethods });
		expect(items[0]?.json).toMatchObject({
			status: 'unconfirmed',
			reason: expect.stringMatching(/whose sales the Market does not switch by warehouse$/),
			advice: 'Switch them in the seller cabinet.',
		});
	});

	it.each([
		['on', '{"status":"OK","result":{"status":"DISABLED_MANUALLY"}}', 'DISABLED_MANUALLY'],
		['off', '{"status":"OK"}', null],
	])('%s if the Market answers %s', async (sales, body, marketStatus) => {
		const market = await startFakeMarket(({ url }) =>
			url?.endsWith('/models/status')
				? { status: 200, body }
				: { status: 403, body: '{"status":"ERROR","errors":[{"code":"FORBIDDEN"}]}' },
		);
		const { items } = await nodesOn(market).read([{}], { parameters: switching({ sales }) });
		await market.stop();
		expect(items[0]?.json).toMatchObject({ status: 'unconfirmed', marketStatus });
	});
});

describe('sales that could not be switched', () => {
	it('name the access group that is missing', async () => {
		const { error } = await run(switching(), [{}], { apiKey: TOKENS.warehouseLists });
		expect(error?.message).toMatch(/^The Api-Key token lacks an access group \(403\)/);
		expect(error?.description).toContain('all-methods, inventory-and-order-processing.');
	});

	it('keep no other warehouse from being switched, and the message says which was', async () => {
		shop.market.setSwitches({ unknownWarehouse: 'refuse' });
		const parameters = switching({ warehouse: id('={{ $json.at }}') });
		const { error } = await run(parameters, [{ at: '99' }, { at: MAIN }]);
		expect(error?.message).toMatch(
			/^1 of 2 items could not be switched: .*Business 1003 has no warehouse 99 outside groups/,
		);
		expect(error?.description).toContain(`Sales of FBS switched off for warehouse ${MAIN}.`);
		expect(shop.requests().filter((request) => request === SWITCH)).toHaveLength(2);
	});

	it('come out as failed with what was wanted, in Continue', async () => {
		shop.market.setSwitches({ unknownWarehouse: 'refuse' });
		const { items } = await run(switching({ model: 'EXPRESS' }), [{}], {
			onError: 'continueRegularOutput',
		});
		expect(items[0]?.json).toMatchObject({
			business: '1003',
			warehouse: MAIN,
			model: 'EXPRESS',
			sales: 'off',
			status: 'failed',
			reason: expect.stringContaining(`Partner warehouse '${MAIN}' has no model EXPRESS`),
		});
	});
});

describe('an answer that is lost', () => {
	it('is asked for again', async () => {
		shop.market.setSwitches({
			faults: [{ kind: 'dropAfter', count: 1, operation: 'updateWarehouseModelStatus' }],
		});
		const { items } = await run(switching());
		expect(items[0]?.json).toMatchObject({ status: 'accepted' });
		expect(shop.requests()).toEqual([SWITCH, SWITCH]);
	});

	it('that never was, as the quota is used up: does not say so', async () => {
		shop.market.setSwitches({ quotas: 0.01 });
		await run(switching());
		const { error } = await run(switching(), [{}], { options: { maximumWait: 0 } });
		expect(error?.message).toBe("The Market's quota for this question is used up");
	});
});
