import { skuOf, useSandbox } from '../support/useSandbox';

const shop = useSandbox();
const A = { sku: skuOf(1), stock: 3, place: 'A' };
const B = { sku: skuOf(1), stock: 2, place: 'B' };
const OTHER = { sku: skuOf(2), stock: 5, place: 'A' };
const ROWS = [A, B, OTHER];

const hintsOf = async (items: object[], duplicateSkus = 'sum') => {
	const { hints } = await shop.update(items as never, { options: { duplicateSkus } });
	return hints.map(({ message }) => message).filter((hint) => hint.includes('Every row comes'));
};

it.each([2, 3])('All rows %p times are reported if they are added up', async (times) => {
	expect(await hintsOf(Array(times).fill(ROWS).flat())).toEqual([
		`Every row comes ${times} times with all its fields, and Duplicate SKUs is Send the Sum: every balance is ${times} times that of its row. If the node before reads its source once for each item that it gets, turn on Execute Once in its settings.`,
	]);
});

it.each([
	['once', ROWS],
	['twice but for one', [...ROWS, ...ROWS.slice(1)]],
	['twice, of different places', [...ROWS, ...ROWS.map((row) => ({ ...row, place: 'C' }))]],
	['once, and only one', ROWS.slice(0, 1)],
	['as often as their SKU, not their place', [A, A, B]],
	['once for some SKUs', [A, A, OTHER]],
])('Rows that come %s are not', async (_name, items) => {
	expect(await hintsOf(items)).toEqual([]);
});

it('Rows that are merged instead are not', async () => {
	expect(await hintsOf([...ROWS.slice(2), ...ROWS.slice(2)], 'refuse')).toEqual([]);
});
