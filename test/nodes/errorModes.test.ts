import type { IDataObject } from 'n8n-workflow';

import { STORES, TOKENS } from '../../sandbox';
import { AMONG_FAILED, offerRow, stockRow } from '../support/outputRows';
import { jsonOf, skuOf, useSandbox } from '../support/useSandbox';

const shop = useSandbox();
const store = String(STORES.fbs.campaignId);

const items: IDataObject[] = [
	{ sku: skuOf(1), stock: 1, colour: 'red' },
	{ sku: skuOf(2), stock: '', colour: 'green' },
	{ sku: '', stock: 3, colour: 'blue' },
	{ sku: skuOf(4), stock: '4', colour: 'white' },
];

const isHidden = (offer: number) => shop.market.offer(STORES.fbs.campaignId, skuOf(offer)).hidden;

describe('Stop Workflow', () => {
	it('sends what is valid, then stops with counts and the items by number, SKU and reason', async () => {
		const { status, error, items: output } = await shop.update(items);
		expect(status).toBe('error');
		expect(output).toEqual([]);
		expect(error?.message).toBe(
			'2 of 4 items were sent and accepted, 2 were not: [item 1] SKU "SKU-00002": Stock is blank;\n[item 2] SKU is blank',
		);
		expect([1, 2, 4].map((offer) => shop.available(offer))).toEqual([1, null, 4]);
	});

	it('says in the description what to do about each', async () => {
		const { error } = await shop.update(items);
		expect(error?.description).toContain('[item 1] SKU "SKU-00002": It is not read as zero.');
		expect(error?.description).toContain('<br>[item 2]: Give every item a SKU');
	});

	it('gives a reason once for many items, names the first and counts the rest', async () => {
		const blank = Array.from({ length: 20 }, (_, index) => ({
			sku: skuOf(index + 1),
			stock: null,
		}));
		const { error } = await shop.update(blank);
		expect(error?.message).toMatch(
			/^0 of 20 items were sent and accepted, 20 were not: \[item 0\] SKU "SKU-00001" and 19 more \(items 1 to 19\): Stock is blank$/,
		);
		expect(error?.message).not.toContain('[item 1]');
		expect(error?.description).toMatch(
			/\[item 4\] SKU "SKU-00005" and 15 more \(items 5 to 19\): It is not read as zero/,
		);
		expect(error?.description?.split('<br>')).toHaveLength(2);
	});

	it('gives the first three of many reasons and counts the rest', async () => {
		const bad = ['', 'many', '1,5', -1, true].map((stock, index) => ({
			sku: skuOf(index + 1),
			stock,
		}));
		const { error } = await shop.update(bad);
		expect(error?.message).toMatch(
			/^0 of 5 items .*\[item 0\][^;]*;\n\[item 1\][^;]*;\n\[item 2\][^;]*;\nand 2 more for other reasons \(items 3 to 4\)$/,
		);
		expect(error?.description?.split('<br>')).toHaveLength(5);
	});

	it('says which items it does not name, and how to see them all', async () => {
		const mixed = Array.from({ length: 60 }, (_, index) => ({
			sku: skuOf(index + 1),
			stock: index % 20 < 10 ? null : 1,
		}));
		const { error } = await shop.update(mixed);
		expect(error?.message).toContain(
			' and 29 more (items 1 to 9, 20 to 29, 40 to 49): Stock is blank',
		);
		expect(error?.description).toContain(
			' and 25 more (items 5 to 9, 20 to 29, 40 to 49): It is not read',
		);
		expect(error?.description).toMatch(
			/<br>To see every item .* On Error .* Continue or to Continue \(using error output\), and run again\.$/,
		);
		const scattered = Array.from({ length: 60 }, (_, index) => ({
			sku: skuOf(index + 1),
			stock: index % 2 ? 1 : null,
		}));
		const { error: other } = await shop.update(scattered);
		expect(other?.message).toContain(
			' and 29 more (items 2, 4, 6 and others up to 58): Stock is blank',
		);
	});

	it('names all reasons of a few items, and then does not say how to see more', async () => {
		const { error } = await shop.update(items);
		expect(error?.description).not.toContain('To see every item');
	});

	it('gives the ranges of the items whose reasons do not fit', async () => {
		const bad = Array.from({ length: 14 }, (_, index) => ({
			sku: skuOf(index + 1),
			stock: `many ${index}`,
		}));
		const { error } = await shop.update(bad);
		expect(error?.message).toContain(';\nand 11 more for other reasons (items 3 to 13)');
		expect(error?.description).toContain(
			'<br>And 4 more for other reasons (items 10 to 13).<br>To see every item',
		);
	});

	it('puts what would be a hint about the business in the message, and what would be one about the items in the description', async () => {
		const { campaignId } = STORES.warehouseFbs;
		const settings = { store: campaignId, apiKey: TOKENS.warehouseAll };
		const { error } = await shop.update(
			[
				{ sku: 'A-1', stock: '' },
				{ sku: 40_000_001, stock: 1 },
			],
			settings,
		);
		expect(error?.message).toMatch(
			/: \[item 0\] SKU "A-1": Stock is blank\.\nBusiness 1003 has no warehouse groups: .* Set Send To to Warehouse, or see with the option Verify what the Market shows\.$/,
		);
		expect(error?.description).toMatch(/<br>.*SKU.* number/);
	});

	it('passes on one item per input item if all is well', async () => {
		const { status, items: output } = await shop.update([items[0] ?? {}, items[3] ?? {}]);
		expect(status).toBe('success');
		expect(output).toEqual([
			{
				json: stockRow({
					sku: skuOf(1),
					count: 1,
					updatedAt: expect.any(String),
					store,
					status: 'accepted',
				}),
				pairedItem: { item: 0 },
			},
			{
				json: stockRow({
					sku: skuOf(4),
					count: 4,
					updatedAt: expect.any(String),
					store,
					status: 'accepted',
				}),
				pairedItem: { item: 1 },
			},
		]);
	});

	it.each(['hide', 'unhide'] as const)('%s sends the valid SKUs, then stops', async (node) => {
		for (const offer of [1, 2, 4])
			shop.market.setHidden(STORES.fbs.campaignId, skuOf(offer), node === 'unhide');
		const { error } = await shop[node](items);
		expect(error?.message).toBe(
			'3 of 4 items were sent and accepted, 1 was not: [item 2] SKU is blank',
		);
		expect([1, 2, 4].map(isHidden)).toEqual([1, 2, 4].map(() => node === 'hide'));
	});

	it('does nothing if there are no items', async () => {
		const { status, items: output } = await shop.update([]);
		expect(status).toBe('success');
		expect(output).toEqual([]);
		expect(shop.requests()).toEqual([]);
	});
});

