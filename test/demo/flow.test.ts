import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { readFlow } from '../../demo/flow';
import type { Workflow } from '../../lab/n8n/workflow';

const FLOW = join(__dirname, '../../workflows/check-integration.json');
const OURS = 'n8n-nodes-yandex-market.';

const settings = {
	file: 'C:\\shop\\balances.csv',
	store: { id: '21000001', name: 'shop.example' },
	credentials: { yandexMarketApi: { id: 'abc', name: 'My shop' } },
};

const published = async () => JSON.parse(await readFile(FLOW, 'utf8')) as Workflow;
const nodeOf = ({ nodes }: Workflow, name: string) => nodes.find((node) => node.name === name)!;

describe('the flow as it is published', () => {
	it('holds nobody’s credentials and no store', async () => {
		const flow = await published();
		expect(flow.nodes.filter(({ credentials }) => credentials !== undefined)).toEqual([]);
		expect(nodeOf(flow, 'Hide Offers').parameters['store']).toEqual({
			__rl: true,
			mode: 'list',
			value: '',
		});
	});

	it('has one trigger, so that "Execute workflow" starts the check and nothing else', async () => {
		const triggers = (await published()).nodes.filter(({ type }) => type.endsWith('Trigger'));
		expect(triggers.map(({ name }) => name)).toEqual(['Start']);
	});

	it('goes on after a step that failed, so that goods are shown again', async () => {
		const flow = await published();
		const steps = ['Hide Offers', 'Update Stocks', 'Unhide Offers'].map((name) =>
			nodeOf(flow, name),
		);
		expect(steps.map(({ onError }) => onError)).toEqual(Array(3).fill('continueRegularOutput'));
	});

	it('sends nothing if more than half of the balances are zero', async () => {
		expect(nodeOf(await published(), 'Update Stocks').parameters['options']).toMatchObject({
			zeroGuard: 50,
		});
	});

	it('reads the Market back in every step', async () => {
		const flow = await published();
		const options = ['Hide Offers', 'Update Stocks', 'Unhide Offers'].map(
			(name) => nodeOf(flow, name).parameters['options'],
		);
		expect(options).toMatchObject([{ verify: 5 }, { verify: 15 }, { verify: 15 }]);
	});

	it.each(['Update Stocks', 'Unhide Offers'])(
		'lets %s follow the store chosen in Hide Offers',
		async (name) => {
			expect(nodeOf(await published(), name).parameters['store']).toMatchObject({
				value: expect.stringContaining("$('Hide Offers').params.store"),
			});
		},
	);
});

describe('the flow as the demo fills it in', () => {
	it('reads the file, by a path that n8n takes on every system', async () => {
		const flow = await readFlow(FLOW, settings);
		expect(nodeOf(flow, 'Read the File').parameters['fileSelector']).toBe('C:/shop/balances.csv');
	});

	it('gives each of our steps the credential', async () => {
		const steps = (await readFlow(FLOW, settings)).nodes.filter(({ type }) =>
			type.startsWith(OURS),
		);
		expect(steps.map(({ credentials }) => credentials)).toEqual(
			Array(3).fill(settings.credentials),
		);
	});

	it('chooses the store once and leaves alone the steps that follow it', async () => {
		const [filled, original] = [await readFlow(FLOW, settings), await published()];
		expect(nodeOf(filled, 'Hide Offers').parameters['store']).toMatchObject({
			mode: 'list',
			value: '21000001',
		});
		for (const name of ['Update Stocks', 'Unhide Offers']) {
			expect(nodeOf(filled, name).parameters).toEqual(nodeOf(original, name).parameters);
		}
	});
});

describe('the flow for warehouses as the demo fills it in', () => {
	const WAREHOUSES = join(__dirname, '../../workflows/send-to-warehouses.json');

	it('chooses the business, and leaves the warehouse to the field of each row', async () => {
		const business = { id: '1003', name: 'Warehouse Cabinet' };
		const flow = await readFlow(WAREHOUSES, {
			file: 'warehouses.csv',
			business,
			credentials: settings.credentials,
		});
		expect(nodeOf(flow, 'Update Stocks').parameters).toMatchObject({
			sendTo: 'warehouse',
			business: { mode: 'list', value: '1003', cachedResultName: 'Warehouse Cabinet' },
			warehouseFrom: 'field',
			warehouseField: 'warehouse',
		});
	});
});

describe('the flows of the ledger as the demo fills them in', () => {
	const flowOf = async (name: string) =>
		await readFlow(join(__dirname, `../../workflows/${name}.json`), {
			store: settings.store,
			business: { id: '1001', name: 'Sandbox Cabinet' },
			credentials: {
				...settings.credentials,
				postgres: { id: 'def', name: 'Ledger' },
				httpHeaderAuth: { id: 'ghi', name: 'ERP' },
			},
		});
	const credentialsIn = (flow: Workflow, name: string) =>
		Object.keys(nodeOf(flow, name).credentials ?? {});

	it('give each step the one credential that it takes', async () => {
		const goodsIn = await flowOf('ledger-goods-in');
		expect(credentialsIn(goodsIn, 'Document')).toEqual(['httpHeaderAuth']);
		expect(credentialsIn(goodsIn, 'Book')).toEqual(['postgres']);
		expect(credentialsIn(goodsIn, 'Answer the ERP')).toEqual([]);
		expect(credentialsIn(await flowOf('ledger-send'), 'Update Stocks')).toEqual([
			'yandexMarketApi',
		]);
	});

	it('choose the business in all steps that read orders, and the store where balances go', async () => {
		const ordersIn = await flowOf('ledger-orders-in');
		for (const name of ['Order Events', 'Changed Orders', 'Orders of 30 Days'])
			expect(nodeOf(ordersIn, name).parameters['business']).toMatchObject({ value: '1001' });
		expect(nodeOf(await flowOf('ledger-send'), 'Update Stocks').parameters['store']).toMatchObject({
			value: '21000001',
		});
	});
});
