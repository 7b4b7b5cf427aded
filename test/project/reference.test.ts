import { readdirSync } from 'node:fs';
import path from 'node:path';

import type { INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';

import { YandexMarketApi } from '../../credentials/YandexMarketApi.credentials';
import { YandexMarketOAuth2Api } from '../../credentials/YandexMarketOAuth2Api.credentials';
import { apiMethods } from '../../market/contract/apiMethods';
import { HideOffers } from '../../nodes/HideOffers/HideOffers.node';
import { UnhideOffers } from '../../nodes/UnhideOffers/UnhideOffers.node';
import { UpdateStocks } from '../../nodes/UpdateStocks/UpdateStocks.node';
import { YandexMarket } from '../../nodes/YandexMarket/YandexMarket.node';
import { YandexMarketOrdersTrigger } from '../../nodes/YandexMarketOrdersTrigger/YandexMarketOrdersTrigger.node';
import { YandexMarketTrigger } from '../../nodes/YandexMarketTrigger/YandexMarketTrigger.node';
import { codeIn, readPage, ROOT, rowsOf, type Row } from './support/pages';
import { statusesIn } from './support/statuses';

/** What has a panel, by the name that the documents use. */
const PANELS = {
	'Update Stocks': propertiesOf(new UpdateStocks()),
	'Hide Offers': propertiesOf(new HideOffers()),
	'Unhide Offers': propertiesOf(new UnhideOffers()),
	'Yandex Market': propertiesOf(new YandexMarket()),
	'Yandex Market Trigger': propertiesOf(new YandexMarketTrigger()),
	'Yandex Market Orders Trigger': propertiesOf(new YandexMarketOrdersTrigger()),
	credentials: [...new YandexMarketApi().properties, ...new YandexMarketOAuth2Api().properties],
};

type Panel = keyof typeof PANELS;

const WRITING: Panel[] = ['Update Stocks', 'Hide Offers', 'Unhide Offers'];
const TRIGGERS: Panel[] = ['Yandex Market Trigger', 'Yandex Market Orders Trigger'];

/** The chapters with tables of parameters: whose parameters they are, and the words of the head of such a table. */
const DOCUMENTS: Array<{
	file: string;
	head: RegExp;
	off: string;
	on: string;
	all: string;
	chapters: Record<string, Panel[]>;
}> = [
	{
		file: 'docs/reference.md',
		head: /^(?:Parameter|Option)$/,
		off: 'off',
		on: 'on',
		all: 'all',
		chapters: {
			'Sign in': ['credentials'],
			'All nodes': [...WRITING, 'Yandex Market', ...TRIGGERS],
			'The nodes that write': WRITING,
			'Update Stocks': ['Update Stocks'],
			'Hide Offers and Unhide Offers': ['Hide Offers', 'Unhide Offers'],
			'What counts as a balance': ['Update Stocks', 'Yandex Market'],
			'The node that reads': ['Yandex Market'],
			'The triggers': TRIGGERS,
			'Yandex Market Trigger': ['Yandex Market Trigger'],
			'Yandex Market Orders Trigger': ['Yandex Market Orders Trigger'],
		},
	},
	{
		file: 'docs/ru/reference.md',
		head: /^(?:Параметр|Опция)$/,
		off: 'выкл.',
		on: 'вкл.',
		all: 'все',
		chapters: {
			Вход: ['credentials'],
			'Все узлы': [...WRITING, 'Yandex Market', ...TRIGGERS],
			'Узлы, которые передают': WRITING,
			'Update Stocks': ['Update Stocks'],
			'Hide Offers и Unhide Offers': ['Hide Offers', 'Unhide Offers'],
			'Что считается остатком': ['Update Stocks', 'Yandex Market'],
			'Узел, который читает': ['Yandex Market'],
			'Заказы Маркета': TRIGGERS,
			'Yandex Market Trigger': ['Yandex Market Trigger'],
			'Yandex Market Orders Trigger': ['Yandex Market Orders Trigger'],
		},
	},
];

/** A parameter or an option as a panel shows it. */
interface Shown {
	name: string;
	/** What it is, or begins with. */
	byDefault: unknown;
	choices: string[];
}

function propertiesOf({ description }: INodeType): INodeProperties[] {
	return description.properties;
}

function shownIn(properties: readonly INodeProperties[]): Shown[] {
	return properties.flatMap(({ displayName: name, type, default: byDefault, options = [] }) => {
		if (type === 'hidden' || type === 'notice') return [];
		if (type === 'collection') return shownIn(options as INodeProperties[]);
		const choices = options as INodePropertyOptions[];
		const chosen = choices.find(({ value }) => value === byDefault);
		return {
			name,
			byDefault: chosen ? `*${chosen.name}*` : byDefault,
			choices: choices.map((one) => one.name),
		};
	});
}

describe.each(DOCUMENTS)('$file', ({ file, head, off, on, all, chapters }) => {
	const page = readPage(file);
	const documented = rowsOf(page).filter(({ head: [first = ''] }) => head.test(first));

	/** A default as the document writes it. */
	function written({ byDefault, choices }: Shown): string {
		if (typeof byDefault === 'boolean') return byDefault ? on : off;
		if (typeof byDefault === 'number') return byDefault.toLocaleString('en');
		if (Array.isArray(byDefault)) return byDefault.length === choices.length ? all : '—';
		if (typeof byDefault !== 'string' || byDefault === '') return '—';
		return byDefault.startsWith('*') ? byDefault : `\`${byDefault}\``;
	}

	const namesIn = ({ cells: [first = ''] }: Row) =>
		Array.from(first.matchAll(/\*\*(.+?)\*\*/g), ([, name]) => name as string);
	const rowsAbout = (panel: Panel) =>
		documented.filter(({ chapters: of }) => chapters[of.at(-1) ?? '']?.includes(panel));

	it('has tables of parameters in the chapters that are about panels, and in no others', () => {
		const found = new Set(documented.map(({ chapters: of }) => of.at(-1)));
		expect([...found].sort()).toEqual(Object.keys(chapters).sort());
	});

	it.each(Object.keys(PANELS) as Panel[])(
		'has each parameter and option of %s, with its default and choices',
		(panel) => {
			const rows = rowsAbout(panel);
			const wrong = shownIn(PANELS[panel]).filter((shown) => {
				const own = rows.filter((row) => namesIn(row).includes(shown.name));
				return !own.some(({ cells: [, byDefault, meaning] }) => {
					const text = `${byDefault} ${meaning}`;
					return (
						byDefault === written(shown) &&
						shown.choices.every((choice) => text.includes(`*${choice}*`))
					);
				});
			});
			expect(wrong).toEqual([]);
		},
	);

	it('has no parameter, option or choice that there is not', () => {
		const strange = documented.flatMap((row) =>
			(chapters[row.chapters.at(-1) ?? ''] ?? []).flatMap((panel) =>
				namesIn(row).flatMap((name) => {
					const own = shownIn(PANELS[panel]).filter((shown) => shown.name === name);
					const isThere = own.some((shown) => row.cells[1] === written(shown));
					return isThere ? [] : [{ panel, name, byDefault: row.cells[1] }];
				}),
			),
		);
		expect(documented.length).toBeGreaterThan(60);
		expect(strange).toEqual([]);
	});

	it('has every status that an item can have, and no other', () => {
		const said = rowsOf(page).flatMap(({ head: [first], cells: [cell = ''] }) =>
			first === '`status`' ? codeIn(cell) : [],
		);
		expect([...new Set(said)].sort()).toEqual(statusesIn(ROOT));
	});

	it('has every call of the Market, and no other', () => {
		const called = codeIn(page.text).filter((code) => /^(?:GET|POST|PUT) .*\//.test(code));
		const calls = Object.values(apiMethods).map(
			({ verb, path: of }) => `${verb} ${of.slice(1).replace(/\{\w+\}/, '{id}')}`,
		);
		expect([...new Set(called)].sort()).toEqual(calls.sort());
	});

	it('has what each setting of On Error does', () => {
		const settings = rowsOf(page).flatMap(({ head: [first], cells: [cell = ''] }) =>
			first === 'On Error' ? [cell.replace(/\*\*| \(.*(?:default|умолчани).*\)/g, '')] : [],
		);
		expect(settings).toEqual(['Stop Workflow', 'Continue', 'Continue (using error output)']);
	});
});

it.each(['workflows/README.md', 'docs/ru/workflows.md'])(
	'%s has every flow, and no other',
	(file) => {
		const flows = readdirSync(path.join(ROOT, 'workflows')).filter((name) =>
			name.endsWith('.json'),
		);
		const rows = rowsOf(readPage(file)).flatMap(({ cells: [cell = ''] }) => {
			const [, name, link] = /^\[([\w-]+)\]\(([^)]+)\)$/.exec(cell) ?? [];
			return name === undefined ? [] : [{ name, link: path.basename(link as string) }];
		});
		expect(rows.map(({ link }) => link).sort()).toEqual(flows.sort());
		expect(rows.filter(({ name, link }) => `${name}.json` !== link)).toEqual([]);
	},
);