describe('All or Nothing', () => {
	it.each(['update', 'hide', 'unhide'] as const)(
		'%s sends nothing if one item is invalid',
		async (node) => {
			const { error } = await shop[node](items, { options: { allOrNothing: true } });
			expect(error?.message).toMatch(/^0 of 4 items were sent and accepted, 4 were not/);
			expect(error?.message).toContain('Not sent: other items cannot be sent');
			expect(shop.requests()).toEqual([]);
		},
	);

	it('names the items at fault first, not those that were held back because of them', async () => {
		const many = Array.from({ length: 30 }, (_, index) => ({
			sku: skuOf(index + 1),
			stock: index === 25 ? '' : 1,
		}));
		const { error } = await shop.update(many, { options: { allOrNothing: true } });
		expect(error?.message).toContain(
			'30 were not: [item 25] SKU "SKU-00026": Stock is blank;\n[item 0]',
		);
		expect(error?.description).toMatch(/^\[item 25\]/);
	});

	it('cannot cover what only the Market refuses, and says so', async () => {
		shop.market.setSwitches({ poisonedSkus: [{ sku: skuOf(2), naming: 'named' }] });
		const good = [1, 2, 3].map((offer) => ({ sku: skuOf(offer), stock: offer }));
		const { error } = await shop.update(good, { options: { allOrNothing: true } });
		expect(error?.message).toMatch(/^2 of 3 items were sent and accepted, 1 was not: \[item 1\]/);
		expect(error?.message).toMatch(
			/All or Nothing covers only what is checked before sending: the Market itself took 2 of these items, but not 1\.$/,
		);
	});

	it('sends everything if all items are valid', async () => {
		const { status } = await shop.update([items[0] ?? {}], { options: { allOrNothing: true } });
		expect(status).toBe('success');
		expect(shop.available(1)).toBe(1);
	});

	it('fails every item in Continue, each with its own reason', async () => {
		const { items: output } = await shop.update(items, {
			options: { allOrNothing: true },
			onError: 'continueRegularOutput',
		});
		expect(output.map(({ json }) => json.status)).toEqual(['failed', 'failed', 'failed', 'failed']);
		expect(output[0]?.json.reason).toContain('All or Nothing');
		expect(output[1]?.json.reason).toBe('Stock is blank');
		expect(shop.requests()).toEqual([]);
	});
});

