import type { IDataObject } from 'n8n-workflow';

import { warehouseLists } from '../../nodes/common/connection/processMemory';
import { STORES, TOKENS } from '../../sandbox';
import { allAccepted, greenHint } from '../support/outputRows';
import { skuOf, useFreshSandboxes } from '../support/useSandbox';

const shop = useFreshSandboxes();
const { fbs, groupMate, dbs, warehouseFbs, warehouseShared } = STORES;
const store = '={{ $json.store }}';
const rows = (...counts: Array<[{ campaignId: number }, number, number]>) =>
	counts.map(([{ campaignId }, offer, stock]) => ({ sku: skuOf(offer), stock, store: campaignId }));

describe('Two stores of one warehouse group in one run', () => {
	it('with different numbers for a SKU: it is refused, naming both, and the rest is sent', async () => {
		const items = rows([fbs, 1, 5], [groupMate, 1, 7], [fbs, 2, 4], [groupMate, 3, 3], [dbs, 1, 9]);
		const { items: output } = await shop.update(items, { store, onError: 'continueRegularOutput' });
		expect(output.map(({ json }) => json.status)).toEqual([
			'failed',
			'failed',
			'accepted',
			'accepted',
			'accepted',
		]);
		expect(output[1]?.json).toMatchObject({
			store: String(groupMate.campaignId),
			reason: expect.stringMatching(
				/^Stores 21000001 and 21000002 are in one warehouse group \(.+\), and this run has 5 .* 7 /,
			),
			advice: expect.stringContaining('one of these stores only'),
		});
		expect(shop.available(1)).toBeNull();
		expect(shop.available(1, dbs.campaignId)).toBe(9);
	});

	it('with the same number: all is sent', async () => {
		const { status } = await shop.update(rows([fbs, 1, 5], [groupMate, 1, 5]), { store });
		expect(status).toBe('success');
		expect(shop.available(1)).toBe(5);
	});

	it('with All or Nothing: a contradiction stops everything from being sent', async () => {
		const items = rows([fbs, 1, 5], [groupMate, 1, 7], [dbs, 2, 9]);
		const { error } = await shop.update(items, { store, options: { allOrNothing: true } });
		expect(error?.message).toMatch(
			/^0 of 3 items were sent and accepted, 3 were not: \[item 0\].*one warehouse group/,
		);
		expect(shop.available(2, dbs.campaignId)).toBeNull();
	});

	it('if one of them cannot be read: its SKU is not sent through the other', async () => {
		const items: Array<Record<string, unknown>> = rows(
			[fbs, 1, 5],
			[groupMate, 1, 0],
			[fbs, 2, 4],
			[dbs, 1, 9],
		);
		(items[1] as { stock: unknown }).stock = '';
		const { items: output } = await shop.update(items as never, {
			store,
			onError: 'continueRegularOutput',
		});
		expect(output.map(({ json }) => json.status)).toEqual([
			'failed',
			'failed',
			'accepted',
			'accepted',
		]);
		expect(output[0]?.json.reason).toMatch(
			/^Stores 21000001 and 21000002 are in one warehouse group .* item 1, which has .* refused \(Stock is blank\)/,
		);
		expect([shop.available(1), shop.available(2)]).toEqual([null, 4]);
	});

	it('if one of them contradicts itself: its SKU is not sent through the other', async () => {
		const items = rows([fbs, 1, 5], [groupMate, 1, 5], [groupMate, 1, 6]);
		const { items: output } = await shop.update(items, { store, onError: 'continueRegularOutput' });
		expect(output.map(({ json }) => json.status)).toEqual(['failed', 'failed', 'failed']);
		expect(shop.available(1)).toBeNull();
	});
});

