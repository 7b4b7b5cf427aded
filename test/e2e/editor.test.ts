import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { readFlow } from '../../demo/flow';
import manifest from '../../package.json';
import { BUSINESSES, STORES, TOKENS, type Store } from '../../sandbox';
import { apiKeyCredential } from './support/credentials';
import { useEditor } from './support/editor';
import { shootFlow, shootPart } from './support/editorPictures';
import { eventually } from './support/editorWait';
import { chain, marketNode, rows } from './support/flow';
import { PACKAGE_NAME, ROOT } from './support/places';
import { useTestBed } from './support/testBed';

/** A shop's goods, in fields whose names are not the defaults of the node's parameters. */
const BALANCES = [
	{ article: '0557722', title: 'Vase, birch', warehouse: { left: 12, shelf: 'A-1' } },
	{ article: '0557723', title: 'Vase, linen', warehouse: { left: 3, shelf: 'A-2' } },
	{ article: '1100417', title: 'Lamp', warehouse: { left: 0, shelf: 'C-7' } },
	{ article: '1100418', title: 'Lamp, tall', warehouse: { left: 41, shelf: 'C-8' } },
	{ article: '2000036', title: 'Kettle', warehouse: { left: 7, shelf: 'B-3' } },
];
const CATALOGUE = BALANCES.map(({ article, title }) => ({
	sku: article,
	name: title,
	price: 1_990,
}));

const bed = useTestBed({ sandbox: { catalogue: CATALOGUE } });
const editor = useEditor(bed);

const source = (items: readonly object[]) => ({ ...rows(items), name: 'Balances' });

/** What the Market holds for the shop's goods in a store. */
const held = (store: Store) =>
	BALANCES.map(({ article }) => bed().market.offer(store.campaignId, article).available);

const WAREHOUSES = 'Cabinet with warehouses';
const REVOKED = 'Token that was taken back';

beforeAll(async () => {
	// As high as the parameters need, for the README's pictures.
	await editor().page.setViewportSize({ width: 1_440, height: 780 });
	const create = async (name: string, token: string) =>
		await bed().client.createCredential({ ...apiKeyCredential(bed().sandbox, token), name });
	await create(WAREHOUSES, TOKENS.warehouseAll);
	await create(REVOKED, TOKENS.revoked);
});

afterEach(() => {
	expect(editor().scriptErrors).toEqual([]);
	// When a community node is about to be added, n8n asks who publishes it.
	expect(editor().outside.filter((url) => !url.endsWith(`/${PACKAGE_NAME}`))).toEqual([]);
});

/** Opens in the editor a flow that ends with this source. */
async function openSource(items: readonly object[]): Promise<void> {
	await editor().openWorkflow(
		await bed().client.importWorkflow(chain('Balances of a shop', source(items))),
	);
}

/** n8n lists it among the triggers of the node Yandex Market, because it has that node's name. */
const LISTED_WITHIN = 'Yandex Market Trigger';

describe('the list of nodes', () => {
	it('shows all of ours, and nothing else, for "yandex"', async () => {
		const types =
			await bed().client.get<Array<{ name: string; displayName: string }>>('/types/nodes.json');
		const titles = manifest.n8n.nodes.map((file) => {
			const name = basename(file, '.node.js').replace(/^[A-Z]/, (letter) => letter.toLowerCase());
			return types.find((type) => type.name === `${PACKAGE_NAME}.${name}`)?.displayName;
		});
		await openSource(BALANCES);
		const found = await editor().searchNodes('yandex');
		await eventually(async () =>
			expect([LISTED_WITHIN, ...(await found.allInnerTexts())].sort()).toEqual(titles.sort()),
		);
		await editor().shoot('find-nodes');
		await found.filter({ hasText: /^Yandex Market$/ }).click();
		await editor().shoot('find-triggers');
		await editor()
			.page.getByText(`On ${LISTED_WITHIN}`)
			.or(editor().page.getByText('Triggers ('))
			.first()
			.waitFor();
	});
});

