import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { STORES, TOKENS } from '../../sandbox';
import type { RunSettings } from '../support/nodeRuns';
import { greenHint, warehouseRow } from '../support/outputRows';
import { jsonOf, skuOf, useFreshSandboxes } from '../support/useSandbox';

const shop = useFreshSandboxes();
const { businessId, warehouseId: main } = STORES.warehouseFbs;
const { warehouseId: second } = STORES.warehouseDbs;
const business = String(businessId);

const locator = (value: number | string) => ({ __rl: true, mode: 'id', value: String(value) });
const update = async (
	items: IDataObject[],
	parameters: INodeParameters = {},
	settings: RunSettings = {},
) =>
	await shop.update(items, {
		apiKey: TOKENS.warehouseAll,
		...settings,
		parameters: { sendTo: 'warehouse', business: locator(businessId), ...parameters },
	});
const toMain = { warehouse: locator(main) };
const byField = { warehouseFrom: 'field', warehouseField: 'place' };
const writes = () =>
	shop.market.calls().filter(({ operation }) => operation === 'updateStocksOnPartnerWarehouses');
const reasonOf = async (parameters: INodeParameters, settings: RunSettings = {}) => {
	const run = { onError: 'continueRegularOutput' as const, ...settings };
	const { items } = await update([{ sku: skuOf(1), stock: 1, place: main }], parameters, run);
	return items[0]?.json;
};

describe('Update Stocks, Send To: Warehouse', () => {
	it('sends balances to the chosen warehouse', async () => {
		const { status, items, hints } = await update([{ sku: skuOf(1), stock: 5 }], toMain);
		expect(status).toBe('success');
		expect(jsonOf(items)).toEqual([
			warehouseRow({
				sku: skuOf(1),
				count: 5,
				updatedAt: expect.any(String),
				business,
				warehouse: String(main),
				status: 'accepted',
			}),
		]);
		expect(hints).toEqual([greenHint(1)]);
		expect(shop.market.warehouseStock(main, skuOf(1))).toBe(5);
		expect(shop.market.warehouseStock(second, skuOf(1))).toBeNull();
	});

	it('mixes warehouses in one request, by a field of the items', async () => {
		const items = [1, 2, 3].flatMap((offer) => [
			{ sku: skuOf(offer), stock: offer, place: main },
			{ sku: skuOf(offer), stock: offer * 10, place: String(second) },
		]);
		const { status, items: output } = await update(items, byField);
		expect(status).toBe('success');
		expect(output.map(({ json }) => json.warehouse)).toEqual(
			[1, 2, 3].flatMap(() => [String(main), String(second)]),
		);
		expect(writes()).toHaveLength(1);
		expect([1, 2, 3].map((offer) => shop.market.warehouseStock(main, skuOf(offer)))).toEqual([
			1, 2, 3,
		]);
		expect([1, 2, 3].map((offer) => shop.market.warehouseStock(second, skuOf(offer)))).toEqual([
			10, 20, 30,
		]);
	});

	it('takes the warehouse of each item from an expression too', async () => {
		const items = [
			{ sku: skuOf(1), stock: 1, place: main },
			{ sku: skuOf(1), stock: 2, place: second },
		];
		const warehouse = { __rl: true, mode: 'id', value: '={{ $json.place }}' };
		const { status } = await update(items, { warehouse });
		expect(status).toBe('success');
		expect([main, second].map((id) => shop.market.warehouseStock(id, skuOf(1)))).toEqual([1, 2]);
	});

	it('refuses different numbers for one SKU in one warehouse, and sends the same SKU of another', async () => {
		const items = [
			{ sku: skuOf(1), stock: 1, place: main },
			{ sku: skuOf(1), stock: 2, place: main },
			{ sku: skuOf(1), stock: 3, place: second },
		];
		const { items: output } = await update(items, byField, { onError: 'continueRegularOutput' });
		expect(output.map(({ json }) => json.status)).toEqual(['failed', 'failed', 'accepted']);
		expect(output[0]?.json).toMatchObject({
			warehouse: String(main),
			reason: expect.stringContaining('1 in item 0, 2 in item 1'),
		});
	});

	it('adds up rows of one warehouse, not of several', async () => {
		const items = [
			{ sku: skuOf(1), stock: 1, place: main },
			{ sku: skuOf(1), stock: 2, place: second },
			{ sku: skuOf(1), stock: 4, place: main },
		];
		await update(items, byField, { options: { duplicateSkus: 'sum' } });
		expect([main, second].map((id) => shop.market.warehouseStock(id, skuOf(1)))).toEqual([5, 2]);
	});

	it('adds rows up as they are, and cleans the sum once', async () => {
		const items = [
			{ sku: skuOf(1), stock: 100, place: main },
			{ sku: skuOf(1), stock: '-30', place: main },
			{ sku: skuOf(1), stock: 7, place: second },
			{ sku: skuOf(1), stock: -9, place: second },
		];
		await update(items, byField, {
			options: { duplicateSkus: 'sum', negatives: 'zero', reserve: 1 },
		});
		expect([main, second].map((id) => shop.market.warehouseStock(id, skuOf(1)))).toEqual([69, 0]);
	});

	it('reads each warehouse back', async () => {
		const items = [
			{ sku: skuOf(1), stock: 1, place: main },
			{ sku: 'unheard of', stock: 2, place: second },
			{ sku: skuOf(2), stock: 3, place: second },
		];
		const { items: output } = await update(items, byField, { options: { verify: 0 } });
		expect(output.map(({ json }) => json.status)).toEqual([
			'confirmed',
			'unconfirmed',
			'confirmed',
		]);
		expect(output[1]?.json.reason).toBe('The Market shows no such SKU in this warehouse');
	});

	it('finds out which warehouse is refused if the message names only a SKU', async () => {
		shop.market.setSwitches({ poisonedSkus: [{ sku: skuOf(2), naming: 'named' }] });
		const items = [1, 2, 3].flatMap((offer) =>
			[main, second].map((place) => ({ sku: skuOf(offer), stock: 1, place })),
		);
		const { items: output } = await update(items, byField, { onError: 'continueRegularOutput' });
		expect(output.map(({ json }) => json.status)).toEqual([
			'accepted',
			'accepted',
			'failed',
			'failed',
			'accepted',
			'accepted',
		]);
	});

	it('plans in full requests', async () => {
		const items = Array.from({ length: 4_001 }, (_, index) => ({ sku: `S${index}`, stock: 1 }));
		const { items: output } = await update(items, toMain, {
			options: { dryRun: true, output: 'summary' },
		});
		expect(output[0]?.json).toMatchObject({ planned: 4_001, requests: 3 });
	});
});

