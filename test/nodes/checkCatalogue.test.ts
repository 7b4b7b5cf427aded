import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { generateCatalogue, parseCatalogue, STORES, TOKENS } from '../../sandbox';
import type { RunSettings } from '../support/nodeRuns';
import { itemsFor, skuOf, useFreshSandboxes } from '../support/useSandbox';

/** Offers as a seller has them, among a thousand others. */
const OWN = ['0557722', 'TEA-01', 'ВА3А-12', '4711'];
const catalogue = [
	...parseCatalogue(
		['sku,name,price,archived', ...OWN.map((sku) => `${sku},a,1,`), 'OLD,b,1,yes'].join('\n'),
	),
	...generateCatalogue(1_000),
];
const shop = useFreshSandboxes({ catalogue });
const { fbs, groupMate, dbs, warehouseFbs, warehouseDbs } = STORES;
const options = { checkCatalogue: true };
const onError = 'continueRegularOutput';

/** Three SKUs that the catalogue has otherwise, and one that it does not have at all. */
const TYPOS = ['557722', 'tea-01', 'BA3A-12', 'Kettle'];
const REASONS = [
	'Not in the catalogue of store 21000001; probably meant: "0557722" (differs in leading zeros)',
	'Not in the catalogue of store 21000001; probably meant: "TEA-01" (differs in capital and small letters)',
	'Not in the catalogue of store 21000001; probably meant: "ВА3А-12" (differs in Latin and Cyrillic letters)',
	'Not in the catalogue of store 21000001',
];
const rows = (skus: readonly string[], stock = 5): IDataObject[] =>
	skus.map((sku) => ({ sku, stock }));

/** How often a method of the Market was called. */
const asked = (method: string) =>
	shop.market.calls().filter(({ operation }) => operation === method).length;
/** SKUs that were sent in all requests together. */
const sent = () =>
	shop.market
		.calls()
		.filter(({ operation }) => operation?.startsWith('updateStocks'))
		.reduce((sum, { items }) => sum + items, 0);

async function statuses(items: IDataObject[], settings: RunSettings) {
	const { items: output } = await shop.update(items, { onError, ...settings });
	return output.map(({ json }) => json.status);
}

describe('Without Check Catalogue', () => {
	it('nothing is asked, and the Market ignores what it does not know', async () => {
		expect(await statuses(rows(TYPOS), {})).toEqual(Array(4).fill('accepted'));
		expect(asked('getCampaignOffers')).toBe(0);
	});
});

describe('Check Catalogue', () => {
	it('fails what the catalogue does not have, with what was probably meant, and sends the rest', async () => {
		const items = rows([...TYPOS, ...OWN, 'OLD', skuOf(1)]);
		const { items: output } = await shop.update(items, { options, onError });
		expect(output.map(({ json }) => json.status)).toEqual([
			...Array(4).fill('failed'),
			...Array(6).fill('accepted'),
		]);
		expect(output.slice(0, 4).map(({ json }) => json.reason)).toEqual(REASONS);
		expect(output[0]?.json.advice).toBe(
			'Write the SKU as the catalogue has it: the Market would accept this one and ignore it.',
		);
		expect(output[3]?.json.advice).toMatch(/^Correct the SKU, or add the offer to the catalogue/);
		expect(sent()).toBe(6);
		expect(shop.market.offer(fbs.campaignId, '0557722').available).toBe(5);
	});

	it('stops the workflow with what was meant in the message, once the rest is sent', async () => {
		const { error } = await shop.update(rows(['557722', skuOf(1)]), { options });
		expect(error?.message).toBe(
			`1 of 2 items were sent and accepted, 1 was not: [item 0] SKU "557722": ${REASONS[0]}`,
		);
		expect(shop.available(1)).toBe(5);
	});

	it('gives the error output the row as it came', async () => {
		const { errorItems } = await shop.update(rows(['557722']), {
			options,
			onError: 'continueErrorOutput',
		});
		expect(errorItems.map(({ json }) => json)).toMatchObject([
			{ sku: '557722', stock: 5, error: { reason: REASONS[0], sku: '557722' } },
		]);
	});

	it('sends nothing with All or Nothing', async () => {
		const { error } = await shop.update(rows(['557722', skuOf(1)]), {
			options: { ...options, allOrNothing: true },
		});
		expect(error?.message).toMatch(/^0 of 2 items were sent and accepted, 2 were not: \[item 0\]/);
		expect(sent()).toBe(0);
	});

	it('asks in a dry run too, and plans the rest', async () => {
		const items = rows(['557722', skuOf(1)]);
		expect(await statuses(items, { options: { ...options, dryRun: true } })).toEqual([
			'failed',
			'planned',
		]);
		expect(sent()).toBe(0);
	});

	it('asks for 200 SKUs in a request, and for none that is known from an earlier run', async () => {
		const run = { options, credentialId: 'knows the catalogue' };
		expect((await shop.update(itemsFor(1_000), run)).status).toBe('success');
		expect(asked('getCampaignOffers')).toBe(5);
		expect((await shop.update(itemsFor(1_000), run)).status).toBe('success');
		expect([asked('getCampaignOffers'), asked('getOfferMappings')]).toEqual([5, 0]);
		expect(sent()).toBe(2_000);
	});

	it('fails all items of a SKU that comes more than once', async () => {
		const { items } = await shop.update(rows(['557722', '557722']), { options, onError });
		expect(items.map(({ json }) => json.reason)).toEqual([REASONS[0], REASONS[0]]);
	});

	it.each([
		[true, 'failed'],
		['true', 'failed'],
		[false, 'accepted'],
	])('by an expression that gives %j: %s', async (given, status) => {
		const items = rows(['557722']).map((row) => ({ ...row, given }));
		const byExpression = { checkCatalogue: '={{ $json.given }}' } as INodeParameters;
		expect(await statuses(items, { options: byExpression })).toEqual([status]);
	});
});

