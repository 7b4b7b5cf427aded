import { generateCatalogue, STORES } from '../../sandbox';
import { startMoySklad, type Good, type MoySklad } from './support/flows/moysklad';
import type { FillIn } from './support/flows/readyFlow';
import { filledInBy, sellerOf } from './support/flows/seller';
import { useTestBed } from './support/testBed';

const NAME = 'moysklad';
const COUNT = 2_500;
const PUBLIC = 'https://api.moysklad.ru';
const NIGHT = 'Every Night';
const QUARTER = 'Every 15 Minutes';

const bed = useTestBed({ sandbox: { catalogue: generateCatalogue(COUNT) } });

let moysklad: MoySklad;
beforeAll(async () => {
	moysklad = await startMoySklad();
});
afterAll(async () => await moysklad.stop());

const skuOf = (offer: number) => `SKU-${String(offer).padStart(5, '0')}`;
const idOf = (offer: number) => `12345678-5838-aaeb-0a80-${String(offer).padStart(12, '0')}`;
const good = (offer: number, stock: number, others: Partial<Good> = {}): Good => ({
	id: idOf(offer),
	article: skuOf(offer),
	code: String(offer),
	stock,
	...others,
});
const available = (offer: number) =>
	bed().market.offer(STORES.fbs.campaignId, skuOf(offer)).available;

beforeEach(() => {
	moysklad.goods = [];
	moysklad.offsets = [];
	moysklad.missing = 0;
});

/** Runs the flow from one of its triggers, with this МойСклад in place of the real one. */
async function run(trigger: typeof NIGHT | typeof QUARTER, ...others: FillIn[]) {
	const flow = await filledInBy(await sellerOf(bed()), NAME, ...others);
	const nodes = flow.nodes
		.filter(({ name }) => ![NIGHT, QUARTER].includes(name) || name === trigger)
		.map((node) => {
			const { url } = node.parameters as { url?: string };
			if (url === undefined) return node;
			const parameters = { ...node.parameters, url: url.replace(PUBLIC, moysklad.url) };
			return { ...node, parameters, waitBetweenTries: 0 };
		});
	const other = trigger === NIGHT ? QUARTER : NIGHT;
	const connections = Object.fromEntries(
		Object.entries(flow.connections).filter(([name]) => name !== other),
	);
	return await bed().run({ ...flow, nodes, connections });
}

const bySku = (skuField: string): FillIn => ({
	node: 'Update Stocks',
	parameters: { skuField, store },
});
const store = { __rl: true, mode: 'id', value: String(STORES.fbs.campaignId) };

describe('every night', () => {
	it('sends all goods of the report, page by page, sold-out ones too', async () => {
		moysklad.goods = Array.from({ length: COUNT }, (_, n) => good(n + 1, n % 3));
		const { status, error } = await run(NIGHT);
		expect([status, error]).toEqual(['success', undefined]);
		expect(moysklad.offsets).toEqual([0, 1_000, 2_000]);
		const held = bed()
			.market.offers(STORES.fbs.campaignId)
			.map((offer) => offer.available);
		expect(held).toEqual(moysklad.goods.map(({ stock }) => stock));
	});

	it('sends what can be shipped: not what is reserved, nor what is only expected, nor less than none', async () => {
		moysklad.goods = [
			good(1, 10, { reserve: 3, inTransit: 50 }),
			good(2, 0, { inTransit: 50 }),
			good(3, 5),
			good(4, -6438),
		];
		expect((await run(NIGHT)).status).toBe('success');
		expect([1, 2, 3, 4].map(available)).toEqual([7, 0, 5, 0]);
	});

	it('goes by the code if that is the SKU, and leaves out goods without the field', async () => {
		moysklad.goods = [good(1, 4, { article: 'Х', code: skuOf(1) }), good(2, 5, { code: skuOf(2) })];
		expect((await run(NIGHT, bySku('code'))).status).toBe('success');
		expect([1, 2].map(available)).toEqual([4, 5]);

		moysklad.goods = [good(1, 6), good(3, 7, { article: undefined })];
		const { status, nodes } = await run(NIGHT);
		expect([status, nodes.get('Update Stocks')?.items.length]).toEqual(['success', 1]);
		expect([1, 3].map(available)).toEqual([6, null]);
	});

	it.each<[string, () => void, string]>([
		['no goods came', () => {}, 'МойСклад gave no goods'],
		[
			'the report is not whole',
			() => {
				moysklad.goods = [good(1, 5)];
				moysklad.missing = 1;
			},
			'МойСклад gave 1 of 2 goods: nothing was sent',
		],
		[
			'most of it is zero',
			() => {
				moysklad.goods = [good(1, 5), good(2, 3, { reserve: 3 }), good(3, 0)];
			},
			'2 of 3 goods have none available: nothing was sent',
		],
	])('sends nothing and is red if %s', async (_case, arrange, words) => {
		arrange();
		const { status, error } = await run(NIGHT);
		expect(status).toBe('error');
		expect(error).toContain(words);
		expect(bed().market.calls()).toEqual([]);
	});

	it('is red and names goods that share a SKU with different numbers', async () => {
		moysklad.goods = [good(1, 5), good(2, 3, { article: skuOf(1), type: 'variant' }), good(3, 4)];
		const { status, error } = await run(NIGHT);
		expect(status).toBe('error');
		expect(error).toContain(skuOf(1));
		expect([1, 3].map(available)).toEqual([null, 4]);
	});
});

