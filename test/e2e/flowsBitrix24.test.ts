import { STORES } from '../../sandbox';
import {
	startBitrix24,
	WEBHOOK,
	type Bitrix24,
	type GoodOfBitrix24,
} from './support/flows/bitrix24';
import type { FillIn } from './support/flows/readyFlow';
import { catalogueOf, filledInBy, sellerOf } from './support/flows/seller';
import { useTestBed } from './support/testBed';

const NAME = 'bitrix24';
const COUNT = 180;
const ALL = Array.from({ length: COUNT }, (_, index) => index + 1);
const skuOf = (id: number) => `ВАЗА-${id}`;

const bed = useTestBed({ sandbox: { catalogue: catalogueOf(...ALL.map(skuOf)) } });

let bitrix24: Bitrix24;
beforeAll(async () => {
	bitrix24 = await startBitrix24();
});
afterAll(async () => await bitrix24.stop());
beforeEach(() => {
	Object.assign(bitrix24, {
		goods: [],
		beforePage: () => {},
		failing: [],
		isBroken: false,
		pages: [],
	});
});

const good = (id: number, amount: number, others: Partial<GoodOfBitrix24> = {}) => ({
	id,
	xmlId: skuOf(id),
	stores: { 1: { amount } },
	...others,
});
const variation = (id: number, amount: number, parent: number): GoodOfBitrix24 =>
	good(id, amount, { type: 4, parent });

/** What the Market has of these goods. */
const held = (...ids: number[]) =>
	ids.map((id) => bed().market.offer(STORES.fbs.campaignId, skuOf(id)).available);

/** What a seller may write into Your Bitrix24. */
interface Yours {
	skuFields?: string;
	stores?: string;
}

/** Runs the flow with this Bitrix24 in place of the seller's portal, without waiting between pages. */
async function run({ skuFields = 'xmlId', stores = '' }: Yours = {}, ...others: FillIn[]) {
	const flow = await filledInBy(await sellerOf(bed()), NAME, ...others);
	const yours = { portal: bitrix24.portal, skuFields, stores };
	const assignments = Object.entries(yours).map(([name, value]) => ({
		...{ id: name, name, value },
		type: 'string',
	}));
	const nodes = flow.nodes.map((node) => {
		const { url, options, ...parameters } = node.parameters as Record<string, unknown>;
		if (node.name === 'Your Bitrix24')
			return { ...node, parameters: { ...node.parameters, assignments: { assignments } } };
		if (url === undefined) return node;
		const atOnce = JSON.stringify(options).replace(/"requestInterval":\d+/, '"requestInterval":0');
		return {
			...node,
			parameters: {
				...parameters,
				url: String(url).replace('https://', 'http://'),
				options: JSON.parse(atOnce) as object,
			},
			waitBetweenTries: 0,
		};
	});
	return await bed().run({ ...flow, nodes });
}

it('sends all goods and variations, page by page after the last one, sold-out ones too', async () => {
	const goods = ALL.slice(0, 120);
	const variations = ALL.slice(120);
	bitrix24.goods = [
		...goods.map((id) => good(id, id % 3)),
		good(1_000, 0, { type: 3, xmlId: 'HEAD' }),
		...variations.map((id) => variation(id, id, 1_000)),
	];
	const { status, error } = await run();
	expect([status, error]).toEqual(['success', undefined]);
	expect(held(...goods)).toEqual(goods.map((id) => id % 3));
	expect(held(...variations)).toEqual(variations);
	expect([...bitrix24.pages].sort()).toEqual([
		['offers', 0],
		['offers', 170],
		['products', 0],
		['products', 100],
		['products', 50],
	]);
});

it('sends what is not reserved, of all stores together, and 0 for less than none and for what is not active', async () => {
	bitrix24.goods = [
		good(1, 0, { stores: { 1: { amount: 10, reserved: 3 }, 2: { amount: 5 } } }),
		good(2, 0, { stores: { 1: { amount: 1, reserved: 4 } } }),
		good(3, 9, { active: 'N' }),
		good(4, 8, { type: 2 }),
		good(5, 0, { type: 3, active: 'N' }),
		variation(6, 7, 5),
		good(7, 6),
	];
	expect((await run()).status).toBe('success');
	expect(held(1, 2, 3, 4, 5, 6, 7)).toEqual([12, 0, 0, 8, null, 0, 6]);
});

