import { allAccepted } from '../support/outputRows';
import { skuOf, useFreshSandboxes } from '../support/useSandbox';
import type { RunSettings } from '../support/nodeRuns';

const shop = useFreshSandboxes();
const messagesOf = (hints: ReadonlyArray<{ message: string }>) =>
	hints.map(({ message }) => message);

afterEach(() => jest.restoreAllMocks());

describe('Balances that a webhook brings', () => {
	const fromWebhook = { startType: 'n8n-nodes-base.webhook' };
	// The sandbox's clock may be a minute behind.
	const item = { sku: skuOf(1), stock: 5, at: new Date(Date.now() - 120_000).toISOString() };

	it.each<[string, RunSettings]>([
		['by field names', {}],
		[
			'by expressions',
			{
				parameters: {
					inputMode: 'expressions',
					sku: '={{ $json.sku }}',
					stock: '={{ $json.stock }}',
				},
			},
		],
		['in a dry run', { options: { dryRun: true } }],
	])(
		'without Updated At, %s: a hint says that an older one may win, and what to do',
		async (_case, settings) => {
			const { hints } = await shop.update([item], { ...fromWebhook, ...settings });
			expect(messagesOf(hints)).toEqual([
				expect.stringMatching(/^1 of 1 /),
				'"Start" feeds this node, and Updated At is not mapped: n8n may start two calls that come close together in the wrong ' +
					'order, and then the older balance stays. Let the caller send the moment at which the balance was true, and add ' +
					'the option Updated At Field (or Updated At) for it.',
			]);
		},
	);

	it('with Updated At: no hint', async () => {
		const { hints, items } = await shop.update([item], {
			...fromWebhook,
			options: { updatedAtField: 'at' },
		});
		expect(items[0]?.json).toMatchObject({ status: 'accepted', updatedAt: item.at });
		expect(messagesOf(hints)).toEqual([allAccepted(1)]);
	});

	it('from another trigger: no hint', async () => {
		expect(messagesOf((await shop.update([item])).hints)).toEqual([allAccepted(1)]);
	});
});

describe('A column that an Excel file has twice, as n8n reads it', () => {
	const item = { sku: skuOf(1), stock: 5, stock_1: 7 };
	const told =
		'Stock is read from "stock", and there is "stock_1" too: that is what n8n calls the second of two columns "stock" in an Excel ' +
		'file. If the file has that column twice, give each a name of its own.';

	it.each<[string, RunSettings]>([
		['by field names', {}],
		['by a quoted name', { parameters: { stockField: '["stock"]' } }],
		[
			'by expressions',
			{
				parameters: {
					inputMode: 'expressions',
					sku: '={{ $json.sku }}',
					stock: '={{ $json.stock }}',
				},
			},
		],
		['in a dry run', { options: { dryRun: true } }],
	])('is reported with the one that is read, %s', async (_case, settings) => {
		const { hints, items } = await shop.update([{ sku: skuOf(2), stock: 3 }, item], settings);
		expect(items[1]?.json).toMatchObject({ count: 5 });
		expect(messagesOf(hints)).toEqual([expect.stringMatching(/^2 of 2 /), told]);
	});

	it('is reported for the SKU when offers are hidden or shown', async () => {
		const { hints } = await shop.unhide([{ sku: skuOf(1), sku_1: '4600000000017' }]);
		expect(messagesOf(hints)).toEqual([
			allAccepted(1),
			told.replaceAll('stock', 'sku').replace('Stock', 'SKU'),
		]);
	});

	it.each<[string, object, RunSettings]>([
		['for another column', { sku: skuOf(1), stock: 5, price: 1, price_1: 2 }, {}],
		['where the second one is read', item, { parameters: { stockField: 'stock_1' } }],
		[
			'where it has no first one',
			{ sku: skuOf(1), left: { stock: 5 }, stock_1: 7 },
			{ parameters: { stockField: 'left.stock' } },
		],
		[
			'where an expression computes it',
			item,
			{
				parameters: {
					inputMode: 'expressions',
					sku: '={{ $json.sku }}',
					stock: '={{ $json.stock + 1 }}',
				},
			},
		],
	])('is not reported %s', async (_case, row, settings) => {
		expect(messagesOf((await shop.update([row as typeof item], settings)).hints)).toEqual([
			allAccepted(1),
		]);
	});
});

describe('Hide Offers', () => {
	const onError = 'continueRegularOutput';

	it('tells how many offers are hidden now, each once', async () => {
		const rows = [1, 2, 2, 3].map((offer) => ({ sku: skuOf(offer) }));
		const { hints } = await shop.hide([...rows, { sku: '#N/A' }], { onError });
		expect(messagesOf(hints)).toEqual([
			'4 of 5 accepted by the Market, 1 request; 1 was not: see reason and advice.',
			'3 offers are hidden now: until Unhide Offers shows them, even if this flow is stopped before that.',
		]);
	});

	it('tells how many more may be hidden because no answer came', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(0);
		shop.market.setSwitches({
			faults: [{ kind: 'html200', rate: 1, operation: 'addHiddenOffers' }],
		});
		const { hints } = await shop.hide([{ sku: skuOf(1) }], { onError });
		expect(messagesOf(hints).at(-1)).toMatch(/^0 offers are hidden now, and 1 more may be: /);
	});

	it('tells how many more may be hidden although the Market does not show them so', async () => {
		const rows = [{ sku: skuOf(1) }, { sku: 'mistyped' }, { sku: 'mistyped' }];
		const { hints } = await shop.hide(rows, { options: { verify: 0 } });
		expect(messagesOf(hints).at(-1)).toMatch(/^1 offer is hidden now, and 1 more may be: /);
	});

	it('says nothing if nothing was hidden, and nothing for Unhide Offers', async () => {
		expect(
			messagesOf((await shop.hide([{ sku: skuOf(1) }], { options: { dryRun: true } })).hints),
		).toEqual(['1 of 1 can be sent, 1 request.']);
		expect(messagesOf((await shop.unhide([{ sku: skuOf(1) }])).hints)).toEqual([allAccepted(1)]);
	});
});
