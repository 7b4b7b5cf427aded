import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { INodeProperties, INodeType } from 'n8n-workflow';

import { YandexMarketApi } from '../../credentials/YandexMarketApi.credentials';
import { YandexMarketOAuth2Api } from '../../credentials/YandexMarketOAuth2Api.credentials';
import { HideOffers } from '../../nodes/HideOffers/HideOffers.node';
import { UnhideOffers } from '../../nodes/UnhideOffers/UnhideOffers.node';
import { UpdateStocks } from '../../nodes/UpdateStocks/UpdateStocks.node';
import { YandexMarket } from '../../nodes/YandexMarket/YandexMarket.node';
import { YandexMarketOrdersTrigger } from '../../nodes/YandexMarketOrdersTrigger/YandexMarketOrdersTrigger.node';
import { YandexMarketTrigger } from '../../nodes/YandexMarketTrigger/YandexMarketTrigger.node';
import manifest from '../../package.json';
import { anchorOf, anchorsOf, readPage } from '../project/support/pages';

const ROOT = path.join(__dirname, '..', '..');
const nodes: Array<[name: string, node: INodeType]> = [
	['UpdateStocks', new UpdateStocks()],
	['HideOffers', new HideOffers()],
	['UnhideOffers', new UnhideOffers()],
	['YandexMarket', new YandexMarket()],
	['YandexMarketTrigger', new YandexMarketTrigger()],
	['YandexMarketOrdersTrigger', new YandexMarketOrdersTrigger()],
];

/** Two lines below a node's name in the list of nodes, in characters. */
const TWO_LINES = 130;

interface Card {
	alias: string[];
	resources: Record<'primaryDocumentation' | 'credentialDocumentation', Array<{ url: string }>>;
}

const cardOf = (name: string) =>
	JSON.parse(readFileSync(path.join(ROOT, `nodes/${name}/${name}.node.json`), 'utf8')) as Card;

const optionsOf = ({ description }: INodeType) =>
	description.properties.flatMap(({ type, options }) =>
		type === 'collection' ? (options as INodeProperties[]).map(({ name }) => name) : [],
	);

describe.each(nodes)('%s', (name, { description }) => {
	it('says what it does in two lines', () => {
		expect(description.description.length).toBeLessThanOrEqual(TWO_LINES);
	});

	it('links to existing pages of this package, in English and Russian', () => {
		const pages = manifest.homepage.replace(/#.*/, '');
		const { primaryDocumentation, credentialDocumentation } = cardOf(name).resources;
		for (const links of [primaryDocumentation, credentialDocumentation]) {
			expect(links.map(({ url }) => url)).toEqual([pages, `${pages}/blob/HEAD/docs/ru/README.md`]);
		}
		expect(existsSync(path.join(ROOT, 'docs/ru/README.md'))).toBe(true);
		expectChapter(String(description.documentationUrl));
	});
});

it.each([new YandexMarketApi(), new YandexMarketOAuth2Api()])(
	'the credential %# links to the chapter about signing in',
	({ documentationUrl }) => {
		expectChapter(documentationUrl);
	},
);

/** A chapter of the reference, with its Russian counterpart linked right below its title. */
function expectChapter(url: string): void {
	const [page, anchor] = url.split('#');
	expect(page).toBe(`${manifest.homepage.replace(/#.*/, '')}/blob/HEAD/docs/reference.md`);
	const { text } = readPage('docs/reference.md');
	const chapter = text.split(/^## /m).find((one) => anchorOf(one.split('\n')[0] ?? '') === anchor);
	const links = Array.from(
		chapter?.split('\n')[2]?.matchAll(/\(ru\/reference\.md#(.*?)\)/g) ?? [],
		([, link]) => link,
	);
	expect(links.length).toBeGreaterThan(0);
	expect(anchorsOf(readPage('docs/ru/reference.md'))).toEqual(expect.arrayContaining(links));
}

it.each(['склад', 'warehouse', 'сток', 'остаток', 'остатки'])('%s finds Update Stocks', (word) => {
	expect(cardOf('UpdateStocks').alias).toContain(word);
});

it('Updated At is among the options, as few sources have it', () => {
	expect(optionsOf(new UpdateStocks())).toEqual(
		expect.arrayContaining(['updatedAt', 'updatedAtField']),
	);
});