describe('SKUs that may be damaged', () => {
	const doubtful = [{ sku: 4711, stock: 5 }];
	const hint = expect.stringContaining('SKUs to compare with the catalogue');
	const hints = async (settings: RunSettings) =>
		(await shop.update(doubtful, settings)).hints.map(({ message }) => message);

	it('need not be compared with the catalogue any more if it has them', async () => {
		expect(await hints({})).toContainEqual(hint);
		expect(await hints({ options })).not.toContainEqual(hint);
	});

	it('are still named if it could not be asked', async () => {
		shop.market.setSwitches({
			faults: [{ kind: 'errorStatus', rate: 1, operation: 'getCampaignOffers' }],
		});
		expect(await hints({ options })).toContainEqual(hint);
	});
});

describe('Zero Guard with Check Catalogue', () => {
	it('judges what is left: SKUs that the Market ignores do not make up for zeros', async () => {
		const items = [
			...[1, 2, 3].map((offer) => ({ sku: skuOf(offer), stock: 0 })),
			...[4, 5].map((offer) => ({ sku: skuOf(offer), stock: 5 })),
			...rows(TYPOS),
		];
		const { items: output } = await shop.update(items, {
			options: { ...options, zeroGuard: 50 },
			onError,
		});
		expect(output.map(({ json }) => json.status)).toEqual(Array(9).fill('failed'));
		expect(output.map(({ json }) => json.reason)).toEqual([
			...Array(5).fill(
				'Store 21000001: 3 of 5 balances are zero, more than the 50 % that Zero Guard allows',
			),
			...REASONS,
		]);
		expect(sent()).toBe(0);
	});

	it('lets the run go on if enough is left', async () => {
		const items = [{ sku: skuOf(1), stock: 0 }, { sku: skuOf(2), stock: 5 }, ...rows(TYPOS)];
		expect(await statuses(items, { options: { ...options, zeroGuard: 50 } })).toEqual([
			'accepted',
			'accepted',
			...Array(4).fill('failed'),
		]);
	});

	it('does not send through a group mate what it then holds back', async () => {
		const of = ({ campaignId: store }: { campaignId: number }, sku: string, stock: number) => ({
			store,
			sku,
			stock,
		});
		const items = [
			of(fbs, skuOf(1), 0),
			of(fbs, skuOf(2), 0),
			of(fbs, skuOf(3), 5),
			of(fbs, 'Kettle', 5),
			of(groupMate, skuOf(1), 0),
			of(groupMate, skuOf(4), 5),
			of(groupMate, skuOf(5), 5),
		];
		const settings = { store: '={{ $json.store }}', options: { ...options, zeroGuard: 50 } };
		expect(await statuses(items, settings)).toEqual([
			...Array(5).fill('failed'),
			'accepted',
			'accepted',
		]);
		expect(shop.available(1)).toBeNull();
	});
});