describe('Continue', () => {
	const onError = 'continueRegularOutput';

	it('gives one item per input item, in order and paired', async () => {
		const { status, items: output } = await shop.update(items, { onError });
		expect(status).toBe('success');
		expect(output.map(({ json }) => json.status)).toEqual([
			'accepted',
			'failed',
			'failed',
			'accepted',
		]);
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
			{ item: 3 },
		]);
		expect([1, 2, 4].map((offer) => shop.available(offer))).toEqual([1, null, 4]);
	});

	it('keeps the input of a failed item apart from the reason and the advice', async () => {
		const { items: output } = await shop.update(items, { onError });
		expect(output[1]?.json).toEqual(
			stockRow({
				sku: skuOf(2),
				store,
				status: 'failed',
				reason: 'Stock is blank',
				advice: expect.stringContaining('It is not read as zero'),
				mayBeHeld: false,
				input: items[1],
			}),
		);
	});

	it('has no key "error" in any item, even if the input has one', async () => {
		const withError = items.map((item) => ({ ...item, error: 'of the source' }));
		const { items: output } = await shop.update(withError, {
			onError,
			options: { includeInputFields: true },
		});
		expect(output.some(({ json }) => 'error' in json)).toBe(false);
		expect(output.map(({ json }) => json.input)).toEqual(withError);
	});

	it.each(['hide', 'unhide'] as const)('%s goes on after a blank SKU', async (node) => {
		const { items: output } = await shop[node](items, { onError });
		expect(output.map(({ json }) => json.status)).toEqual([
			'accepted',
			'accepted',
			'failed',
			'accepted',
		]);
		expect(output[0]?.json).toEqual(
			offerRow({ sku: skuOf(1), store, status: 'accepted', ...AMONG_FAILED }),
		);
		expect(output[2]?.json).toMatchObject({ reason: 'SKU is blank', input: items[2] });
	});
});

