import {
	getGlobalState,
	setGlobalState,
	type IDataObject,
	type INodeParameters,
} from 'n8n-workflow';

import { STORES, TOKENS } from '../../sandbox';
import type { RunSettings } from '../support/nodeRuns';
import { offerRow, stockRow } from '../support/outputRows';
import { skuOf, useSandbox } from '../support/useSandbox';

const shop = useSandbox();
const sku = skuOf(1);
const onError = 'continueRegularOutput';
const HOUR_MS = 60 * 60 * 1_000;
const ago = (hours: number) => new Date(Date.now() - hours * HOUR_MS).toISOString();

/** Sends balances of one SKU. Gives the balance the Market holds, the statuses and the reasons. */
async function send(stocks: unknown[], options: INodeParameters) {
	const items = stocks.map((stock) => ({ sku, stock }) as IDataObject);
	const { items: output } = await shop.update(items, { options, onError });
	return {
		held: shop.available(1),
		statuses: output.map(({ json }) => json.status),
		reasons: output.map(({ json }) => json.reason),
		notes: output.map(({ json }) => json.note),
		pairs: output.map(({ pairedItem }) => pairedItem),
	};
}

describe('Duplicate SKUs', () => {
	it('Refuse When They Differ: names the balances and sends none', async () => {
		const { held, statuses, reasons } = await send([5, 7], {});
		expect(held).toBeNull();
		expect(statuses).toEqual(['failed', 'failed']);
		expect(reasons[1]).toBe(
			'The SKU comes more than once with different balances: 5 in item 0, 7 in item 1',
		);
	});

	it.each(['refuse', 'last', 'sum'])(
		'%s: identical rows become one record, and each item says so',
		async (rule) => {
			const { held, statuses, notes, pairs } = await send([5, 5], { duplicateSkus: rule });
			expect(held).toBe(rule === 'sum' ? 10 : 5);
			expect(statuses).toEqual(['accepted', 'accepted']);
			expect(notes).toEqual(
				Array(2).fill('The SKU appears in items 0, 1: it is sent once for all of them'),
			);
			expect(pairs).toEqual([{ item: 0 }, { item: 1 }]);
		},
	);

	it('Send the Last', async () => {
		expect((await send([5, 9, 7], { duplicateSkus: 'last' })).held).toBe(7);
	});

	it('Send the Sum', async () => {
		expect((await send([5, 9, 7], { duplicateSkus: 'sum' })).held).toBe(21);
	});

	it.each<[unknown[], INodeParameters, number | null]>([
		[[100, -30], {}, 70],
		[[100, '-30'], { negatives: 'zero' }, 70],
		[[7, -9, 1], { negatives: 'zero' }, 0],
		[[7, -9, 1], {}, null],
		[[1.5, '1.5'], {}, 3],
		[[0.1, 0.2, 0.7], { fractions: 'roundDown' }, 1],
		[[10, 5, -3], { reserve: 2, maximumStock: 9 }, 9],
	])(
		'Send the Sum of %j with %j: added as they are, then cleaned: %p',
		async (stocks, options, expected) => {
			const { held, statuses } = await send(stocks, { ...options, duplicateSkus: 'sum' });
			expect(held).toBe(expected);
			expect(new Set(statuses)).toEqual(new Set([expected === null ? 'failed' : 'accepted']));
		},
	);

	it('Send the Sum: a refused sum names what was added up', async () => {
		const { reasons } = await send([7, -9, 1], { duplicateSkus: 'sum' });
		const reason = 'Stock "-1" (the sum of 7 in item 0, -9 in item 1, 1 in item 2) is negative';
		expect(reasons).toEqual(Array(3).fill(reason));
	});

	it.each<[unknown[], string]>([
		[[-3, 12.5, 7], 'last'],
		[['-3', 7, '7.0'], 'last'],
		[[7, '7.0', ' 7 '], 'refuse'],
	])('%j with %s: a row that is not used spoils nothing', async (stocks, rule) => {
		const { held, statuses } = await send(stocks, { duplicateSkus: rule });
		expect(held).toBe(7);
		expect(statuses).toEqual(Array(3).fill('accepted'));
	});

	it('Refuse When They Differ: the same balance at different moments is sent with the newest', async () => {
		const items = [ago(2), ago(1), ago(3)].map((at) => ({ sku, stock: 5, at }));
		const { items: output, status } = await shop.update(items, {
			options: { updatedAtField: 'at' },
		});
		expect(status).toBe('success');
		expect(output.map(({ json }) => json.updatedAt)).toEqual(Array(3).fill(items[1]?.at));
		expect(shop.available(1)).toBe(5);
	});

	it('Send the Newest: an older row that is negative spoils nothing', async () => {
		const items = [
			{ sku, stock: -5, at: ago(3) },
			{ sku, stock: 9, at: ago(1) },
			{ sku, stock: 7.5, at: ago(2) },
		];
		const run = { options: { duplicateSkus: 'newest', updatedAtField: 'at' } };
		expect((await shop.update(items, run)).status).toBe('success');
		expect(shop.available(1)).toBe(9);
	});

	it('Send the Sum: more than the Market accepts', async () => {
		const { held, reasons } = await send([2_000_000_000, 1], { duplicateSkus: 'sum' });
		expect(held).toBeNull();
		expect(reasons[0]).toContain('is larger than 2000000000');
	});

	it('Send the Newest', async () => {
		const items = [
			{ sku, stock: 5, at: ago(3) },
			{ sku, stock: 9, at: ago(1) },
			{ sku, stock: 7, at: ago(2) },
		];
		const run = { options: { duplicateSkus: 'newest', updatedAtField: 'at' } };
		const { items: output } = await shop.update(items, run);
		expect(shop.available(1)).toBe(9);
		expect(output.map(({ json }) => json.updatedAt)).toEqual(Array(3).fill(items[1]?.at));
	});

	it('Send the Newest: different balances of the same moment are refused', async () => {
		const at = ago(1);
		const items = [5, 9].map((stock) => ({ sku, stock, at }));
		const run = {
			options: { duplicateSkus: 'newest', updatedAtField: 'at' },
			onError,
		} as const;
		const { items: output } = await shop.update(items, run);
		expect(output[0]?.json.reason).toContain('different balances of the same moment');
	});

	it.each(['refuse', 'last', 'sum'])(
		'%s: an unreadable balance holds back the others of its SKU',
		async (rule) => {
			const { held, reasons } = await send([5, 'many', 5], { duplicateSkus: rule });
			expect(held).toBeNull();
			expect(reasons[1]).toBe('Stock "many" is not a number');
			expect(reasons[0]).toBe('The same SKU stands in item 1, whose balance could not be read');
		},
	);

	it('outer spaces do not make a different SKU', async () => {
		const { items } = await shop.update(
			[
				{ sku, stock: 5 },
				{ sku: ` ${sku}\u00a0`, stock: 6 },
			],
			{ onError },
		);
		expect(items.map(({ json }) => json.status)).toEqual(['failed', 'failed']);
	});

	it('the note stays short if thousands of items share one SKU', async () => {
		const { notes, statuses } = await send(Array(3_000).fill(1), {});
		expect(statuses.every((status) => status === 'accepted')).toBe(true);
		expect(notes[2_999]).toBe(
			'The SKU appears in items 0, 1, 2, 3, 4 and 2995 more: it is sent once for all of them',
		);
	});

	it('a SKU that is hidden twice is hidden once', async () => {
		const { items } = await shop.hide([{ sku }, { sku }]);
		expect(items.map(({ json }) => json.status)).toEqual(['accepted', 'accepted']);
		expect(shop.market.statistics().addHiddenOffers?.items).toBe(1);
	});
});

