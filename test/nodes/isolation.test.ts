import type { IDataObject } from 'n8n-workflow';

import { generateCatalogue, STORES, type PoisonedSku } from '../../sandbox';
import type { NodeResult } from '../support/engine';
import { itemsFor, skuOf, useFreshSandboxes } from '../support/useSandbox';

const shop = useFreshSandboxes({ catalogue: generateCatalogue(5_000) });
const items = itemsFor(5_000);
const BAD = [17, 2_500, 4_999];
const namings = ['named', 'listed', 'unnamed'] as const;
const modes = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;

function poison(naming: PoisonedSku['naming']): void {
	shop.market.setSwitches({ poisonedSkus: BAD.map((offer) => ({ sku: skuOf(offer), naming })) });
}

/** What the Market said of each bad SKU, in its own words. */
const said = (naming: PoisonedSku['naming'], offer: number, subject = 'Stock for') =>
	({
		named: `${subject} '${skuOf(offer)}' is not allowed`,
		listed: 'is not allowed',
		unnamed: 'Request contains invalid data',
	})[naming];

/** The items that failed, as the user sees them in each mode: number and text. */
function failuresOf({
	items: output,
	errorItems,
	error,
}: NodeResult): Array<[item: number, text: string]> {
	if (error) {
		// The message gives the reasons with the first item of each, the description the others.
		const reasons = error.message.replace(/^.*?were not: /, '').split(';\n');
		const named = (text: string) =>
			[...text.matchAll(/\[item (\d+)\]/g)].map(([, item]) => Number(item));
		const items = new Set(named(`${error.message} ${error.description}`));
		return [...items].map((item) => [
			item,
			reasons.find((reason) => named(reason).includes(item)) ?? reasons.at(-1) ?? '',
		]);
	}
	const failed = [...output.filter(({ json }) => json.status === 'failed'), ...errorItems];
	return failed.map(({ json, pairedItem }) => [
		(pairedItem as { item: number }).item,
		String(json.reason ?? (json.error as IDataObject).message),
	]);
}

describe.each(modes)('three SKUs of 5,000 that only the Market refuses, with %s', (onError) => {
	it.each(namings)(
		'%s: all others are held, and each of the three carries its own message',
		async (naming) => {
			poison(naming);
			const result = await shop.update(items, { onError });
			const failures = failuresOf(result);
			expect(failures.map(([item]) => item)).toEqual(BAD.map((offer) => offer - 1));
			failures.forEach(([, text], index) => expect(text).toContain(said(naming, BAD[index] ?? 0)));
			if (result.error)
				expect(result.error.message).toMatch(
					/^4997 of 5000 items were sent and accepted, 3 were not: /,
				);
			const wrong = shop.market
				.offers(STORES.fbs.campaignId)
				.filter(({ available }, index) => available !== index + 1);
			expect(wrong.map(({ sku, available }) => [sku, available])).toEqual(
				BAD.map((offer) => [skuOf(offer), null]),
			);
		},
	);
});

describe.each(['hide', 'unhide'] as const)('%s', (node) => {
	it.each(namings)('%s: does the same', async (naming) => {
		const some = items.slice(0, 1_000);
		for (const { sku } of some)
			shop.market.setHidden(STORES.fbs.campaignId, sku, node === 'unhide');
		poison(naming);
		const { items: output } = await shop[node](some, { onError: 'continueRegularOutput' });
		const failed = output.filter(({ json }) => json.status === 'failed');
		expect(failed.map(({ json }) => json.sku)).toEqual([skuOf(17)]);
		expect(failed[0]?.json.reason).toContain(said(naming, 17, 'Offer'));
		const asWanted = shop.market
			.offers(STORES.fbs.campaignId)
			.slice(0, 1_000)
			.filter(({ hidden }) => hidden === (node === 'hide'));
		expect(asWanted).toHaveLength(999);
	});
});

describe('a failed item', () => {
	const ALLOWED = [
		'sku',
		'count',
		'updatedAt',
		'store',
		'status',
		'reason',
		'advice',
		'mayBeHeld',
		'note',
		'request',
		'input',
	];

	it('shows no fields but the documented ones, also with Updated At', async () => {
		poison('named');
		const updatedAt = new Date(Date.now() - 3_600_000).toISOString();
		const given = [17, 18].map((offer) => ({ sku: skuOf(offer), quantity: 1, moment: updatedAt }));
		const parameters = { stockField: 'quantity' };
		const { items: output } = await shop.update(given, {
			parameters,
			options: { updatedAtField: 'moment' },
			onError: 'continueRegularOutput',
		});
		expect(output.map(({ json }) => json.status)).toEqual(['failed', 'accepted']);
		expect(output[0]?.json).toMatchObject({ sku: skuOf(17), count: 1, updatedAt, input: given[0] });
		for (const { json } of output) {
			expect(Object.keys(json).filter((key) => !ALLOWED.includes(key))).toEqual([]);
		}
	});
});