describe('A warehouse that is not one', () => {
	it('because its field is an expression: the message says where one can be given', async () => {
		const { error } = await update([{ sku: skuOf(1), stock: 1, place: main }], {
			warehouseFrom: 'field',
			warehouseField: '={{ $json.place }}',
		});
		expect(error?.message).toBe('Warehouse Field wants the name of a field, not an expression');
		expect(error?.description).toMatch(/To use expressions, set Warehouse From to List or ID\.$/);
	});

	it.each([
		['SKU', { skuField: 'place' }],
		['Stock', { stockField: ' ["place"] ' }],
		['Subtract', { subtractField: 'place' }],
		['Stock', { inputMode: 'expressions', sku: '={{ $json.sku }}', stock: '={{ $json.place }}' }],
	])('because its field is that of %s: an ID would count as units', async (label, parameters) => {
		const { error } = await update([{ sku: skuOf(1), stock: 1, place: main }], {
			...byField,
			...parameters,
		});
		expect(error?.message).toBe(`${label} Field and Warehouse Field are the same field`);
		expect(shop.requests()).toEqual([]);
	});

	it.each([
		['missing', {}, /^Warehouse is missing: the item has no field "nowhere"/],
		['blank', { nowhere: '' }, /^Warehouse is blank/],
		['a name', { nowhere: 'Main' }, /^Warehouse "Main" is not a warehouse ID/],
	])('%s is refused before anything is sent', async (_name, fields, reason) => {
		const items = [{ sku: skuOf(1), stock: 1, ...fields }];
		const parameters = { warehouseFrom: 'field', warehouseField: 'nowhere' };
		const { items: output } = await update(items, parameters, { onError: 'continueRegularOutput' });
		expect(output[0]?.json).toMatchObject({
			sku: skuOf(1),
			business,
			status: 'failed',
			reason: expect.stringMatching(reason),
		});
		expect(shop.requests()).toEqual([]);
	});

	it.each<[string, number, RegExp, string]>([
		[
			'the campaign ID of a store',
			STORES.warehouseFbs.campaignId,
			/is not a warehouse ID: \d+ is a campaign ID, .*warehouse ID 54000001/,
			'54000001',
		],
		['the business ID', businessId, /is not a warehouse ID: 1003 is a business ID/, '54000001'],
		['a number of nothing', 99, /^Business 1003 has no warehouse 99 outside groups/, '54000001'],
	])('but %s is recognised', async (_name, value, reason, advice) => {
		const json = await reasonOf({ warehouse: locator(value) });
		expect(json).toMatchObject({
			status: 'failed',
			reason: expect.stringMatching(reason),
			advice: expect.stringContaining(advice),
		});
		expect(writes()).toEqual([]);
	});

	it('does not stop the balances of the others from being sent', async () => {
		const items = [
			{ sku: skuOf(1), stock: 1, place: 99 },
			{ sku: skuOf(1), stock: 2, place: main },
		];
		const { items: output } = await update(items, byField, { onError: 'continueRegularOutput' });
		expect(output.map(({ json }) => json.status)).toEqual(['failed', 'accepted']);
	});

	it('with All or Nothing stops everything from being sent', async () => {
		const items = [
			{ sku: skuOf(1), stock: 1, place: 99 },
			{ sku: skuOf(1), stock: 2, place: main },
		];
		const { error } = await update(items, byField, { options: { allOrNothing: true } });
		expect(error?.message).toMatch(
			/^0 of 2 items were sent .*\[item 0\] SKU "SKU-00001": Business 1003 has no warehouse 99/,
		);
		expect(writes()).toEqual([]);
	});
});