describe('Two stores that sell from one warehouse outside any group', () => {
	const settings = {
		store,
		apiKey: TOKENS.warehouseAll,
		onError: 'continueRegularOutput',
	} as const;

	it('with different numbers for a SKU: it is refused, naming both, and the rest is sent', async () => {
		const items = rows([warehouseFbs, 1, 5], [warehouseShared, 1, 7], [warehouseShared, 2, 4]);
		const { items: output } = await shop.update(items, settings);
		expect(output.map(({ json }) => json.status)).toEqual(['failed', 'failed', 'accepted']);
		expect(output[0]?.json.reason).toBe(
			'Stores 24000001 and 24000004 sell from one warehouse (Main warehouse), and this run has 5 for the one and 7 for ' +
				'the other: the warehouse holds one number',
		);
		expect(shop.available(1, warehouseFbs.campaignId)).toBeNull();
	});

	it('with the same number: all is sent', async () => {
		const { items } = await shop.update(
			rows([warehouseFbs, 1, 5], [warehouseShared, 1, 5]),
			settings,
		);
		expect(items.map(({ json }) => json.status)).toEqual(['accepted', 'accepted']);
	});
});

describe("The Market's guide", () => {
	it('gives the other way for a business without groups: the hint says so, and all is sent', async () => {
		const settings = { store: warehouseFbs.campaignId, apiKey: TOKENS.warehouseAll };
		const { status, hints } = await shop.update([{ sku: skuOf(1), stock: 5 }], settings);
		expect(status).toBe('success');
		expect(shop.available(1, warehouseFbs.campaignId)).toBe(5);
		expect(hints).toEqual([
			greenHint(1),
			expect.objectContaining({
				type: 'warning',
				message: expect.stringMatching(
					/^Business 1003 has no warehouse groups.*Set Send To to Warehouse/,
				),
			}),
		]);
	});

	it('is mentioned if the Market refuses the other way: once for all items, naming Send To', async () => {
		shop.market.setSwitches({ v2WithoutGroups: 'refuse' });
		const settings = { store: warehouseFbs.campaignId, apiKey: TOKENS.warehouseAll };
		const items = Array.from({ length: 50 }, (_, index) => ({
			sku: skuOf(index + 1),
			stock: index,
		}));
		const { error } = await shop.update(items, settings);
		expect(error?.message).toMatch(
			/does not accept this method for store 24000001 \(400\): .*\n.*Set Send To to Warehouse/,
		);
		expect(error?.description).toContain(
			'Set Send To to Warehouse: balances of a business without warehouse groups',
		);
		expect(shop.requests().filter((request) => request.startsWith('PUT'))).toHaveLength(1);
	});

	it('cannot be checked without the access group for warehouses: the hint says what to add', async () => {
		const { status, hints } = await shop.update([{ sku: skuOf(1), stock: 5 }], {
			apiKey: TOKENS.offersManagement,
		});
		expect(status).toBe('success');
		expect(hints).toEqual([
			greenHint(1),
			expect.objectContaining({
				message:
					'Whether business 1001 has warehouse groups could not be checked: the token lacks the access group inventory-and-order-processing:read-only.',
			}),
		]);
	});

	it('cannot be checked if the Market does not give the business: all is sent, and the hint says so', async () => {
		shop.market.setSwitches({ faults: [{ kind: '500', rate: 1, operation: 'getCampaign' }] });
		const { status, hints } = await shop.update([{ sku: skuOf(1), stock: 5 }]);
		expect(status).toBe('success');
		expect(hints).toEqual([
			greenHint(1),
			expect.objectContaining({
				message: expect.stringMatching(/^Whether store 21000001 .* could not be checked/),
			}),
		]);
	});

	it('is asked about twice if the Market fails and nothing depends on it: all is sent', async () => {
		shop.market.setSwitches({
			faults: [{ kind: '500', rate: 1, operation: 'getPagedWarehouses' }],
		});
		const { items, hints } = await shop.update(
			rows([fbs, 1, 5], [groupMate, 1, 5], [groupMate, 3, 3]),
			{ store },
		);
		expect(statuses(items)).toEqual(Array(3).fill('accepted'));
		expect(hints.map(({ message }) => message)).toEqual([
			allAccepted(3, 2),
			expect.stringMatching(/^Whether business 1001 has warehouse groups could not be checked/),
		]);
		expect(listsAsked()).toBe(2);
	});

	it('does not matter for hiding', async () => {
		const { hints } = await shop.hide([{ sku: skuOf(1) }], { apiKey: TOKENS.offersManagement });
		expect(hints.map(({ message }) => message)).toEqual([
			allAccepted(1),
			expect.stringMatching(/^1 offer is hidden now/),
		]);
		expect(shop.requests().filter((request) => request.includes('warehouses'))).toEqual([]);
	});
});

