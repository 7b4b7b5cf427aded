import type { IDataObject } from 'n8n-workflow';

import type { RunSettings } from '../support/nodeRuns';
import { stockRow } from '../support/outputRows';
import { skuOf, useSandbox } from '../support/useSandbox';

const shop = useSandbox();
const items: IDataObject[] = [1, 2, 3].map((offer) => ({ sku: skuOf(offer), stock: offer }));

/** Mistakes in the node's own parameters, and what the user reads about them. */
const mistakes: Array<[name: string, run: RunSettings, message: RegExp]> = [
	['a blank SKU Field', { parameters: { skuField: ' ' } }, /^SKU is not mapped$/],
	['a blank Stock Field', { parameters: { stockField: ' ' } }, /^Stock is not mapped$/],
	[
		'an expression as SKU Field',
		{ parameters: { skuField: '={{ $json.sku }}' } },
		/^SKU Field wants the name of a field, not an expression$/,
	],
	[
		'an expression as Updated At Field',
		{ options: { updatedAtField: '={{ $now }}' } },
		/^Updated At Field wants the name of a field, not an expression$/,
	],
	[
		'Send the Newest without Updated At',
		{ options: { duplicateSkus: 'newest' } },
		/^Duplicate SKUs is set to Send the Newest without Updated At$/,
	],
	[
		'a Reserve below zero',
		{ options: { reserve: -1 } },
		/^Reserve must be a whole number from 0 to 2000000000, not "-1"$/,
	],
	[
		'a Reserve that is a text',
		{ options: { reserve: 'five' } },
		/^Reserve must be a whole number .*, not "five"$/,
	],
	[
		'a Maximum with a fraction',
		{ options: { maximumStock: 1.5 } },
		/^Maximum Stock Shown must be a whole number/,
	],
	['no credential', { settings: { credentials: {} } }, /credential/i],
];

describe('a node that is set up wrongly', () => {
	it.each(mistakes)(
		'%s: stops before anything is sent, and says what to do',
		async (_name, run, message) => {
			const { status, error, items: output } = await shop.update(items, run);
			expect(status).toBe('error');
			expect(error?.message).toMatch(message);
			expect(output).toEqual([]);
			expect(shop.requests()).toEqual([]);
		},
	);

	it.each(mistakes)('%s: fails every item in Continue', async (_name, run, message) => {
		const { items: output } = await shop.update(items, {
			...run,
			onError: 'continueRegularOutput',
		});
		expect(output.map(({ json }) => json)).toEqual(
			items.map((input) =>
				stockRow({
					status: 'failed',
					reason: expect.stringMatching(message),
					advice: expect.stringMatching(/./),
					mayBeHeld: false,
					input,
				}),
			),
		);
	});

	it.each(mistakes)('%s: sends every item to the error output', async (_name, run, message) => {
		const { items: output, errorItems } = await shop.update(items, {
			...run,
			onError: 'continueErrorOutput',
		});
		expect(output).toEqual([]);
		expect(errorItems.map(({ json }) => json)).toEqual(
			items.map((item) => ({
				...item,
				error: {
					message: expect.stringMatching(/\. \S/),
					status: 'failed',
					reason: expect.stringMatching(message),
					advice: expect.stringMatching(/./),
				},
			})),
		);
	});

	it.each(['hide', 'unhide'] as const)('%s says the same about a blank SKU Field', async (node) => {
		const { error } = await shop[node](items, { parameters: { skuField: ' ' } });
		expect(error?.message).toBe('SKU is not mapped');
		const { items: output } = await shop[node](items, {
			parameters: { skuField: ' ' },
			onError: 'continueRegularOutput',
		});
		expect(output.map(({ json }) => json.status)).toEqual(['failed', 'failed', 'failed']);
	});

	it('n8n itself does not start a workflow if a required parameter is empty', async () => {
		await expect(shop.update(items, { parameters: { stockField: '' } })).rejects.toThrow(
			'"Stock Field" is required',
		);
		await expect(shop.hide(items, { parameters: { skuField: '' } })).rejects.toThrow(
			'"SKU Field" is required',
		);
		await expect(shop.hide(items, { store: '' })).rejects.toThrow('"Store" is required');
	});

	it('says what a field name looks like if an expression was given', async () => {
		const { error } = await shop.update(items, {
			parameters: { stockField: '={{ $json.stock }}' },
		});
		expect(error?.description).toBe(
			'Type the name, such as "stock", or drag the field from the input panel. ' +
				'To use expressions, set Read Items to By Expressions.',
		);
	});
});