describe('every 15 minutes', () => {
	const changed = new Date(Date.now() - 10 * 60_000);
	const dayAgo = new Date(Date.now() - 24 * 60 * 60_000);

	it('sends what changed in the last hour, less what is reserved, and nothing else', async () => {
		moysklad.goods = [
			good(1, 10, { reserve: 3, inTransit: 50, changed }),
			good(2, 0, { changed }),
			good(3, 5, { changed: dayAgo }),
			good(4, 5),
		];
		const { status, error } = await run(QUARTER);
		expect([status, error]).toEqual(['success', undefined]);
		expect([1, 2, 3, 4].map(available)).toEqual([7, 0, null, null]);
	});

	it('asks for the SKUs of many goods in several requests', async () => {
		moysklad.goods = Array.from({ length: 250 }, (_, n) => good(n + 1, n, { changed }));
		const { status, nodes } = await run(QUARTER);
		expect(status).toBe('success');
		expect(nodes.get('Their SKUs')?.items).toHaveLength(3);
		expect([1, 101, 250].map(available)).toEqual([0, 100, 249]);
	});

	it('asks the Market nothing if nothing changed', async () => {
		moysklad.goods = [good(1, 10)];
		expect((await run(QUARTER)).status).toBe('success');
		expect(bed().market.calls()).toEqual([]);
	});

	it('sends no variant alone under the article that it shares with others', async () => {
		const shared = { article: skuOf(1), changed };
		moysklad.goods = [
			good(1, 5, { ...shared, variantsCount: 1 }),
			good(2, 3, { ...shared, type: 'variant' }),
			good(3, 4, { changed }),
		];
		expect((await run(QUARTER)).status).toBe('success');
		expect([1, 2, 3].map(available)).toEqual([null, null, 4]);
	});
});

it('gives a balance the moment when its run began: one that another run has read since is newer', async () => {
	moysklad.goods = [good(1, 5)];
	const { nodes } = await run(NIGHT);
	const [balance] = nodes.get('Update Stocks')!.items;
	const [{ timestamp }] = nodes.get(NIGHT)!.items as [{ timestamp: string }];
	expect(Date.parse(String(balance?.updatedAt))).toBe(Date.parse(timestamp) - 1_000);
});

it('says whose token is not right', async () => {
	moysklad.goods = [good(1, 5)];
	const { client } = bed();
	const wrong = { name: 'Wrong', type: 'httpBearerAuth', data: { token: 'guessed' } };
	const credentials = { httpBearerAuth: await client.createCredential(wrong) };
	const { status } = await run(NIGHT, { node: 'All Goods', credentials });
	expect(status).toBe('error');
	expect(bed().market.calls()).toEqual([]);
});
