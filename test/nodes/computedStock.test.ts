import type { INodeParameters } from 'n8n-workflow';

import { allAccepted } from '../support/outputRows';
import { skuOf, useSandbox } from '../support/useSandbox';

const shop = useSandbox();
const onError = 'continueRegularOutput';
const update = async (own: INodeParameters, fields: object = {}) => {
	const parameters = { inputMode: 'expressions', sku: '={{ $json.sku }}', stock: '=50', ...own };
	const { items, hints } = await shop.update([{ sku: skuOf(1), ...fields }], {
		parameters,
		onError,
	});
	return { json: items[0]?.json ?? {}, hints: hints.map(({ message }) => message) };
};

it('A fixed number in place of an expression is a balance', async () => {
	const { json, hints } = await update({ stock: 5 });
	expect(json).toMatchObject({ status: 'accepted', count: 5 });
	expect(hints.join()).not.toContain('computed');
});

describe.each(['stock', 'subtract'])('The expression of %s', (name) => {
	const label = name === 'stock' ? 'Stock' : 'Subtract';

	it.each([
		['={{ $json.a }} {{ $json.b }}', { a: '1', b: '234' }],
		['={{ $json.a }}{{ $json.b }}', { a: '1', b: '234' }],
		['=0{{ $json.a }}', { a: '' }],
		['={{ $json.a }} pcs', { a: 5 }],
	])('%s is refused before anything is sent', async (template, fields) => {
		const { json } = await update({ [name]: template }, fields);
		expect(json).toMatchObject({
			status: 'failed',
			reason: `${label} is pieced together from an expression and what stands beside it`,
			advice: expect.stringContaining('A number cannot be pieced together'),
		});
		expect(shop.requests()).toEqual([]);
	});

	it.each([
		['={{ $json.a + $json.b }}', '105'],
		['={{ $json.a + 0 }}', '100'],
		['={{ `${$json.a}${$json.b}` }}', '105'],
		['={{ [$json.a, $json.b].join("") }}', '105'],
		['={{ [$json.a, $json.b].reduce((sum, one) => sum + one) }}', '105'],
	])('%s is refused if it joins texts', async (template, text) => {
		const { json } = await update({ [name]: template }, { a: '10', b: '5' });
		expect(json).toMatchObject({
			status: 'failed',
			sku: skuOf(1),
			reason: `The expression of ${label} puts texts together: it gives the text "${text}"`,
			advice: expect.stringContaining('Use Number() on each'),
		});
		expect(shop.available(1)).toBeNull();
	});

	it('with a plus between numbers is accepted', async () => {
		const { json, hints } = await update({ [name]: '={{ $json.a + $json.b }}' }, { a: 10, b: 5 });
		expect(json).toMatchObject({ status: 'accepted', count: name === 'stock' ? 15 : 35 });
		expect(hints).toEqual([allAccepted(1)]);
	});

	it('with whitespace around it is accepted', async () => {
		const { json } = await update({ [name]: '= {{ $json.a }}\n' }, { a: 10 });
		expect(json).toMatchObject({ status: 'accepted', count: name === 'stock' ? 10 : 40 });
	});

	it.each([
		['={{ $json.a + $json.b - $json.c }}', 'a plus joins texts ("10" + "5" - "1" is 104)'],
		[
			'={{ parseInt($json.a) }}',
			'parseInt and parseFloat read only the beginning of a text ("1 234" is 1)',
		],
		[
			'={{ String($json.a).replace(/\\D/g, "") }}',
			'without its signs a text is another number ("10,000" is 10000, "-5" is 5, "10-20" is 1020)',
		],
		[
			'={{ String($json.a).split(" ")[0] }}',
			'a part of a text may be another number ("1 234" up to the space is 1)',
		],
	])('%s is reported once', async (template, risk) => {
		const { json, hints } = await update({ [name]: template }, { a: 10, b: 5, c: 1 });
		expect(json.status).toBe('accepted');
		expect(hints).toEqual([
			allAccepted(1),
			`The expression of ${label} may give wrong numbers if fields hold texts: ${risk}. Use Number() on each value.`,
		]);
	});

	it('with Number() on each value is not reported', async () => {
		const { json, hints } = await update(
			{ [name]: '={{ Number($json.a) + Number($json.b) }}' },
			{ a: '10', b: '5' },
		);
		expect([json.count, hints]).toEqual([name === 'stock' ? 15 : 35, [allAccepted(1)]]);
	});
});