describe('Fractions and Negatives', () => {
	it.each<[unknown, INodeParameters, number | null, string | undefined]>([
		[12.5, {}, null, 'Stock "12.5" is not a whole number'],
		['12.5', { fractions: 'roundDown' }, 12, undefined],
		[0.9, { fractions: 'roundDown' }, 0, undefined],
		[-3, {}, null, 'Stock "-3" is negative'],
		[-3, { negatives: 'zero' }, 0, undefined],
		[-0.5, { negatives: 'zero' }, 0, undefined],
		['-3', { negatives: 'zero' }, 0, undefined],
		[28.999999999999996, {}, 29, undefined],
		['28.999999999999996', { fractions: 'roundDown' }, 29, undefined],
	])('%p with %p gives %p', async (stock, options, expected, expectedReason) => {
		const { held, reasons } = await send([stock], options);
		expect(held).toBe(expected);
		expect(reasons).toEqual([expectedReason]);
	});
});

describe('Decimal Separator', () => {
	it.each<[string, INodeParameters, number | null]>([
		['12.000', {}, null],
		['1,234', {}, null],
		['1 234,000', {}, 1_234],
		['10,00', {}, 10],
		['12.000', { decimalSeparator: 'dot' }, 12],
		['1,234', { decimalSeparator: 'dot' }, 1_234],
		['12.000', { decimalSeparator: 'comma' }, 12_000],
		['1,000', { decimalSeparator: 'comma' }, 1],
		['12,5', { decimalSeparator: 'dot', fractions: 'roundDown' }, null],
		['1.234', { decimalSeparator: 'dot', fractions: 'roundDown' }, 1],
	])('%p with %p gives %p', async (stock, options, expected) => {
		expect((await send([stock], options)).held).toBe(expected);
	});

	it('is named with both readings if a text can be read in two ways', async () => {
		const { items } = await shop.update([{ sku, stock: '1.000' }], { onError });
		expect(items[0]?.json.reason).toMatch(/^Stock "1\.000" may be 1 or 1000: its dot/);
		expect(items[0]?.json.advice).toMatch(/option Decimal Separator/);
	});
});