it('goes by the first of the named fields that a good has, each catalogue by its own property', async () => {
	const value = (id: number) => ({ value: skuOf(id), valueId: '9735' });
	bitrix24.goods = [
		good(1, 4, { xmlId: '1', property258: value(1) }),
		good(2, 5, { xmlId: '2', property258: [value(2)] }),
		good(3, 6, { property258: null }),
		good(4, 0, { type: 3 }),
		{ ...variation(5, 7, 4), xmlId: '5', property301: value(5) },
	];
	const { status } = await run({ skuFields: 'property258, property301, xmlId' });
	expect([status, held(1, 2, 3, 5)]).toEqual(['success', [4, 5, 6, 7]]);
});

it('leaves out, counts and names what has no SKU, more than one, or no quantity that Bitrix24 keeps', async () => {
	const value = (text: string) => ({ value: text, valueId: '9735' });
	bitrix24.goods = [
		good(1, 4, { property258: value(skuOf(1)) }),
		good(2, 5, { name: 'Cup' }),
		good(3, 6, { name: 'Vase', property258: [value(skuOf(3)), value(skuOf(4))] }),
		good(5, 7, { name: 'Tray', property258: value(skuOf(5)), quantityTrace: 'N' }),
		good(6, 1, { type: 7, property258: value(skuOf(6)) }),
	];
	const { status, nodes } = await run({ skuFields: 'property258' });
	expect([status, held(1, 2, 3, 4, 5, 6)]).toEqual(['success', [4, null, null, null, null, null]]);
	expect(nodes.get('Balances of Bitrix24')!.items.map(({ leftOut }) => leftOut)).toEqual([
		'2 goods without property258 (Cup, Vase). 1 goods whose quantity Bitrix24 does not keep (Tray).',
	]);
});

describe('of certain stores', () => {
	beforeEach(() => {
		bitrix24.goods = [
			good(1, 0, {
				stores: { 1: { amount: 10, reserved: 3 }, 2: { amount: 5 }, 3: { amount: 4 } },
			}),
			good(2, 0, { stores: { 1: { amount: 8 }, 2: { amount: 0, reserved: 6 } } }),
			good(3, 0, { stores: { 3: { amount: 9 } } }),
			...ALL.slice(3, 110).map((id) => good(id, id)),
		];
	});

	it.each([
		['one', '1', [7, 2, 0, 110]],
		['several', '1, 3', [11, 2, 9, 110]],
	])('sends what is free in %s, and never more than in all together', async (_, stores, counts) => {
		const { status, error } = await run({ stores });
		expect([status, error]).toEqual(['success', undefined]);
		expect(held(1, 2, 3, 110)).toEqual(counts);
	});

	it.each<[string, string, () => void, string]>([
		['a store is not there', '1, 77', () => {}, 'Bitrix24 gave no balances of store 77'],
		[
			'a balance vanishes while they are read',
			'1',
			() => {
				bitrix24.beforePage = (list) => {
					if (list === 'storeProducts' && bitrix24.pages.some(([one]) => one === list))
						bitrix24.goods = bitrix24.goods.filter(({ id }) => id !== 110);
				};
			},
			'Bitrix24 gave 108 of 109 balances by store: nothing was sent',
		],
		['it is no ID', 'Main', () => {}, 'stores in Your Bitrix24 is "Main"'],
	])('sends nothing and is red if %s', async (_, stores, arrange, words) => {
		arrange();
		const { status, error } = await run({ stores });
		expect([status, error]).toEqual(['error', expect.stringContaining(words)]);
		expect(bed().market.calls()).toEqual([]);
	});
});

