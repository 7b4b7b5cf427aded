import { STORES } from '../../sandbox';
import { startOneC, type OneC } from './support/flows/oneC';
import type { FillIn } from './support/flows/readyFlow';
import { catalogueOf, filledInBy, sellerOf } from './support/flows/seller';
import { useTestBed } from './support/testBed';

const NAME = '1c-free-stock';
const SKUS = Array.from({ length: 10 }, (_, index) => `ВАЗА-${index + 1}`);

const bed = useTestBed({ sandbox: { catalogue: catalogueOf(...SKUS) } });

let oneC: OneC;
beforeAll(async () => {
	oneC = await startOneC();
});
afterAll(async () => await oneC.stop());

/** Runs the flow with this 1C in place of the seller's. */
async function run(...others: FillIn[]) {
	const flow = await filledInBy(await sellerOf(bed()), NAME, ...others);
	const nodes = flow.nodes.map((node) => {
		const { url } = node.parameters as { url?: string };
		if (url === undefined) return node;
		const parameters = { ...node.parameters, url: url.replace('https://your-server', oneC.url) };
		return { ...node, parameters, waitBetweenTries: 0 };
	});
	return await bed().run({ ...flow, nodes });
}

const store = { __rl: true, mode: 'id', value: String(STORES.fbs.campaignId) };
const held = () => SKUS.map((sku) => bed().market.offer(STORES.fbs.campaignId, sku).available);
const have = (stock: number, skus: readonly string[] = SKUS) =>
	skus.map((article) => ({ article, stock }));

/** All ten have 7 for sale. */
beforeEach(async () => {
	oneC.goods = have(7);
	expect((await run()).status).toBe('success');
	expect(held()).toEqual(Array(10).fill(7));
});

it('sends what is in stock less what is reserved in either way, and never less than none', async () => {
	const [first, second, third, ...others] = SKUS as [string, string, string, ...string[]];
	oneC.goods = [
		{ article: first, stock: 10, reserve: 3 },
		{ article: second, stock: 10, reserve: 3, ordered: 2 },
		{ article: third, stock: 0, reserve: 3 },
		...have(5, others),
	];
	const { status, error } = await run();
	expect([status, error]).toEqual(['success', undefined]);
	expect(held()).toEqual([7, 5, 0, ...Array(7).fill(5)]);
});

it('sends 0 for goods that are sold out, which 1C leaves out', async () => {
	oneC.goods = [...have(5, SKUS.slice(0, 8)), ...have(0, SKUS.slice(8))];
	expect((await run()).status).toBe('success');
	expect(held()).toEqual([...Array(8).fill(5), 0, 0]);
});

it('goes by the code if that is the SKU', async () => {
	oneC.goods = SKUS.map((code) => ({ article: 'Х', code, stock: 4 }));
	const skuField = { node: 'Update Stocks', parameters: { skuField: 'Code', store } };
	expect((await run(skuField)).status).toBe('success');
	expect(held()).toEqual(Array(10).fill(4));
});

it('leaves out goods without an article: they are nobody’s balance', async () => {
	oneC.goods = [...have(5, SKUS.slice(0, 9)), { article: '', stock: 3 }];
	const { status, nodes } = await run();
	expect([status, nodes.get('What Can Be Sold')?.items.length]).toEqual(['success', 9]);
	expect(held()).toEqual([...Array(9).fill(5), 0]);
});

it.each([
	['1C gives nothing', [], '1C gave no goods'],
	['1C names too few', have(5, SKUS.slice(0, 7)), 'does not name 3 of the 10 offers'],
	[
		'most of it is reserved',
		SKUS.map((article, index) => ({ article, stock: 5, reserve: index < 6 ? 5 : 0 })),
		'6 of 10 balances are zero',
	],
])('sends nothing and is red if %s', async (_case, goods, words) => {
	oneC.goods = goods;
	const { status, error } = await run();
	expect(status).toBe('error');
	expect(error).toContain(words);
	expect(held()).toEqual(Array(10).fill(7));
});

it('sends nothing and is red if a balance lacks one of its numbers', async () => {
	const flow = await filledInBy(await sellerOf(bed()), NAME);
	const { parameters } = flow.nodes.find(({ name }) => name === 'Free Stock of 1C')!;
	const select = JSON.stringify(parameters['queryParameters']).replace(
		'ВРезервеПодЗаказBalance,',
		'',
	);
	const { status, error } = await run({
		node: 'Free Stock of 1C',
		parameters: { queryParameters: JSON.parse(select) as object },
	});
	expect(status).toBe('error');
	expect(error).toContain('1C gave a balance without');
	expect(held()).toEqual(Array(10).fill(7));
});
