import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { NodeHelpers, type INodeProperties, type INodePropertyOptions } from 'n8n-workflow';

import { YandexMarket } from '../../nodes/YandexMarket/YandexMarket.node';
import manifest from '../../package.json';
import { OFFER_STATUSES, ORDER_STATUSES, SHIPMENT_STATUSES } from '../../sandbox/contract';

const folder = path.join(__dirname, '..', '..', 'nodes', 'YandexMarket');
const { description, methods } = new YandexMarket();
const byName = (name: string) =>
	description.properties.filter((property) => property.name === name);
const optionsOf = ({ options }: INodeProperties) => options as INodePropertyOptions[];
const resources = optionsOf(byName('resource')[0] as INodeProperties);

/** Parameters that the panel shows for an operation, with the others at their defaults. */
function shown(resource: string, operation: string, others: object = {}): string[] {
	const parameters = NodeHelpers.getNodeParameters(
		description.properties,
		{ resource, operation, ...others },
		true,
		false,
		null,
		description,
	);
	return Object.keys(parameters ?? {});
}

describe('the node Yandex Market', () => {
	it('has its icons and its card in the catalogue of nodes', () => {
		const { light, dark } = description.icon as { light: string; dark: string };
		expect(light).not.toBe(dark);
		for (const file of [light, dark])
			expect(existsSync(path.join(folder, file.replace('file:', '')))).toBe(true);
		const codex = JSON.parse(readFileSync(path.join(folder, 'YandexMarket.node.json'), 'utf8')) as {
			node: string;
		};
		expect(codex.node).toBe(manifest.name);
	});

	it('has resources and operations in order of their names, each with an action', () => {
		const names = resources.map(({ name }) => name);
		expect(names).toEqual([...names].sort());
		const operations = byName('operation');
		expect(operations.map(({ displayOptions }) => displayOptions?.show?.resource)).toEqual(
			resources.map(({ value }) => [value]),
		);
		for (const property of operations) {
			expect(optionsOf(property).map(({ value }) => value)).toContain(property.default);
			for (const { action, description: text, value } of optionsOf(property)) {
				expect(action).toMatch(value === 'switchSales' ? /^Switch / : /^Get /);
				expect(action).not.toMatch(/\b(?:a|an|the)\b/);
				expect(text).toMatch(value === 'switchSales' ? /^Change what buyers see/ : /^Read /);
			}
		}
	});

	it('opens Stock with Get Many, as flows that were saved without an operation mean it', () => {
		const [ofStock] = byName('operation').filter(({ displayOptions }) =>
			displayOptions?.show?.resource?.includes('stock'),
		);
		expect(ofStock?.default).toBe('getAll');
	});

	it('changes something by one operation only, which is never chosen by default or by a model', () => {
		const operations = byName('operation').flatMap(optionsOf);
		const changing = operations.filter(({ description: text }) => !/^Read /.test(text ?? ''));
		expect(changing.map(({ name }) => name)).toEqual(['Switch Sales On/Off']);
		expect(description.description).toContain('Only Warehouse: Switch Sales On/Off changes');
		const choices = description.properties.filter(({ name }) =>
			['resource', 'operation'].includes(name),
		);
		expect(choices.every(({ noDataExpression }) => noDataExpression)).toBe(true);
		expect(choices.map((property) => property.default)).not.toContain('switchSales');
	});

	it.each([
		['stock', 'getAll', {}, ['readFrom', 'store', 'offers', 'returnAll', 'limit', 'simplify']],
		[
			'stock',
			'getAll',
			{ readFrom: 'warehouse' },
			['readFrom', 'business', 'warehouse', 'offers', 'returnAll', 'limit', 'simplify'],
		],
		[
			'stock',
			'getAll',
			{ offers: 'input' },
			['readFrom', 'store', 'offers', 'inputMode', 'skuField', 'simplify'],
		],
		[
			'stock',
			'compare',
			{},
			['readFrom', 'store', 'inputMode', 'skuField', 'stockField', 'subtractField'],
		],
		[
			'stock',
			'compare',
			{ readFrom: 'warehouse', warehouseFrom: 'field', inputMode: 'expressions' },
			[
				'readFrom',
				'business',
				'warehouseFrom',
				'warehouseField',
				'inputMode',
				'sku',
				'stock',
				'subtract',
			],
		],
		['hiddenOffer', 'getAll', { returnAll: true }, ['store', 'offers', 'returnAll']],
		['offer', 'getAll', {}, ['store', 'offers', 'returnAll', 'limit', 'statuses', 'simplify']],
		[
			'offer',
			'getAll',
			{ offers: 'input', inputMode: 'expressions' },
			['store', 'offers', 'inputMode', 'sku', 'simplify'],
		],
		['order', 'get', {}, ['business', 'orderId']],
		['order', 'getAll', {}, ['business', 'returnAll', 'limit']],
		['return', 'getAll', {}, ['store', 'returnAll', 'limit']],
		['store', 'get', {}, ['store', 'simplify']],
		['store', 'getAll', {}, ['returnAll', 'limit', 'simplify']],
		['token', 'getInfo', {}, []],
		['warehouse', 'getAll', {}, ['business', 'returnAll', 'limit']],
		['warehouse', 'switchSales', {}, ['business', 'warehouse', 'model', 'sales']],
	])('%s: %s with %j shows the parameters that it takes', (resource, operation, others, names) => {
		const always = ['authentication', 'resource', 'operation', 'options'];
		expect(
			shown(resource, operation, others)
				.filter((name) => !['onceNotice', 'switchNotice'].includes(name))
				.sort(),
		).toEqual([...always, ...names].sort());
	});

	it('every list that a parameter names exists', () => {
		const wanted = description.properties.flatMap(({ modes }) =>
			(modes ?? []).map(({ typeOptions }) => typeOptions?.searchListMethod),
		);
		expect(new Set(wanted.filter(Boolean))).toEqual(new Set(Object.keys(methods.listSearch)));
	});

	it.each([
		['offers', 'statuses', OFFER_STATUSES],
		['orders', 'orderStatuses', ORDER_STATUSES],
		['returns', 'shipmentStatuses', SHIPMENT_STATUSES],
	])('filters %s by every status that the Market has', (_what, name, known) => {
		const all = description.properties.flatMap((property) =>
			property.type === 'collection' ? (property.options as INodeProperties[]) : [property],
		);
		const filter = all.find((property) => property.name === name) as INodeProperties;
		const offered = optionsOf(filter).map(({ value }) => value);
		expect(offered.sort()).toEqual([...known].sort());
	});
});
