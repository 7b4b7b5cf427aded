import type { IDataObject, INodeParameters, INodeProperties, INodeType } from 'n8n-workflow';

import { HideOffers } from '../../nodes/HideOffers/HideOffers.node';
import { UnhideOffers } from '../../nodes/UnhideOffers/UnhideOffers.node';
import { UpdateStocks } from '../../nodes/UpdateStocks/UpdateStocks.node';
import { YandexMarket } from '../../nodes/YandexMarket/YandexMarket.node';
import { skuOf, useSandbox } from '../support/useSandbox';

const shop = useSandbox();

/** The default of everything in a node's panel, by name; a list if several parameters share one name. */
function defaultsOf(
	{ description }: INodeType,
	of: 'parameters' | 'options',
): Record<string, unknown> {
	const isOption = of === 'options';
	const properties = isOption
		? description.properties.flatMap(({ type, options }) =>
				type === 'collection' ? (options as INodeProperties[]) : [],
			)
		: description.properties;
	const byName = new Map<string, Set<string>>();
	for (const { name, default: byDefault } of properties) {
		byName.set(name, (byName.get(name) ?? new Set()).add(JSON.stringify(byDefault)));
	}
	return Object.fromEntries(
		Array.from(byName, ([name, texts]) => {
			const values = [...texts].map((text) => JSON.parse(text) as unknown);
			return [name, values.length === 1 ? values[0] : values];
		}),
	);
}

const NOT_CHOSEN = { mode: 'list', value: '' };

const OF_OFFERS = {
	authentication: 'apiKey',
	store: NOT_CHOSEN,
	// By Expressions if the node is an agent's tool.
	inputMode: ['fieldNames', 'expressions'],
	toolNotice: '',
	skuField: 'sku',
	sku: '',
	options: {},
};

/** What an option is when it is added; if it is not added, it is off unless the code below says otherwise. */
const OF_WRITING = {
	allOrNothing: false,
	dryRun: false,
	includeInputFields: false,
	maximumWait: 10,
	output: 'items',
	verify: 15,
};

/** Where a node that reads balances finds them. */
const WHERE_BALANCES_ARE = { stockField: 'stock', stock: '', subtractField: '', subtract: '' };

/** How it reads them. */
const OF_BALANCES = {
	decimalSeparator: 'refuse',
	duplicateSkus: 'refuse',
	fractions: 'refuse',
	maximumStock: 100,
	maximumStockField: '',
	minimumStock: 2,
	minimumStockField: '',
	negatives: 'refuse',
	oldUpdatedAt: 'refuse',
	reserve: 0,
	reserveField: '',
	share: 100,
	shareField: '',
	timeZoneName: 'Europe/Moscow',
	updatedAt: '',
	updatedAtField: '',
	updatedAtTimeZone: 'refuse',
};

describe('The panel starts with', () => {
	it('a store, named fields and the moment of the run in Update Stocks', () => {
		expect(defaultsOf(new UpdateStocks(), 'parameters')).toEqual({
			...OF_OFFERS,
			sendTo: 'store',
			business: NOT_CHOSEN,
			warehouseFrom: 'locator',
			warehouse: NOT_CHOSEN,
			warehouseField: 'warehouse',
			...WHERE_BALANCES_ARE,
		});
	});

	it('the careful choice in each option of Update Stocks', () => {
		expect(defaultsOf(new UpdateStocks(), 'options')).toEqual({
			...OF_WRITING,
			...OF_BALANCES,
			checkCatalogue: false,
			mostNotInInput: 20,
			offersNotInInput: 'leave',
			zeroGuard: 50,
		});
	});

	it.each([new HideOffers(), new UnhideOffers()])('a store and a named field in %#', (node) => {
		expect(defaultsOf(node, 'parameters')).toEqual(OF_OFFERS);
		expect(defaultsOf(node, 'options')).toEqual({ ...OF_WRITING, subscription: 'auto' });
	});

	it('the stocks of a store, fifty and flat, in Yandex Market', () => {
		expect(defaultsOf(new YandexMarket(), 'parameters')).toEqual({
			...OF_OFFERS,
			...WHERE_BALANCES_ARE,
			warehouseFrom: 'locator',
			warehouseField: 'warehouse',
			resource: 'stock',
			operation: ['getAll', 'get', 'getInfo'],
			orderId: '',
			readFrom: 'store',
			business: NOT_CHOSEN,
			warehouse: NOT_CHOSEN,
			offers: 'all',
			onceNotice: '',
			toolLimitNotice: '',
			returnAll: false,
			limit: 50,
			statuses: [],
			simplify: true,
			model: 'FBS',
			sales: 'on',
			switchNotice: '',
			toolSwitchNotice: '',
		});
		expect(defaultsOf(new YandexMarket(), 'options')).toEqual({
			...OF_BALANCES,
			addNames: false,
			includeInputFields: false,
			maximumWait: 10,
			onlyAtMarket: true,
			show: 'differences',
			oneItemPerLine: false,
			orderStatuses: [],
			orderStores: '',
			returnType: 'all',
			shipmentStatuses: [],
			testOrders: false,
			updatedWithinDays: 7,
			updatedWithinHours: 24,
		});
	});
});