const statuses = (items: ReadonlyArray<{ json: IDataObject }>) =>
	items.map(({ json }) => json.status);
const listsAsked = () =>
	shop.market.calls().filter(({ operation }) => operation === 'getPagedWarehouses').length;

describe('Different numbers for a SKU, if it is not known whether the stores share one', () => {
	const onError = 'continueRegularOutput';
	const items = rows(
		[fbs, 1, 5],
		[groupMate, 1, 7],
		[fbs, 2, 4],
		[groupMate, 2, 4],
		[groupMate, 3, 3],
	);
	const fault = (operation: 'getPagedWarehouses' | 'getCampaign', count: number) =>
		shop.market.setSwitches({ faults: [{ kind: '500', operation, count }] });

	// No pauses between repetitions: a pause is a random fraction of its maximum.
	beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
	afterEach(() => jest.restoreAllMocks());

	it.each(['getPagedWarehouses', 'getCampaign'] as const)(
		'the answer is waited for if %s fails for a while',
		async (operation) => {
			fault(operation, 6);
			const { items: output } = await shop.update(items, { store, onError });
			expect(statuses(output)).toEqual(['failed', 'failed', 'accepted', 'accepted', 'accepted']);
			expect(output[0]?.json.reason).toMatch(
				/^Stores 21000001 and 21000002 are in one warehouse group/,
			);
			expect(shop.available(1)).toBeNull();
		},
	);

	it('the answer is waited for, but an hour at most', async () => {
		fault('getPagedWarehouses', 6);
		const ask = jest.spyOn(warehouseLists, 'awaitStoreWarehouses');
		const startMs = Date.now();
		await shop.update(items, { store, onError });
		const untilMs = ask.mock.calls[0]?.[2].untilMs;
		expect(untilMs).toBeGreaterThanOrEqual(startMs + 3_600_000);
		expect(untilMs).toBeLessThanOrEqual(Date.now() + 3_600_000);
	});

	it.each(['getPagedWarehouses', 'getCampaign'] as const)(
		'they are refused if %s fails for good, and the next run asks again',
		async (operation) => {
			fault(operation, 1_000);
			const settings = { store, credentialId: `shaken ${operation}`, onError } as const;
			const { items: output, hints } = await shop.update(items, settings);
			expect(statuses(output)).toEqual(['failed', 'failed', 'accepted', 'accepted', 'accepted']);
			expect(output[0]?.json).toMatchObject({
				reason:
					'Stores 21000001 and 21000002 may hold one number together (the Market did not tell), and this run has 5 for the ' +
					'one and 7 for the other: if they do, they hold one number',
				advice: expect.stringMatching(/^Run again later/),
			});
			expect(hints.map(({ message }) => message)).toContainEqual(
				expect.stringMatching(/^Whether .* could not be checked/),
			);
			expect([shop.available(1), shop.available(2)]).toEqual([null, 4]);
			shop.market.setSwitches({ faults: [] });
			const { items: again } = await shop.update(rows([fbs, 1, 5], [dbs, 1, 7]), settings);
			expect(statuses(again)).toEqual(['accepted', 'accepted']);
		},
	);

	it('the answer is waited for within Maximum Wait; then they are refused, with what to do', async () => {
		shop.market.setSwitches({
			faults: [{ kind: 'limit', rate: 1, operation: 'getPagedWarehouses' }],
		});
		const options = { maximumWait: 0 };
		const { items: output, hints } = await shop.update(items, { store, onError, options });
		expect(statuses(output)).toEqual(['failed', 'failed', 'accepted', 'accepted', 'accepted']);
		expect(output[0]?.json).toMatchObject({
			reason: expect.stringContaining('(the Market did not tell)'),
			advice:
				'Run again later, when the Market tells it; if Maximum Wait is set, give it more minutes. Or send the balance ' +
				'for one of these stores only: if they hold one number, the Market shows it in the others.',
		});
		expect(hints.map(({ message }) => message)).toContainEqual(
			expect.stringMatching(
				/quota for this question is used up.*give it more time with Maximum Wait/,
			),
		);
		expect([shop.available(1), shop.available(2)]).toEqual([null, 4]);
	});

	it('a refused item holds back its SKU in the other store too, and must be corrected first', async () => {
		fault('getPagedWarehouses', 1_000);
		const blank = { sku: skuOf(1), stock: '', store: groupMate.campaignId };
		const others = rows([fbs, 1, 5], [groupMate, 3, 3]);
		const { items: output } = await shop.update([...others, blank], { store, onError });
		expect(statuses(output)).toEqual(['failed', 'accepted', 'failed']);
		expect(output[0]?.json).toMatchObject({
			reason: expect.stringMatching(
				/may hold one number together.*item 2,.*was refused \(Stock is blank\)/,
			),
			advice: expect.stringMatching(/^Correct that item\. Or run again later/),
		});
	});

	it('they are sent and read back if the token may not ask: stores that show one number are not confirmed', async () => {
		const { items: output, hints } = await shop.update([...items, ...rows([dbs, 1, 9])], {
			store,
			apiKey: TOKENS.offersManagement,
		});
		expect(statuses(output)).toEqual([
			'unconfirmed',
			'unconfirmed',
			'accepted',
			'accepted',
			'accepted',
			'accepted',
		]);
		expect(output[0]?.json).toMatchObject({
			reason: expect.stringMatching(
				/^Stores 21000001 and 21000002 hold one number together, as SKU "SKU-00001" shows, and this run has 5 .* 7 /,
			),
			advice: expect.stringContaining('one of these stores only'),
		});
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringContaining('; 2 of the accepted are not confirmed.'),
			expect.stringMatching(/could not be checked.*inventory-and-order-processing/),
			expect.stringMatching(
				/^1 SKU has different numbers for stores .* \("SKU-00001"\).* give the token what it lacks/,
			),
			expect.stringMatching(/^Stores 21000001 and 21000002 hold one number together/),
		]);
	});

	it('they are also sent if the stores show their own numbers', async () => {
		const settings = { store, apiKey: TOKENS.offersManagement };
		const { items: output, hints } = await shop.update(rows([fbs, 1, 5], [dbs, 1, 9]), settings);
		expect(statuses(output)).toEqual(['accepted', 'accepted']);
		expect(hints).toHaveLength(3);
		expect(hints[0]).toEqual(greenHint(2, 2));
	});

	it('a dry run says what a run would', async () => {
		fault('getPagedWarehouses', 1_000);
		const { items: output } = await shop.update(items, {
			store,
			onError,
			options: { dryRun: true },
		});
		expect(statuses(output)).toEqual(['failed', 'failed', 'planned', 'planned', 'planned']);
	});
});

describe('A store that is not one is recognised', () => {
	it.each([
		[
			'the business ID',
			fbs.businessId,
			/^Store 1001 is not a campaign ID: 1001 is a business ID \(Sandbox Cabinet\); .* 21000001/,
		],
		[
			'the warehouse ID',
			fbs.warehouseId,
			/^Store 51000001 is not a campaign ID: 51000001 is a warehouse ID, .* campaign ID 21000001/,
		],
		[
			'the ID of a group',
			61_000_001,
			/^Store 61000001 is not a campaign ID: 61000001 is the ID of a warehouse group/,
		],
	])('%s', async (_name, id, reason) => {
		const { items } = await shop.update([{ sku: skuOf(1), stock: 1 }], {
			store: id,
			onError: 'continueRegularOutput',
		});
		expect(items[0]?.json).toMatchObject({
			status: 'failed',
			reason: expect.stringMatching(reason),
		});
	});
});