describe('Reserve and Maximum Stock Shown', () => {
	it.each<[unknown[], INodeParameters, number]>([
		[[10], { reserve: 3 }, 7],
		[[2], { reserve: 3 }, 0],
		[[10], { maximumStock: 4 }, 4],
		[[3], { maximumStock: 4 }, 3],
		[[10], { maximumStock: 0 }, 0],
		[[10], { reserve: 3, maximumStock: 5 }, 5],
		[[10], { reserve: 8, maximumStock: 5 }, 2],
		[[2, 2], { duplicateSkus: 'sum', reserve: 3 }, 1],
	])('%p with %p gives %p', async (stocks, options, expected) => {
		expect((await send(stocks, options)).held).toBe(expected);
	});

	const byItem: IDataObject[] = [
		{ sku, stock: 10, units: 1 },
		{ sku: skuOf(2), stock: 10, units: 4 },
		{ sku: skuOf(3), stock: 3, units: '4' },
	];

	it.each<[string, number[]]>([
		['reserve', [9, 6, 0]],
		['maximumStock', [1, 4, 3]],
	])('%s is computed for each item', async (name, expected) => {
		await shop.update(byItem, { options: { [name]: '={{ $json.units }}' } });
		expect([1, 2, 3].map((offer) => shop.available(offer))).toEqual(expected);
	});

	it.each<[string, string, unknown, string]>([
		['reserve', 'Reserve', undefined, 'blank'],
		['reserve', 'Reserve', 'few', '"few"'],
		['maximumStock', 'Maximum Stock Shown', -1, '"-1"'],
		['maximumStock', 'Maximum Stock Shown', '', 'blank'],
	])(
		'%s that is unusable for one item refuses that item only',
		async (name, label, units, shown) => {
			const items = [byItem[0], { ...byItem[1], units }] as IDataObject[];
			const { items: output } = await shop.update(items, {
				options: { [name]: '={{ $json.units }}' },
				onError,
			});
			expect(output.map(({ json }) => json.status)).toEqual(['accepted', 'failed']);
			expect(output[1]?.json.reason).toBe(
				`${label} must be a whole number from 0 to 2000000000, not ${shown}`,
			);
			expect([shop.available(1), shop.available(2)]).toEqual([name === 'reserve' ? 9 : 1, null]);
		},
	);

	it('an expression may give the number', async () => {
		expect((await send([10], { reserve: '={{ 1 + 1 }}' })).held).toBe(8);
	});
});