describe('Check Catalogue for several stores', () => {
	it('asks each of them', async () => {
		const items = [fbs, dbs].flatMap(({ campaignId }) =>
			rows(['557722', skuOf(1)]).map((row) => ({ ...row, store: campaignId })),
		);
		const { items: output } = await shop.update(items, {
			options,
			onError,
			store: '={{ $json.store }}',
		});
		expect(output.map(({ json }) => [json.status, json.reason])).toEqual([
			['failed', REASONS[0]],
			['accepted', null],
			['failed', REASONS[0]?.replace('21000001', '21000003')],
			['accepted', null],
		]);
	});
});

describe('Check Catalogue for warehouses', () => {
	const settings = {
		options,
		onError,
		apiKey: TOKENS.warehouseAll,
		parameters: {
			sendTo: 'warehouse',
			business: { __rl: true, mode: 'id', value: String(warehouseFbs.businessId) },
			warehouseFrom: 'field',
			warehouseField: 'place',
		},
	} as const;
	const places = [warehouseFbs.warehouseId, warehouseDbs.warehouseId];

	it('asks the business once for all of them', async () => {
		const items = places.flatMap((place) =>
			rows(['557722', skuOf(1)]).map((row) => ({ ...row, place })),
		);
		const { items: output } = await shop.update(items, settings);
		const reason = REASONS[0]?.replace('store 21000001', 'business 1003');
		expect(output.map(({ json }) => [json.status, json.reason])).toEqual([
			['failed', reason],
			['accepted', null],
			['failed', reason],
			['accepted', null],
		]);
		expect(asked('getOfferMappings')).toBe(1);
		expect(places.map((id) => shop.market.warehouseStock(id, skuOf(1)))).toEqual([5, 5]);
	});

	it('asks one of its stores for many SKUs, and for none that is known', async () => {
		const items = itemsFor(1_000).map((row) => ({ ...row, place: places[0] as number }));
		const run = { ...settings, credentialId: 'knows the business' };
		expect((await shop.update(items, run)).items[0]?.json.status).toBe('accepted');
		expect([asked('getCampaignOffers'), asked('getOfferMappings')]).toEqual([5, 0]);
		await shop.update(items, run);
		expect([asked('getCampaignOffers'), asked('getOfferMappings'), sent()]).toEqual([5, 0, 2_000]);
	});
});

describe('If the catalogue cannot be asked', () => {
	const unsaid = () =>
		shop.market.setSwitches({
			faults: [{ kind: 'errorStatus', rate: 1, operation: 'getCampaignOffers' }],
		});

	it('all is sent, and a hint says so', async () => {
		unsaid();
		const { status, hints } = await shop.update(rows([skuOf(1), '557722']), { options });
		expect(status).toBe('success');
		expect(hints[1]).toMatchObject({
			type: 'warning',
			message: expect.stringMatching(
				/^Whether 2 SKUs are in the catalogue of store 21000001 could not be checked, and none of them is held back for that\. .+\. .+/,
			),
		});
		expect(shop.available(1)).toBe(5);
	});

	it('a dry run says so too', async () => {
		unsaid();
		const { hints } = await shop.update(rows([skuOf(1)]), {
			options: { ...options, dryRun: true },
		});
		expect(hints[1]?.message).toMatch(/^Whether 1 SKU is in the catalogue of store 21000001/);
	});

	it('the next run asks again', async () => {
		const run = { options, onError, credentialId: 'asks again' } as const;
		unsaid();
		expect(await statuses(rows(['557722']), run)).toEqual(['accepted']);
		shop.market.setSwitches({ faults: [] });
		expect(await statuses(rows(['557722']), run)).toEqual(['failed']);
	});

	it('beyond Maximum Wait, because its quota is used up, what was not asked is sent', async () => {
		shop.market.setSwitches({ quotas: 0.002 });
		const { hints, items } = await shop.update(itemsFor(1_000), {
			options: { ...options, maximumWait: 0 },
			onError,
		});
		expect(hints.map(({ message }) => message)).toContainEqual(
			expect.stringMatching(
				/^Whether 600 SKUs are in the catalogue .* The Market's quota for this question is used up\./,
			),
		);
		expect(items.filter(({ json }) => json.status === 'accepted').length).toBeGreaterThan(0);
	});
});
