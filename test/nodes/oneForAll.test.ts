import { skuOf, useSandbox } from '../support/useSandbox';

const shop = useSandbox();
const ITEMS = [
	{ sku: skuOf(1), stock: 3, ordered: 1 },
	{ sku: skuOf(2), stock: 5, ordered: 1 },
];

const hintsOf = async (own: object, items = ITEMS) => {
	const parameters = {
		inputMode: 'expressions',
		sku: '={{ $json.sku }}',
		stock: '={{ $json.stock }}',
		...own,
	};
	const { hints } = await shop.update(items, { parameters });
	return hints.map(({ message }) => message).filter((hint) => hint.includes('one certain item'));
};

describe.each([
	['Stock', 'stock'],
	['Subtract', 'subtract'],
])('An expression of %s that takes', (label, name) => {
	it.each([
		"={{ $('Start').first().json.ordered }}",
		'={{ $("Start").last().json.ordered }}',
		"={{ Number($('Start').all()[0].json.ordered) }}",
		'={{ $input.first().json.ordered }}',
		'={{ $input.all()[1].json.ordered }}',
		"={{ $items('Start')[0].json.ordered }}",
	])('one certain item is reported: %s', async (written) => {
		expect(await hintsOf({ [name]: written })).toEqual([
			`The expression of ${label} takes one certain item of a node, and gives the same number for all 2 balances. For the number of each item use $json, or .item instead of .first(), .last() and [0].`,
		]);
	});

	it.each([
		"={{ $('Start').item.json.ordered }}",
		'={{ $node["Start"].json.ordered }}',
		"={{ $json.ordered * $('Start').first().json.ordered }}",
		"={{ $('Start').all()[$itemIndex].json.ordered }}",
		'=1',
	])('the item itself is not: %s', async (written) => {
		expect(await hintsOf({ [name]: written })).toEqual([]);
	});

	it('one certain item for the only balance is not', async () => {
		const written = "={{ $('Start').first().json.ordered }}";
		expect(await hintsOf({ [name]: written }, ITEMS.slice(0, 1))).toEqual([]);
	});
});
