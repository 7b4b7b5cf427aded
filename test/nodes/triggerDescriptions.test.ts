import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { INodeProperties, INodeType } from 'n8n-workflow';

import { ORDER_EVENTS } from '../../market/orders/notification';
import { YandexMarketOrdersTrigger } from '../../nodes/YandexMarketOrdersTrigger/YandexMarketOrdersTrigger.node';
import { YandexMarketTrigger } from '../../nodes/YandexMarketTrigger/YandexMarketTrigger.node';
import manifest from '../../package.json';

const root = path.join(__dirname, '..', '..');
const cases: Array<[className: string, node: INodeType]> = [
	['YandexMarketTrigger', new YandexMarketTrigger()],
	['YandexMarketOrdersTrigger', new YandexMarketOrdersTrigger()],
];

describe.each(cases)('%s', (className, { description, methods }) => {
	const options = (description.properties.find(({ name }) => name === 'options')?.options ??
		[]) as INodeProperties[];

	it('is a trigger to n8n', () => {
		expect(description.group).toEqual(['trigger']);
		expect(description.inputs).toEqual([]);
		expect(description.usableAsTool).toBeUndefined();
		expect(description.name.toLowerCase()).toBe(className.toLowerCase());
		expect(description.displayName).toMatch(/^Yandex Market .*Trigger$/);
	});

	it('has its icons and its card in the catalogue of nodes', () => {
		const { light, dark } = description.icon as { light: string; dark: string };
		expect(light).not.toBe(dark);
		for (const icon of [light, dark])
			expect(existsSync(path.join(root, 'nodes', className, icon.replace('file:', '')))).toBe(true);
		const card = path.join(root, 'nodes', className, `${className}.node.json`);
		const { node } = JSON.parse(readFileSync(card, 'utf8')) as { node: string };
		expect(node).toBe(manifest.name);
	});

	it('starts with careful choices', () => {
		const byDefault = Object.fromEntries(options.map(({ name, default: value }) => [name, value]));
		expect(byDefault).toMatchObject({
			includeFby: false,
			includeTestOrders: false,
			oneItemPerLine: false,
			orderStores: '',
		});
	});

	it('has options in order of their names, each with an expression only if it says so', () => {
		const names = options.map(({ displayName }) => displayName);
		expect(names).toEqual([...names].sort());
		const open = options.filter(({ noDataExpression }) => !noDataExpression);
		expect(open.map(({ name }) => name)).toEqual(['orderStores']);
	});

	it('offers the businesses of the credential', () => {
		expect(Object.keys(methods?.listSearch ?? {})).toEqual(['searchBusinesses']);
	});
});

describe('Yandex Market Trigger', () => {
	const { description } = new YandexMarketTrigger();

	it('listens with and without what the Market adds to the address, and shows the one to paste', () => {
		expect(description.webhooks?.map(({ path: at, ndvHideUrl }) => [at, ndvHideUrl])).toEqual([
			['', undefined],
			['notification', true],
		]);
	});

	it('gives n8n nothing to evaluate for a request', () => {
		expect(description.version).toBe(2);
		expect(JSON.stringify(description.webhooks)).not.toContain('={{');
	});

	it('offers every event of orders and returns, all chosen', () => {
		const events = description.properties.find(({ name }) => name === 'events');
		const offered = (events?.options ?? []).map((option) => 'value' in option && option.value);
		expect(offered.sort()).toEqual([...ORDER_EVENTS]);
		expect(events?.default).toEqual([...ORDER_EVENTS]);
	});

	it('asks for a credential only if orders are read', () => {
		expect(description.credentials?.map(({ displayOptions }) => displayOptions?.show)).toEqual([
			{ authentication: ['apiKey'], readOrder: ['beforeAnswering'] },
			{ authentication: ['oAuth2'], readOrder: ['beforeAnswering'] },
		]);
	});
});