describe('A warehouse that the Market does not confirm as one', () => {
	const onError = 'continueRegularOutput' as const;
	const items = [
		{ sku: skuOf(1), stock: 1, place: 99 },
		{ sku: skuOf(2), stock: 2, place: main },
	];
	const fail = (operation: 'getPartnerWarehouses' | 'getPagedWarehouses', count: number) =>
		({ kind: '500', operation, count }) as const;
	const listsAsked = () =>
		shop.market.calls().filter(({ operation }) => operation === 'getPartnerWarehouses').length;
	const statuses = (output: ReadonlyArray<{ json: IDataObject }>) =>
		output.map(({ json }) => json.status);

	// No pauses between repetitions: a pause is a random fraction of its maximum.
	beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
	afterEach(() => jest.restoreAllMocks());

	it('is waited for if the list fails for a while', async () => {
		shop.market.setSwitches({ faults: [fail('getPartnerWarehouses', 5)] });
		const { items: output } = await update(items, byField, { onError });
		expect(statuses(output)).toEqual(['failed', 'accepted']);
		expect(output[0]?.json.reason).toBe('Business 1003 has no warehouse 99 outside groups');
	});

	it('is not waited for if the list of stores shows it', async () => {
		shop.market.setSwitches({ faults: [fail('getPartnerWarehouses', 1_000)] });
		const { items: output, hints } = await update([items[1] as IDataObject], byField);
		expect([statuses(output), hints]).toEqual([['accepted'], [greenHint(1)]]);
		expect(listsAsked()).toBe(2);
	});

	it('is read back if both lists fail for good: only what the Market shows is accepted', async () => {
		shop.market.setSwitches({
			faults: [fail('getPartnerWarehouses', 500), fail('getPagedWarehouses', 500)],
		});
		const { items: output, hints } = await update(items, byField, { onError });
		expect(statuses(output)).toEqual(['unconfirmed', 'accepted']);
		expect(output[0]?.json).toMatchObject({
			reason:
				'Whether business 1003 has warehouse 99 could not be checked, and none of the SKUs read back is shown there',
			advice: expect.stringContaining('Check the ID of the warehouse'),
		});
		expect(hints.map(({ message }) => message)).toEqual([
			'2 of 2 accepted by the Market, 1 request; 1 of the accepted is not confirmed.',
			expect.stringMatching(/^Whether business 1003 has warehouse groups could not be checked/),
			expect.stringMatching(/^Whether business 1003 has warehouse 99 could not be checked/),
		]);
	});

	it('is read back if the token may not ask; an ID of something else is refused', async () => {
		const campaign = { sku: skuOf(3), stock: 3, place: STORES.warehouseFbs.campaignId };
		const { items: output } = await update([...items, campaign], byField, {
			onError,
			apiKey: TOKENS.warehouseStocks,
		});
		expect(statuses(output)).toEqual(['unconfirmed', 'accepted', 'failed']);
		expect(output[2]?.json.reason).toMatch(
			/^Warehouse 24000001 is not a warehouse ID: 24000001 is a campaign ID/,
		);
	});

	it('is reported if it cannot be read back either', async () => {
		shop.market.setSwitches({
			faults: [{ kind: '500', operation: 'getStocksOnPartnerWarehouses', rate: 1 }],
		});
		const { items: output } = await update(items, byField, {
			onError,
			apiKey: TOKENS.warehouseStocks,
		});
		expect(statuses(output)).toEqual(['unconfirmed', 'unconfirmed']);
		expect(output[1]?.json.reason).toMatch(
			/^Whether business 1003 has warehouse 54000001 could not be checked, nor could it be read back\. The Market is not working/,
		);
	});

	it('is reported in a dry run', async () => {
		const { hints } = await update(items, byField, {
			options: { dryRun: true },
			apiKey: TOKENS.warehouseStocks,
		});
		expect(hints.map(({ message }) => message)).toContainEqual(
			expect.stringMatching(
				/^Whether business 1003 has the warehouses 99, 54000001 could not be checked\. .*lacks an access group/,
			),
		);
	});
});