describe('Updated At', () => {
	const dated = { updatedAtField: 'at' };

	it.each([
		['as text', () => ago(2)],
		['with another offset', () => ago(-1).replace('Z', '+03:00')],
		['as a database date', () => new Date(Date.now() - HOUR_MS)],
	])('%s reaches the Market as the same moment', async (_name, at) => {
		const moment = at();
		await shop.update([{ sku, stock: 5, at: moment }], { options: dated });
		expect(shop.market.balance(STORES.fbs.campaignId, sku)?.stamp).toBe(new Date(moment).getTime());
	});

	it.each([null, '', 'yesterday', '2026-11-23', '2026-11-23 12:00:00', 1_700_000_000])(
		'%p is refused: a moment needs a time and a zone',
		async (at) => {
			const { items } = await shop.update([{ sku, stock: 5, at }], { options: dated, onError });
			expect(items[0]?.json.reason).toMatch(
				/^Updated At .*(is blank|is not a date and time with a time zone)$/,
			);
			expect(shop.requests()).toEqual([]);
		},
	);

	it('in the future is refused', async () => {
		const { items } = await shop.update([{ sku, stock: 5, at: ago(-1) }], {
			options: dated,
			onError,
		});
		expect(items[0]?.json.reason).toContain('is in the future');
	});

	it('more than 24 hours ago is refused', async () => {
		const { items } = await shop.update([{ sku, stock: 5, at: ago(25) }], {
			options: dated,
			onError,
		});
		expect(items[0]?.json).toMatchObject({
			status: 'failed',
			reason: expect.stringContaining('more than 24 hours ago'),
		});
		expect(items[0]?.json.advice).toContain('Old Updated At to Send Run Time');
		expect(shop.available(1)).toBeNull();
	});

	it('more than 24 hours ago goes with the time of the run if Old Updated At says so', async () => {
		const startMs = Date.now();
		const options = { ...dated, oldUpdatedAt: 'runTime' };
		const { items } = await shop.update([{ sku, stock: 5, at: ago(25) }], { options });
		expect(shop.available(1)).toBe(5);
		expect(Date.parse(String(items[0]?.json.updatedAt))).toBeGreaterThan(startMs - HOUR_MS);
	});

	describe('without a time zone', () => {
		const momentMs = Math.floor(Date.now() / 1_000 - 3_600) * 1_000;
		const localIn = (timeZone: string) => new Date(momentMs).toLocaleString('sv-SE', { timeZone });
		const heldStamp = () => shop.market.balance(STORES.fbs.campaignId, sku)?.stamp;

		it.each([
			['as ISO 8601', (local: string) => local],
			[
				'as a spreadsheet shows it',
				(local: string) => local.replace(/^(\d+)-(\d+)-(\d+)/, '$3.$2.$1'),
			],
			[
				'as a spreadsheet holds it',
				(local: string) => Date.parse(`${local.replace(' ', 'T')}Z`) / (24 * HOUR_MS) + 25_569,
			],
		])('%s, is read in the named zone', async (_name, write) => {
			const options = { ...dated, updatedAtTimeZone: 'named', timeZoneName: 'Asia/Tashkent' };
			const at = write(localIn('Asia/Tashkent'));
			const { items } = await shop.update([{ sku, stock: 5, at }], { options });
			expect(heldStamp()).toBe(momentMs);
			expect(items[0]?.json.updatedAt).toBe(new Date(momentMs).toISOString());
		});

		const { defaultTimezone } = getGlobalState();
		afterEach(() => setGlobalState({ defaultTimezone }));

		it("is read in the workflow's zone", async () => {
			setGlobalState({ defaultTimezone: 'Asia/Kamchatka' });
			const options = { ...dated, updatedAtTimeZone: 'workflow' };
			await shop.update([{ sku, stock: 5, at: localIn('Asia/Kamchatka') }], { options });
			expect(heldStamp()).toBe(momentMs);
		});

		it.each([{}, { updatedAtTimeZone: 'refuse', timeZoneName: 'Asia/Tashkent' }])(
			'is refused with the options %j',
			async (options) => {
				const at = localIn('Asia/Tashkent');
				const { items } = await shop.update([{ sku, stock: 5, at }], {
					options: { ...dated, ...options },
					onError,
				});
				expect(items[0]?.json.reason).toMatch(/is not a date and time with a time zone$/);
				expect(items[0]?.json.advice).toContain('Time Zone of Updated At');
				expect(shop.requests()).toEqual([]);
			},
		);

		it.each([{}, { timeZoneName: 'MSK' }])(
			'and with a Named Zone that is not one, %j, nothing is sent',
			async (name) => {
				const options = { ...dated, updatedAtTimeZone: 'named', ...name };
				const { error } = await shop.update([{ sku, stock: 5, at: ago(1) }], { options });
				expect(error?.message).toMatch(/^Time Zone Name: .* is not a time zone$/);
				expect(error?.description).toContain('such as Europe/Moscow');
				expect(shop.requests()).toEqual([]);
			},
		);
	});

	it('an older one does not undo a newer balance', async () => {
		await shop.update([{ sku, stock: 5, at: ago(1) }], { options: dated });
		await shop.update([{ sku, stock: 9, at: ago(2) }], { options: dated });
		expect(shop.available(1)).toBe(5);
	});
});