/** What changes from run to run. */
const CHANGING = { updatedAt: undefined, totalSeconds: undefined };

async function told(
	node: 'update' | 'hide',
	rows: IDataObject[],
	options: INodeParameters,
): Promise<unknown[]> {
	shop.market.reset();
	const { items, hints } = await shop[node](rows, {
		options: { updatedAtField: 'at', ...options },
		onError: 'continueRegularOutput',
	});
	const writes = shop
		.requests()
		.filter((request) => /^(PUT|POST) .*(stocks|hidden-offers)/.test(request));
	return [
		items.map(({ json }) => ({ ...json, ...CHANGING })),
		hints.map(({ message }) => message),
		writes,
	];
}

const [first, second] = [skuOf(1), skuOf(2)];
const now = new Date(Date.now() - 60_000).toISOString();

/** Rows that show what an option does, and a choice other than its default. */
const TELLING: Array<[option: string, byDefault: unknown, another: unknown, rows: IDataObject[]]> =
	[
		[
			'allOrNothing',
			false,
			true,
			[
				{ sku: first, stock: 1, at: now },
				{ sku: '', stock: 1, at: now },
			],
		],
		['checkCatalogue', false, true, [{ sku: 'sku-1', stock: 1, at: now }]],
		['decimalSeparator', 'refuse', 'dot', [{ sku: first, stock: '1.000', at: now }]],
		['offersNotInInput', 'leave', 'zero', [{ sku: first, stock: 1, at: now }]],
		['dryRun', false, true, [{ sku: first, stock: 1, at: now }]],
		[
			'duplicateSkus',
			'refuse',
			'last',
			[
				{ sku: first, stock: 1, at: now },
				{ sku: first, stock: 2, at: now },
			],
		],
		['fractions', 'refuse', 'roundDown', [{ sku: first, stock: 1.5, at: now }]],
		['includeInputFields', false, true, [{ sku: first, stock: 1, at: now }]],
		['negatives', 'refuse', 'zero', [{ sku: first, stock: -1, at: now }]],
		['oldUpdatedAt', 'refuse', 'runTime', [{ sku: first, stock: 1, at: '2020-01-01T00:00:00Z' }]],
		['output', 'items', 'summary', [{ sku: first, stock: 1, at: now }]],
		['reserve', 0, 2, [{ sku: first, stock: 5, at: now }]],
		['share', 100, 50, [{ sku: first, stock: 5, at: now }]],
		[
			'updatedAtTimeZone',
			'refuse',
			'workflow',
			[{ sku: first, stock: 1, at: now.replace('Z', '') }],
		],
	];

describe('An option that is not added acts as its default in the panel:', () => {
	it.each(TELLING)('%s is %j', async (option, byDefault, another, rows) => {
		expect(defaultsOf(new UpdateStocks(), 'options')[option]).toEqual(byDefault);
		const absent = await told('update', rows, {});
		expect(await told('update', rows, { [option]: byDefault } as INodeParameters)).toEqual(absent);
		expect(await told('update', rows, { [option]: another } as INodeParameters)).not.toEqual(
			absent,
		);
	});

	it('Subscription Level asks the Market', async () => {
		const questions = () => shop.requests().filter((request) => request.endsWith('/settings'));
		await told('hide', [{ sku: first }], {});
		const absent = questions();
		await told('hide', [{ sku: first }], { subscription: 'auto' });
		expect([absent.length, questions()]).toEqual([1, absent]);
		await told('hide', [{ sku: first }], { subscription: 'none' });
		expect(questions()).toEqual([]);
	});
});

/** Options that are off unless they are added: the panel's number is where a user starts. */
const OFF_UNLESS_ADDED: Array<[option: string, added: number, rows: IDataObject[]]> = [
	['maximumStock', 100, [{ sku: first, stock: 101, at: now }]],
	['minimumStock', 2, [{ sku: first, stock: 1, at: now }]],
	['verify', 15, [{ sku: first, stock: 1, at: now }]],
	[
		'zeroGuard',
		50,
		[
			{ sku: first, stock: 0, at: now },
			{ sku: second, stock: 0, at: now },
		],
	],
];

describe('An option that is off unless it is added:', () => {
	it.each(OFF_UNLESS_ADDED)('%s, which starts at %d', async (option, added, rows) => {
		const absent = await told('update', rows, {});
		expect(absent[0]).toEqual(
			rows.map(({ stock }) => expect.objectContaining({ status: 'accepted', count: stock })),
		);
		expect(await told('update', rows, { [option]: added })).not.toEqual(absent);
	});
});

it('every option of Update Stocks is tested here', () => {
	// Maximum Wait and Time Zone Name show nothing if no quota is used up and no zone is asked for, and Updated At and what
	// names a field have no default: they have tests of their own.
	const lookedAt = [...TELLING, ...OFF_UNLESS_ADDED]
		.map(([option]) => option)
		.concat('maximumWait', 'mostNotInInput', 'timeZoneName', 'updatedAt', 'updatedAtField')
		.concat('shareField', 'reserveField', 'minimumStockField', 'maximumStockField');
	expect(lookedAt.sort()).toEqual(Object.keys(defaultsOf(new UpdateStocks(), 'options')).sort());
});