describe('A business that is not one', () => {
	it.each<[string, number | string, RegExp]>([
		[
			'the campaign ID of a store',
			STORES.warehouseFbs.campaignId,
			/is not a business ID: 24000001 is a campaign ID/,
		],
		["somebody else's", 1001, /^The credential opens no business with the ID 1001/],
		['blank for an item', '={{ $json.nothing }}', /^Business is blank/],
	])('%s', async (_name, value, reason) => {
		const json = await reasonOf({ ...toMain, business: locator(value) });
		expect(json).toMatchObject({ status: 'failed', reason: expect.stringMatching(reason) });
		expect(writes()).toEqual([]);
	});
});

describe("The Market's guide", () => {
	it('is not followed if a business has groups: the hint says so', async () => {
		const { warehouseId } = STORES.dbs;
		const parameters = { business: locator(1001), warehouse: locator(warehouseId) };
		const { status, hints } = await update([{ sku: skuOf(1), stock: 1 }], parameters, {
			apiKey: TOKENS.allMethods,
		});
		expect(status).toBe('success');
		expect(hints).toEqual([
			greenHint(1),
			expect.objectContaining({
				type: 'warning',
				message: expect.stringMatching(/^Business 1001 has warehouse groups.*Set Send To to Store/),
			}),
		]);
		expect(shop.market.warehouseStock(warehouseId, skuOf(1))).toBe(1);
	});

	it('keeps the warehouses of a group from being written to one by one', async () => {
		const parameters = { business: locator(1001), warehouse: locator(STORES.fbs.warehouseId) };
		const json = await reasonOf(parameters, { apiKey: TOKENS.allMethods });
		expect(json?.reason).toMatch(/^Warehouse 51000001 is in the warehouse group /);
	});

	it('cannot be checked without the access group for warehouses: all is sent, and the hint says what to add', async () => {
		const { status, hints } = await update([{ sku: skuOf(1), stock: 1 }], toMain, {
			apiKey: TOKENS.warehouseStocks,
		});
		expect(status).toBe('success');
		expect(shop.market.warehouseStock(main, skuOf(1))).toBe(1);
		expect(hints).toEqual([
			greenHint(1),
			expect.objectContaining({
				message: expect.stringMatching(/could not be checked.*inventory-and-order-processing/),
			}),
		]);
	});

	it('asks its questions once for consecutive runs', async () => {
		const settings = { credentialId: 'the same' };
		await update([{ sku: skuOf(1), stock: 1 }], toMain, settings);
		const before = shop.requests().length;
		await update([{ sku: skuOf(1), stock: 2 }], toMain, settings);
		expect(shop.requests().slice(before)).toEqual([
			`POST /v3/businesses/${business}/offers/stocks/update`,
		]);
	});
});

describe('The quota of 50 requests a minute', () => {
	it('is used by full requests: 20,000 balances in ten', async () => {
		const items = Array.from({ length: 20_000 }, (_, index) => ({ sku: `S${index}`, stock: 1 }));
		const { status } = await update(items, toMain);
		expect(status).toBe('success');
		expect(writes().map(({ items: sent }) => sent)).toEqual(Array(10).fill(2_000));
		expect(shop.market.calls().filter(({ status: code }) => code !== 200)).toEqual([]);
	});

	it('is not overdrawn: what does not fit in the time given is reported with when to run again', async () => {
		shop.market.setSwitches({ quotas: 0.04 });
		await update([{ sku: skuOf(1), stock: 1 }], toMain);
		const items = Array.from({ length: 6_000 }, (_, index) => ({ sku: `S${index}`, stock: 1 }));
		const run = {
			onError: 'continueRegularOutput' as const,
			options: { maximumWait: 0, output: 'summary' },
		};
		const { items: output } = await update(items, toMain, run);
		expect(output[0]?.json).toMatchObject({ accepted: 2_000, failed: 4_000 });
		expect(shop.market.calls().some(({ status: code }) => code === 420)).toBe(false);
	});
});