describe('Dry Run', () => {
	const many = Array.from({ length: 4_500 }, (_, index) => ({ sku: `S${index}`, stock: 1 }));

	it('checks and plans, and sends nothing', async () => {
		const { items, status } = await shop.update(many, { options: { dryRun: true } });
		expect(status).toBe('success');
		expect(shop.requests()).toEqual([
			'GET /v2/campaigns/21000001',
			'POST /v2/businesses/1001/warehouses',
			'POST /v2/auth/token',
		]);
		expect(items).toHaveLength(4_500);
		expect(items[0]?.json).toEqual(
			stockRow({
				sku: 'S0',
				count: 1,
				updatedAt: expect.any(String),
				store: String(STORES.fbs.campaignId),
				status: 'planned',
				request: 1,
			}),
		);
		expect([1_999, 2_000, 4_499].map((item) => items[item]?.json.request)).toEqual([1, 2, 3]);
	});

	it.each(['hide', 'unhide'] as const)('%s too, in requests of 500', async (node) => {
		const { items } = await shop[node](many, { options: { dryRun: true } });
		expect(shop.requests()).toEqual([
			'GET /v2/campaigns/21000001',
			'POST /v2/businesses/1001/settings',
			'POST /v2/auth/token',
		]);
		expect([0, 499, 500, 4_499].map((item) => items[item]?.json.request)).toEqual([1, 1, 2, 9]);
	});

	it('numbers requests consecutively across all stores', async () => {
		const items = [STORES.fbs, STORES.dbs].map(({ campaignId }) => ({
			sku,
			stock: 1,
			store: campaignId,
		}));
		const { items: output } = await shop.update(items, {
			options: { dryRun: true },
			store: '={{ $json.store }}',
		});
		expect(output.map(({ json }) => json.request)).toEqual([1, 2]);
	});

	const planned = async (items: IDataObject[], settings: RunSettings = {}) => {
		const run = {
			store: '={{ $json.store }}',
			onError: 'continueRegularOutput' as const,
			...settings,
		};
		const { items: output } = await shop.update(items, {
			...run,
			options: { ...settings.options, dryRun: true },
		});
		expect(shop.market.calls().filter(({ operation }) => operation?.startsWith('update'))).toEqual(
			[],
		);
		return output.map(({ json }) => (json.status === 'planned' ? 'planned' : json.reason));
	};

	it('says what the Market would not accept: the questions before sending are asked', async () => {
		const { fbs, groupMate, dbs, fby } = STORES;
		const items = [
			{ sku, stock: 5, store: fbs.campaignId },
			{ sku, stock: 7, store: groupMate.campaignId },
			{ sku, stock: 1, store: fby.campaignId },
			{ sku, stock: 1, store: 77 },
			{ sku, stock: 1, store: dbs.campaignId },
		];
		expect(await planned(items)).toEqual([
			expect.stringContaining('in one warehouse group'),
			expect.stringContaining('in one warehouse group'),
			expect.stringContaining('is FBY'),
			expect.stringContaining('The Market does not know store 77'),
			'planned',
		]);
	});

	it('says that the Market does not accept the token', async () => {
		const reason = expect.stringContaining('did not accept the Api-Key token');
		expect(
			await planned([{ sku, stock: 1, store: STORES.fbs.campaignId }], { apiKey: TOKENS.revoked }),
		).toEqual([reason]);
	});

	it('says that the token may read but not write', async () => {
		const reason = 'The Api-Key token lacks an access group';
		expect(
			await planned([{ sku, stock: 1, store: STORES.fbs.campaignId }], { apiKey: TOKENS.readOnly }),
		).toEqual([reason]);
	});

	it('plans if the Market does not say what the token may do', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(0);
		shop.market.setSwitches({ faults: [{ kind: '500', rate: 1, operation: 'getAuthTokenInfo' }] });
		expect(await planned([{ sku, stock: 1, store: STORES.fbs.campaignId }])).toEqual(['planned']);
		jest.restoreAllMocks();
		// Once more and no longer: nothing is sent that could be wrong.
		const asked = shop.requests().filter((request) => request === 'POST /v2/auth/token');
		expect(asked).toHaveLength(2);
	});

	it('says that a warehouse does not belong to the business', async () => {
		const parameters = {
			sendTo: 'warehouse',
			business: { __rl: true, mode: 'id', value: String(STORES.warehouseFbs.businessId) },
			warehouse: { __rl: true, mode: 'id', value: '99' },
		};
		expect(await planned([{ sku, stock: 1 }], { parameters, apiKey: TOKENS.warehouseAll })).toEqual(
			['Business 1003 has no warehouse 99 outside groups'],
		);
	});

	it('plans nothing with All or Nothing if a store is unknown', async () => {
		const items = [STORES.fbs.campaignId, 77].map((store) => ({ sku, stock: 1, store }));
		expect(await planned(items, { options: { allOrNothing: true } })).toEqual([
			expect.stringContaining('All or Nothing is on'),
			expect.stringContaining('does not know store 77'),
		]);
	});

	it('counts in the summary the requests that are planned, not the questions that were asked', async () => {
		const { items } = await shop.update(many, { options: { dryRun: true, output: 'summary' } });
		expect(items[0]?.json).toMatchObject({ planned: 4_500, requests: 3 });
	});

	it('stops if an item cannot be sent, and does not say that anything was', async () => {
		const { error } = await shop.update(
			[
				{ sku, stock: 1 },
				{ sku: '', stock: 1 },
			],
			{ options: { dryRun: true } },
		);
		expect(error?.message).toBe('1 of 2 items can be sent, 1 cannot: [item 1] SKU is blank');
	});
});