describe('Continue (using error output)', () => {
	const onError = 'continueErrorOutput';

	it('separates accepted from failed items', async () => {
		const { status, items: output, errorItems } = await shop.update(items, { onError });
		expect(status).toBe('success');
		expect(output.map(({ json }) => json.sku)).toEqual([skuOf(1), skuOf(4)]);
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 3 }]);
		expect(errorItems.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 2 }]);
	});

	const blankStock = {
		message: expect.stringMatching(
			/^\[item 1\] SKU "SKU-00002": Stock is blank\. It is not read as zero/,
		),
		sku: skuOf(2),
		store,
		status: 'failed',
		reason: 'Stock is blank',
		advice: expect.stringMatching(/^It is not read as zero/),
	};

	it('puts the input fields back, beside everything that the node says under error', async () => {
		const { errorItems } = await shop.update(items, { onError });
		expect(jsonOf(errorItems)).toEqual([
			{ ...items[1], error: blankStock },
			{
				...items[2],
				error: {
					message: expect.stringMatching(/^\[item 2\] SKU is blank\. Give/),
					store,
					status: 'failed',
					reason: 'SKU is blank',
					advice: expect.stringMatching(/^Give/),
				},
			},
		]);
	});

	it('loses nothing of the input: its own message, reason and store stay, and its error is in ours', async () => {
		const own = { message: 'mine', reason: 'mine', store: 'mine', details: 'mine', input: 'mine' };
		const withError = { ...items[1], ...own, error: 'mine' };
		const { errorItems } = await shop.update([items[0] ?? {}, { ...items[1], ...own }, withError], {
			onError,
		});
		expect(jsonOf(errorItems)).toEqual([
			{ ...items[1], ...own, error: blankStock },
			{
				...withError,
				error: { ...blankStock, message: expect.stringContaining('[item 2]'), input: withError },
			},
		]);
	});

	it('keeps an accepted item on the main output if the input has a field "error"', async () => {
		const input = { ...items[0], error: 'of the source', message: 'of the source' };
		const { items: output, errorItems } = await shop.update([input], {
			onError,
			options: { includeInputFields: true },
		});
		expect(output).toHaveLength(1);
		expect(errorItems).toEqual([]);
	});

	it.each(['hide', 'unhide'] as const)('%s does the same', async (node) => {
		const { items: output, errorItems } = await shop[node](items, { onError });
		expect(output).toHaveLength(3);
		expect(jsonOf(errorItems)).toEqual([
			{ ...items[2], error: expect.objectContaining({ reason: 'SKU is blank' }) },
		]);
	});

	it('sends what the Market itself refused to the error output too', async () => {
		const { items: output, errorItems } = await shop.update(items, {
			onError,
			store: STORES.fby.campaignId,
		});
		expect(output).toEqual([]);
		expect(errorItems).toHaveLength(4);
		expect(errorItems[0]?.json).toMatchObject({
			colour: 'red',
			error: { reason: expect.stringContaining('is FBY') },
		});
	});
});

describe('Retry On Fail', () => {
	const settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
	const failedFirst = [items[1] ?? {}, items[0] ?? {}, items[3] ?? {}];

	it.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
		'changes nothing about the balances, with %s',
		async (onError) => {
			await shop.update(failedFirst, { onError, settings });
			expect([1, 2, 4].map((offer) => shop.available(offer))).toEqual([1, null, 4]);
			expect(shop.market.statistics().updateStocks?.statuses[400]).toBeUndefined();
		},
	);

	it('does not run the node again in Continue if the first item failed', async () => {
		const { items: output } = await shop.update(failedFirst, {
			onError: 'continueRegularOutput',
			settings,
		});
		expect(output).toHaveLength(3);
		expect(shop.market.statistics().updateStocks?.requests).toBe(1);
	});

	it('does not run the node again with the error output if the first item failed; both outputs keep their order', async () => {
		const mixed = [items[1] ?? {}, items[2] ?? {}, items[0] ?? {}, items[1] ?? {}, items[3] ?? {}];
		const { items: output, errorItems } = await shop.update(mixed, {
			onError: 'continueErrorOutput',
			settings,
		});
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 2 }, { item: 4 }]);
		expect(errorItems.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 3 },
		]);
		expect(shop.market.statistics().updateStocks?.requests).toBe(1);
	});

	it('sends every item to the error output once if all failed and n8n runs the node again', async () => {
		const { items: output, errorItems } = await shop.update(failedFirst.slice(0, 1), {
			onError: 'continueErrorOutput',
			settings,
		});
		expect([output.length, errorItems.length]).toEqual([0, 1]);
	});
});
