import type { IDataObject, INodeType } from 'n8n-workflow';

import { BY_ITEM, bringing, declaredValues, given, strangers, twoValues } from './declaredValues';
import type { Nodes, RunSettings } from './nodeRuns';
import { skuOf, useSandbox } from './useSandbox';

/** Nodes by what they do. */
type Types = ReadonlyArray<[node: keyof Nodes, type: INodeType]>;

/** Tests every parameter and option of nodes that takes a choice, a boolean or a number, using their own descriptions. */
export function testParameters(nodes: Types): void {
	const shop = useSandbox();
	const items: IDataObject[] = [1, 2, 3].map((offer) => ({ sku: skuOf(offer), stock: offer * 10 }));

	/** Options that may give a different value for each item. */
	const BY_ITS_ITEM = ['share', 'reserve', 'minimumStock', 'maximumStock'];

	/** All parameters and options of all nodes that take a choice, a boolean or a number, from the nodes' descriptions. */
	const all = nodes.flatMap(([node, type]) =>
		declaredValues(type).map((value) => [node, value.declared.displayName, value] as const),
	);
	/** If the field in the panel takes no expression, n8n hands on the text. */
	const withExpression = all.filter(([, , { declared }]) => !declared.noDataExpression);

	/** In every mode the run is refused as a whole, with the name of what is wrong, and nothing is sent. */
	async function expectRefused(
		node: keyof Nodes,
		input: IDataObject[],
		run: RunSettings,
		reason: RegExp,
	): Promise<void> {
		const { error } = await shop[node](input, run);
		expect(error?.message).toMatch(reason);
		expect(error?.description).toMatch(/^Give /);
		const { items: output } = await shop[node](input, { ...run, onError: 'continueRegularOutput' });
		expect(output.map(({ json }) => [json.status, json.reason])).toEqual(
			input.map(() => ['failed', expect.stringMatching(reason)]),
		);
		expect(shop.requests()).toEqual([]);
	}

	const beginsWith = (name: string, rest = '') =>
		new RegExp(`^${name.replace(/[()%]/g, '\\$&')} ${rest}`);

	/** Hundreds of runs within a minute must not use up a quota, and wait for the next minute. */
	function plenty(): void {
		shop.market.setSwitches({ quotas: 1_000 });
	}

	/** What differs from run to run. */
	const CHANGING = { updatedAt: undefined, totalSeconds: undefined };

	/** The runs that are compared share a credential: what is asked before sending is remembered, and costs no quota. */
	const credentialId = 'compared';
	beforeAll(async () => {
		plenty();
		for (const [node] of nodes) await shop[node](items, { credentialId });
	});
	beforeEach(plenty);

	/** What became of the items, and what the Market was asked. */
	async function outcome(node: keyof Nodes, input: IDataObject[], run: RunSettings) {
		shop.market.reset();
		plenty();
		const { error, items: output } = await shop[node](input, {
			...run,
			credentialId,
			onError: 'continueRegularOutput',
		});
		const told = output.map(({ json }) => ({ ...json, ...CHANGING, input: 'input' in json }));
		// What is asked before sending is left out: a few runs have to ask it again.
		const requests = new Set(
			shop.requests().filter((request) => /stocks|hidden-offers/.test(request)),
		);
		return { error: error?.message, told, requests };
	}

	describe.each(all)('%s: %s', (node, name, value) => {
		const refusal = beginsWith(name, '(must be|has no choice)');

		// In a list of choices, n8n itself takes null for not given.
		const plain = strangers(value).filter(
			(stranger) => value.declared.type !== 'multiOptions' || stranger !== null,
		);

		it.each(plain.map((stranger) => [stranger]))('refuses %j', async (stranger) => {
			await expectRefused(node, items, given(value, stranger), refusal);
		});
	});

	describe.each(withExpression)('%s: %s, by an expression', (node, name, value) => {
		const run = given(value, BY_ITEM);
		const refusal = beginsWith(name, '(must be|has no choice)');
		const isByItem = BY_ITS_ITEM.includes(value.declared.name);

		it.each([...strangers(value), NaN].map((stranger) => [stranger]))(
			'refuses %j',
			async (stranger) => {
				const input = bringing(items, [stranger, stranger, stranger]);
				const { items: output } = await shop[node](input, {
					...run,
					onError: 'continueRegularOutput',
				});
				expect(output.map(({ json }) => json.status)).toEqual(['failed', 'failed', 'failed']);
				for (const { json } of output) expect(json.reason).toMatch(refusal);
				expect(shop.requests()).toEqual([]);
			},
		);

		it('that gives nothing is refused if it may be a guard or is required, and else is the default', async () => {
			if (value.declared.required) await expectRefused(node, items, run, refusal);
			else if (value.declared.type === 'boolean' || value.declared.type === 'number') {
				const { error } = await shop[node](items, run);
				expect(error?.message).toMatch(
					isByItem ? / must be .*, not blank/ : beginsWith(name, 'must be .*, not blank'),
				);
				expect(shop.requests()).toEqual([]);
			} else {
				expect(await outcome(node, items, run)).toEqual(
					await outcome(node, items, given(value, undefined)),
				);
			}
		});

		it.each(twoValues(value).map((one) => [one]))(
			'takes %j as if it stood there, even as text',
			async (one) => {
				const plain = await outcome(node, items, given(value, one));
				expect(plain.error).toBeUndefined();
				for (const same of Array.isArray(one) && one.length > 1 ? [one] : [one, String(one)]) {
					expect(await outcome(node, bringing(items, [same, same, same]), run)).toEqual(plain);
				}
			},
		);

		if (isByItem) return;
		it('that differs between items is refused', async () => {
			const [first, second] = twoValues(value);
			const input = bringing(items, [first, first, second]);
			await expectRefused(
				node,
				input,
				run,
				beginsWith(name, 'holds for the whole run, but is ".+" for item 0 and ".+" for item 2$'),
			);
		});

		it('that cannot be evaluated for an item is refused', async () => {
			const input = bringing(items, Array(3).fill(twoValues(value)[0]));
			const run = given(value, "={{ $itemIndex === 1 ? $('Absent').first() : $json.given }}");
			const { error } = await shop[node](input, run);
			expect(error?.message).toMatch(beginsWith(name, 'could not be evaluated: .* \\[item 1\\]$'));
			expect(shop.requests()).toEqual([]);
		});

		it('that is the same for all items by its form is evaluated once', async () => {
			const [one] = twoValues(value);
			const input = bringing(items, [one, 'another', 'another']);
			const fixed = given(value, "={{ $('Start').first().json.given }}");
			expect(await outcome(node, input, fixed)).toEqual(
				await outcome(node, items, given(value, one)),
			);
		});
	});
}