describe('Output: Summary', () => {
	const options = { output: 'summary' };

	it('is one item with totals and what it cost', async () => {
		const items = Array.from({ length: 30 }, (_, index) => ({
			sku: skuOf(index + 1),
			stock: index === 3 ? '' : index,
		}));
		const { items: output } = await shop.update(items, { options, onError });
		expect(output).toEqual([
			{
				json: {
					total: 30,
					accepted: 29,
					failed: 1,
					mayBeHeld: 0,
					planned: 0,
					skipped: 0,
					confirmed: 0,
					unconfirmed: 0,
					requests: 3,
					retries: 0,
					waitedSeconds: 0,
					totalSeconds: expect.any(Number),
					failures: [
						{
							item: 3,
							sku: skuOf(4),
							store: String(STORES.fbs.campaignId),
							reason: 'Stock is blank',
							advice: expect.any(String),
						},
					],
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('lists the first 100 failures of 150', async () => {
		const items = Array.from({ length: 150 }, () => ({ sku: '', stock: 1 }));
		const { items: output } = await shop.update(items, { options, onError });
		expect(output[0]?.json).toMatchObject({ total: 150, failed: 150, requests: 0 });
		expect((output[0]?.json.failures as IDataObject[]).map(({ item }) => item)).toEqual([
			...Array(100).keys(),
		]);
	});

	it('lists the items at fault before those that All or Nothing held back', async () => {
		const items = Array.from({ length: 200 }, (_, index) => ({
			sku: `S${index}`,
			stock: index === 180 ? '' : 1,
		}));
		const { items: output } = await shop.update(items, {
			options: { ...options, allOrNothing: true },
			onError,
		});
		expect((output[0]?.json.failures as IDataObject[])[0]).toMatchObject({
			item: 180,
			reason: 'Stock is blank',
		});
	});

	it('still sends failed items to the error output', async () => {
		const items = [
			{ sku, stock: 1 },
			{ sku: skuOf(2), stock: '' },
		];
		const { items: output, errorItems } = await shop.update(items, {
			options,
			onError: 'continueErrorOutput',
		});
		expect(output.map(({ json }) => [json.accepted, json.failed])).toEqual([[1, 1]]);
		expect(errorItems.map(({ json }) => [json.sku, json.error])).toEqual([
			[skuOf(2), expect.objectContaining({ reason: 'Stock is blank' })],
		]);
	});

	it('counts what a dry run plans', async () => {
		const { items } = await shop.update([{ sku, stock: 1 }], {
			options: { ...options, dryRun: true },
		});
		expect(items[0]?.json).toMatchObject({
			total: 1,
			accepted: 0,
			planned: 1,
			requests: 1,
			failures: [],
		});
	});

	it('of Hide Offers', async () => {
		const { items } = await shop.hide([{ sku }, { sku: skuOf(2) }], { options });
		// The store, the business's subscription, the offers.
		expect(items[0]?.json).toMatchObject({ total: 2, accepted: 2, requests: 3 });
	});
});

describe('Include Input Fields', () => {
	// What an earlier run said about an item, and what a source may call its columns.
	const taken = {
		count: 9,
		store: 7,
		status: 'failed',
		reason: 'old',
		advice: 'old',
		note: 'old',
		request: 3,
		error: 'old',
	};

	it("keeps the input's fields apart, whatever they are called", async () => {
		const item = {
			...taken,
			sku: ` ${sku} `,
			stock: 4,
			updatedAt: 'old',
			input: { colour: 'red' },
		};
		const { items } = await shop.update([item], { options: { includeInputFields: true } });
		const said = {
			sku,
			count: 4,
			updatedAt: expect.any(String),
			store: '21000001',
			status: 'accepted',
		};
		expect(items[0]?.json).toEqual(stockRow({ ...said, input: item }));
	});

	it.each(['hide', 'unhide'] as const)('%s does the same', async (node) => {
		const item = { ...taken, sku };
		const { items } = await shop[node]([item], { options: { includeInputFields: true } });
		expect(items[0]?.json).toEqual(
			offerRow({ sku, store: '21000001', status: 'accepted', input: item }),
		);
	});

	it('is off by default', async () => {
		const { items } = await shop.update([{ sku, stock: 4, colour: 'red' }]);
		expect(items[0]?.json).not.toHaveProperty('input');
	});

	it('leaves the input items themselves as they were', async () => {
		const item = { sku, stock: 4, error: 'of the source' };
		await shop.update([item], { options: { includeInputFields: true } });
		expect(item).toEqual({ sku, stock: 4, error: 'of the source' });
	});
});

describe('Duplicate SKUs, if one row', () => {
	const onError = 'continueRegularOutput';
	const at = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
	const dated = { updatedAtField: 'at' };

	it.each(['newest', 'last', 'refuse'])(
		'is too old and not used, with %s: the one that is used is sent',
		async (duplicateSkus) => {
			const stock = duplicateSkus === 'refuse' ? 7 : 5;
			const items = [
				{ sku: skuOf(1), stock, at: at(30) },
				{ sku: skuOf(1), stock: 7, at: at(1) },
			];
			await shop.update(items, { options: { ...dated, duplicateSkus }, onError });
			expect(shop.available(1)).toBe(7);
		},
	);

	it('is too old and used: its SKU is refused', async () => {
		const items = [
			{ sku: skuOf(1), stock: 5, at: at(1) },
			{ sku: skuOf(1), stock: 7, at: at(30) },
		];
		const { items: output } = await shop.update(items, {
			options: { ...dated, duplicateSkus: 'last' },
			onError,
		});
		expect(output.map(({ json }) => json.reason)).toEqual(
			Array(2).fill(expect.stringContaining('more than 24 hours ago')),
		);
		expect(shop.available(1)).toBeNull();
	});

	it('is too old in a sum: its SKU is refused', async () => {
		const items = [
			{ sku: skuOf(1), stock: 5, at: at(1) },
			{ sku: skuOf(1), stock: 7, at: at(30) },
		];
		const { items: output } = await shop.update(items, {
			options: { ...dated, duplicateSkus: 'sum' },
			onError,
		});
		expect(output[0]?.json.reason).toMatch(
			/^The SKU's sum is not known: in item 1, Updated At .* more than 24 hours ago$/,
		);
		expect(shop.available(1)).toBeNull();
	});

	it('has no readable store: with the sum, its SKU is sent nowhere', async () => {
		const store = '={{ $json.store }}';
		const items = [
			{ sku: skuOf(1), stock: 5, store: 21000001 },
			{ sku: skuOf(1), stock: 7, store: '' },
			{ sku: skuOf(2), stock: 2, store: 21000001 },
		];
		const { items: output } = await shop.update(items, {
			store,
			options: { duplicateSkus: 'sum' },
			onError,
		});
		expect(output.map(({ json }) => json.status)).toEqual(['failed', 'failed', 'accepted']);
		expect(output[0]?.json.reason).toMatch(/^The sum of this SKU is not known: item 1 has it too/);
		expect([shop.available(1), shop.available(2)]).toEqual([null, 2]);
	});
});
