import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { INodeProperties, INodeType } from 'n8n-workflow';

import { YandexMarketApi } from '../../credentials/YandexMarketApi.credentials';
import { YandexMarketOAuth2Api } from '../../credentials/YandexMarketOAuth2Api.credentials';
import { HideOffers } from '../../nodes/HideOffers/HideOffers.node';
import { UnhideOffers } from '../../nodes/UnhideOffers/UnhideOffers.node';
import { UpdateStocks } from '../../nodes/UpdateStocks/UpdateStocks.node';
import manifest from '../../package.json';

const root = path.join(__dirname, '..', '..');
const cases: Array<[className: string, canvasName: string, node: INodeType]> = [
	['UpdateStocks', 'Update Stocks', new UpdateStocks()],
	['HideOffers', 'Hide Offers', new HideOffers()],
	['UnhideOffers', 'Unhide Offers', new UnhideOffers()],
];

const optionsOf = ({ description }: INodeType) =>
	(description.properties.find(({ name }) => name === 'options')?.options ??
		[]) as INodeProperties[];

function expectIcons(folder: string, icon: unknown): void {
	const { light, dark } = icon as { light: string; dark: string };
	expect(light).not.toBe(dark);
	for (const file of [light, dark]) {
		expect(file).toMatch(/^file:.+\.svg$/);
		expect(existsSync(path.join(root, folder, file.replace('file:', '')))).toBe(true);
	}
}

describe.each(cases)('%s', (className, canvasName, node) => {
	const { description } = node;

	it("is listed under the Market's name, and has a short name on the canvas", () => {
		expect(description.displayName).toBe(`Yandex Market: ${canvasName}`);
		expect(description.defaults.name).toBe(canvasName);
		expect(description.name.toLowerCase()).toBe(className.toLowerCase());
	});

	it('can be a tool of an agent', () => {
		expect(description.usableAsTool).toBe(true);
	});

	it('has its icons and its card in the catalogue of nodes', () => {
		expectIcons(`nodes/${className}`, description.icon);
		const codex = JSON.parse(
			readFileSync(path.join(root, `nodes/${className}/${className}.node.json`), 'utf8'),
		);
		expect(codex.node).toBe(manifest.name);
		expect(codex.categories.length).toBeGreaterThan(0);
	});

	it('asks only for the chosen credential, and for Api-Key by default', () => {
		expect(
			description.credentials?.map(({ name, displayOptions }) => [name, displayOptions?.show]),
		).toEqual([
			['yandexMarketApi', { authentication: ['apiKey'] }],
			['yandexMarketOAuth2Api', { authentication: ['oAuth2'] }],
		]);
		const authentication = description.properties.find(({ name }) => name === 'authentication');
		expect(authentication?.default).toBe('apiKey');
	});

	it('lets fields be dragged in as names', () => {
		const fields = description.properties.filter(({ name }) => name.endsWith('Field'));
		expect(fields.length).toBeGreaterThan(0);
		for (const { requiresDataPath } of fields) expect(requiresDataPath).toBe('single');
	});

	it('has options in order of their names, each once', () => {
		const names = optionsOf(node).map(({ displayName }) => displayName);
		expect(names).toEqual([...names].sort());
		expect(new Set(names).size).toBe(names.length);
		expect(names).toEqual(
			expect.arrayContaining(['All or Nothing', 'Dry Run', 'Include Input Fields', 'Output']),
		);
	});
});

it('only Update Stocks has the options for balances', () => {
	const [update, hide, unhide] = cases.map(([, , node]) => optionsOf(node).map(({ name }) => name));
	expect(update).toEqual(
		expect.arrayContaining([
			'duplicateSkus',
			'fractions',
			'maximumStock',
			'maximumStockField',
			'minimumStock',
			'minimumStockField',
			'negatives',
			'oldUpdatedAt',
			'reserve',
			'reserveField',
			'share',
			'shareField',
			'zeroGuard',
		]),
	);
	expect(hide).toEqual(unhide);
	expect(hide?.filter((name) => !update?.includes(name))).toEqual(['subscription']);
	expect(hide).toHaveLength(7);
});

it.each([new YandexMarketApi(), new YandexMarketOAuth2Api()])(
	'the credential has its icons: %#',
	({ icon }) => {
		expectIcons('credentials', icon);
	},
);