describe('a list that changes while it is read', () => {
	const afterTheFirstPage = (change: () => void) => {
		bitrix24.beforePage = () => {
			if (bitrix24.pages.length === 1) change();
		};
	};

	it('is sent with what has come, each good once', async () => {
		bitrix24.goods = ALL.slice(0, 60).map((id) => good(id, id));
		afterTheFirstPage(() => bitrix24.goods.push(good(61, 61)));
		expect((await run()).status).toBe('success');
		expect(held(1, 50, 51, 60, 61)).toEqual([1, 50, 51, 60, 61]);
	});

	it('sends nothing and is red if goods have gone', async () => {
		bitrix24.goods = ALL.slice(0, 60).map((id) => good(id, id));
		afterTheFirstPage(() => bitrix24.goods.pop());
		const { status, error } = await run();
		expect(status).toBe('error');
		expect(error).toContain('Bitrix24 gave 59 of 60 goods: nothing was sent');
		expect(bed().market.calls()).toEqual([]);
	});

	it('sends nothing and is red if one of two lists breaks off', async () => {
		bitrix24.goods = [
			...ALL.slice(0, 60).map((id) => good(id, id)),
			good(1_000, 0, { type: 3 }),
			variation(70, 7, 1_000),
		];
		bitrix24.beforePage = (list) => {
			bitrix24.isBroken = list === 'products' && bitrix24.pages.some(([one]) => one === list);
		};
		const { status, error } = await run();
		expect(status).toBe('error');
		expect(error).toContain('Bitrix24 gave 50 of 61 goods: nothing was sent');
		expect(bed().market.calls()).toEqual([]);
	});
});

it.each<[string, GoodOfBitrix24[], Yours, string]>([
	['there is no catalogue', [], {}, 'Bitrix24 gave 0 of 0 catalogues'],
	['there are only services', [good(1, 0, { type: 7 })], {}, 'Bitrix24 gave no goods'],
	['no good has the field', [good(1, 5)], { skuFields: 'property9' }, 'No good has property9'],
	['the field is not one', [good(1, 5)], { skuFields: 'Артикул' }, 'skuFields in Your Bitrix24'],
	['no field is named', [good(1, 5)], { skuFields: ' ' }, 'skuFields in Your Bitrix24'],
	[
		'it keeps no quantities',
		[good(1, 5, { quantityTrace: 'N' })],
		{},
		'Bitrix24 keeps the quantity of none',
	],
])('asks the Market nothing and is red if %s', async (_, goods, yours, words) => {
	bitrix24.goods = goods;
	const { status, error } = await run(yours);
	expect([status, error]).toEqual(['error', expect.stringContaining(words)]);
	expect(bed().market.calls()).toEqual([]);
});

it('sends nothing and is red if most of it is zero', async () => {
	bitrix24.goods = [good(1, 5), good(2, 0), good(3, 5, { active: 'N' })];
	const { status, error } = await run();
	expect(status).toBe('error');
	expect(error).toContain('2 of 3 balances are zero');
	expect(held(1, 2, 3)).toEqual([null, null, null]);
});

it('tries again if the portal has too many requests', async () => {
	bitrix24.goods = [good(1, 5)];
	bitrix24.failing = [[503, 'QUERY_LIMIT_EXCEEDED']];
	expect((await run()).status).toBe('success');
	expect(held(1)).toEqual([5]);
});

it('is red if the webhook is not known, and keeps its code out of the message', async () => {
	bitrix24.goods = [good(1, 5)];
	const json = JSON.stringify({ body: { ...WEBHOOK, aplogin: '2' } });
	const wrong = { name: 'Wrong', type: 'httpCustomAuth', data: { json } };
	const credentials = { httpCustomAuth: await bed().client.createCredential(wrong) };
	for (const node of ['Catalogues', 'Goods']) {
		const execution = await run({}, { node, credentials });
		expect(execution.status).toBe('error');
		expect(JSON.stringify(execution)).not.toContain(WEBHOOK.ap);
	}
	expect(bed().market.calls()).toEqual([]);
});

it('gives a balance the moment when its run began', async () => {
	bitrix24.goods = [good(1, 5)];
	const { nodes } = await run();
	const [balance] = nodes.get('Update Stocks')!.items;
	const [{ timestamp }] = nodes.get('Every Hour')!.items as [{ timestamp: string }];
	expect(Date.parse(String(balance?.updatedAt))).toBe(Date.parse(timestamp) - 1_000);
});