describe('Update Stocks', () => {
	it('is added, filled in by mouse and executed', async () => {
		await openSource(BALANCES);
		const panel = await editor().addNode('Yandex Market: Update Stocks');
		await panel.chooseCredential(bed().apiKey.name);

		const stores = await panel.openList('store');
		await eventually(async () => expect(await stores.count()).toBe(6));
		await shootPart(panel.frame, 'store-list');
		await panel.searchList('group.');
		await eventually(async () =>
			expect(await stores.allInnerTexts()).toEqual(['group.sandbox.example (DBS, 21000002)']),
		);
		await panel.searchList('21000001');
		await stores.filter({ hasText: 'fbs.' }).click();
		expect(await panel.shown('store')).toBe('fbs.sandbox.example (FBS, 21000001)');

		await panel.executePrevious();
		await panel.dragField('article', 'skuField');
		await eventually(async () => expect(await panel.shown('skuField')).toBe('article'));
		await panel.dragField('warehouse.left', 'stockField');
		await eventually(async () => expect(await panel.shown('stockField')).toBe('warehouse.left'));

		await panel.execute();
		await eventually(async () =>
			expect(await panel.outputRows()).toMatchObject(
				BALANCES.map(({ article, warehouse }) => {
					return {
						sku: article,
						count: String(warehouse.left),
						store: '21000001',
						status: 'accepted',
					};
				}),
			),
		);
		expect(held(STORES.fbs)).toEqual([12, 3, 0, 41, 7]);
		await shootPart(panel.frame, 'update-stocks');

		await panel.close();
		expect(await editor().markOf('Update Stocks')).toBe('green');
		await shootFlow(editor().page, 'first-flow');
	});

	it('says which item was not sent and why, and above the output how many', async () => {
		const items = BALANCES.map((row, index) =>
			index === 1 ? { ...row, warehouse: { left: '' } } : row,
		);
		const parameters = { skuField: 'article', stockField: 'warehouse.left' };
		const flow = chain(
			'A blank cell',
			source(items),
			marketNode('updateStocks', bed().apiKey, { parameters }),
		);
		await editor().openWorkflow(await bed().client.importWorkflow(flow));
		const panel = await editor().openNode('Update Stocks');

		await panel.execute();
		await panel.error
			.getByText(
				'4 of 5 items were sent and accepted, 1 was not: [item 1] SKU "0557723": Stock is blank',
			)
			.waitFor();
		await panel.output.getByText(/^It is not read as zero\./).waitFor();
		await shootPart(panel.frame, 'stopped');

		await panel.chooseSetting('onError', /^Continue ?Pass/);
		await panel.execute();
		await panel.hint
			.getByText('4 of 5 accepted by the Market, 1 request; 1 was not: see reason and advice.')
			.waitFor();
		const failed = { sku: '0557723', status: 'failed', reason: 'Stock is blank' };
		await eventually(async () => expect((await panel.outputRows())[1]).toMatchObject(failed));
		expect(JSON.stringify(await panel.outputRows())).not.toContain('undefined');
		expect(held(STORES.fbs)).toEqual([12, null, 0, 41, 7]);
		await panel.showOutputAs('json');
		await panel.output.getByText('"Stock is blank"').waitFor();
		await shootPart(panel.frame, 'one-not-sent');
	});

	it('sends to a warehouse that is chosen from the list of a business', async () => {
		await openSource(
			BALANCES.map(({ article, warehouse }) => ({ sku: article, stock: warehouse.left })),
		);
		const panel = await editor().addNode('Yandex Market: Update Stocks');
		await panel.chooseCredential(WAREHOUSES);
		await panel.choose('sendTo', /^Warehouse/);
		await panel.pick('business', String(BUSINESSES.warehouse.businessId));
		expect(await panel.shown('business')).toContain(BUSINESSES.warehouse.businessName);
		await panel.pick('warehouse', STORES.warehouseDbs.warehouseName);
		expect(await panel.shown('warehouse')).toContain(String(STORES.warehouseDbs.warehouseId));

		await panel.execute();
		await eventually(async () => {
			const statuses = (await panel.outputRows()).map(({ status }) => status);
			expect(statuses).toEqual(BALANCES.map(() => 'accepted'));
		});
		expect(held(STORES.warehouseDbs)).toEqual([12, 3, 0, 41, 7]);
		await panel.showOutputAs('json');
		await shootPart(panel.frame, 'send-to-warehouse');
	});

	it("shows the Market's words if it refuses the list of stores", async () => {
		await openSource(BALANCES);
		const panel = await editor().addNode('Yandex Market: Update Stocks');
		await panel.chooseCredential(REVOKED);
		await panel.openList('store');
		// The editor removes the hyphens from such a message.
		const refusal = /The Market did not accept the Api.Key token \(401\): Api.Key token is revoked/;
		await panel.listError.getByText(refusal).waitFor();
		await shootPart(panel.frame, 'refused-list');
	});
});

describe('a ready flow', () => {
	it('runs on the canvas, and each step says how many items it returned', async () => {
		const file = join(bed().home.files, 'balances.csv');
		await writeFile(file, 'sku,stock\n0557722,12\n1100417,0\n2000036,7\n');
		const store = {
			id: String(STORES.fbs.campaignId),
			name: 'fbs.sandbox.example (FBS, 21000001)',
		};
		const credentials = { yandexMarketApi: bed().apiKey };
		const flow = await readFlow(join(ROOT, 'workflows', 'check-integration.json'), {
			file,
			store,
			credentials,
		});
		// Wide enough to read the notes in the picture.
		await editor().page.setViewportSize({ width: 1_720, height: 900 });
		await editor().openWorkflow(await bed().client.importWorkflow(flow));
		await editor().page.getByTestId('execute-workflow-button').click();
		for (const name of ['Rows of the File', 'Hide Offers', 'Update Stocks', 'Unhide Offers']) {
			await editor().itemsFrom(name).getByText('3 items').first().waitFor();
		}
		await editor().itemsFrom('Count What Was Done').getByText('1 item').first().waitFor();
		await shootFlow(editor().page, 'canvas');
	});
});
