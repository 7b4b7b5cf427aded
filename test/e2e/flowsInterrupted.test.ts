import axios from 'axios';

import type { Workflow } from '../../lab/n8n/workflow';
import { generateCatalogue, STORES, TOKENS } from '../../sandbox';
import { apiKeyCredential } from './support/credentials';
import { eventually } from './support/editorWait';
import { node, rows } from './support/flow';
import { writeExcel } from './support/flows/excel';
import { useFiles } from './support/flows/files';
import { readyFlowNames, withStepInstead, type FillIn } from './support/flows/readyFlow';
import { filledInBy, SECRET, sellerOf } from './support/flows/seller';
import { useTestBed } from './support/testBed';

type Operation =
	'addHiddenOffers' | 'updateStocks' | 'deleteHiddenOffers' | 'updateStocksOnPartnerWarehouses';
type Fault = 'dropAfter' | '503';

const FBS = STORES.fbs.campaignId;
const { campaignId: WAREHOUSE_STORE, warehouseId: WAREHOUSE } = STORES.warehouseFbs;
const BALANCES: Operation[] = ['updateStocks', 'updateStocksOnPartnerWarehouses'];

/** Each flow has two goods of its own, so that all can run side by side: the first one's number, by the flow's name. */
const GOODS: Record<string, number> = {
	'check-integration': 10,
	'csv-or-excel-file': 20,
	'erp-webhook': 30,
	'errors-to-a-file': 40,
	'every-15-minutes-changes-only': 50,
	'google-sheets': 60,
	'postgres-table': 70,
	'send-to-warehouses': 80,
	'several-stores-from-one-sheet': 90,
};
const NAMES = Object.keys(GOODS);
/**
 * Flows that are not run beside these, because they set to 0 what they do not name, need another system or goods of their
 * own, or send nothing. Each has tests of its own.
 */
const ELSEWHERE = [
	'1c-free-stock',
	'bitrix24',
	'drift-watch',
	'kits-from-parts',
	'ledger-goods-in',
	'ledger-nightly-all',
	'ledger-orders-in',
	'ledger-send',
	'ledger-shop-sales',
	'moysklad',
	'orders-to-erp',
	'running-out',
	'whole-file-nightly',
];
/** The flow that has no goods of its own: it shows what another one left hidden. */
const WAY_BACK = 'show-hidden-again';

const bed = useTestBed({ sandbox: { catalogue: generateCatalogue(100) } });
const files = useFiles(bed);

const skuOf = (offer: number) => `SKU-${String(offer).padStart(5, '0')}`;
/** The flow whose data table remembers earlier tests: it has other balances in each. */
const REMEMBERS = 'every-15-minutes-changes-only';
let round = 0;
const goodsOf = (name: string) =>
	[0, 1].map((index) => {
		const offer = GOODS[name]! + index;
		return { sku: skuOf(offer), stock: name === REMEMBERS ? 100 * round + offer : offer };
	});
const storeOf = (name: string) => (name === 'send-to-warehouses' ? WAREHOUSE_STORE : FBS);
const held = (name: string) =>
	goodsOf(name).map(({ sku }) => ({
		sku,
		stock: bed().market.offer(storeOf(name), sku).available,
	}));
const hidden = () =>
	bed()
		.market.offers(FBS)
		.filter((offer) => offer.hidden)
		.map(({ sku }) => sku);
const spoil = (kind: Fault, ...operations: Operation[]) =>
	bed().market.setSwitches({
		faults: operations.map((operation) => ({ kind, rate: 1, operation })),
	});
const heal = () => bed().market.setSwitches({ faults: [] });

const ids = new Map<string, string>();
const idOf = (name: string) => ids.get(name) as string;

const moment = new Date().toISOString();

/** Calls the webhook as the ERP does; not waited for, because n8n may end before it answers. */
const call = async () => {
	const body = goodsOf('erp-webhook').map((row) => ({ ...row, updatedAt: moment }));
	const options = {
		headers: { [SECRET.name]: SECRET.value },
		proxy: false,
		validateStatus: () => true,
	} as const;
	return (await axios.post(`${bed().url}/webhook/yandex-market-stock`, body, options)).status;
};

/** Starts a flow as it is started in real use, and resolves to the execution's id. */
async function start(name: string): Promise<string> {
	if (name !== 'erp-webhook') return await bed().client.start(idOf(name));
	const before = await executionsOf(idOf(name));
	void call().catch(() => undefined);
	return await nextExecution(idOf(name), before);
}

/** The ids of a flow's executions, including those under way. */
async function executionsOf(workflowId: string): Promise<string[]> {
	const params = { filter: JSON.stringify({ workflowId }), limit: 100 };
	const { results } = await bed().client.get<{ results: Array<{ id: string }> }>(
		'/rest/executions',
		params,
	);
	return results.map(({ id }) => id);
}

/** The first execution that is not among those before, as soon as there is one. */
async function nextExecution(workflowId: string, before: readonly string[]): Promise<string> {
	let id: string | undefined;
	await eventually(async () => {
		id = (await executionsOf(workflowId)).find((one) => !before.includes(one));
		expect(id).toBeDefined();
	});
	return id as string;
}

const finished = async (execution: string) => await bed().client.finished(execution, bed().signal);
const run = async (name: string) => await finished(await start(name));

beforeAll(async () => {
	expect([...NAMES, ...ELSEWHERE, WAY_BACK].sort()).toEqual((await readyFlowNames()).sort());
	const warehouses = await bed().client.createCredential(
		apiKeyCredential(bed().sandbox, TOKENS.warehouseAll),
	);
	for (const name of NAMES) {
		const file = name === 'several-stores-from-one-sheet' ? `${name}.xlsx` : `${name}.csv`;
		const seller = await sellerOf(bed(), file);
		const market = name === 'send-to-warehouses' ? warehouses : seller.market;
		const flow = await filledInBy({ ...seller, market }, name);
		// The rows that Google and Postgres would give.
		const source = {
			'google-sheets': 'Rows of the Sheet',
			'postgres-table': 'Balances of the Table',
		}[name];
		const ready =
			source === undefined ? flow : withStepInstead(flow, [source], rows(goodsOf(name)));
		ids.set(name, await bed().client.importWorkflow(ready));
	}
	await bed().client.activate(idOf('erp-webhook'));
	await eventually(async () => expect(await call()).not.toBe(404));
});
beforeEach(async () => {
	round += 1;
	for (const name of NAMES) {
		const lines = goodsOf(name).map(({ sku, stock }) => `${sku},${stock},${WAREHOUSE}`);
		await files.write(`${name}.csv`, 'sku,stock,warehouse', ...lines);
	}
	const cells = goodsOf('several-stores-from-one-sheet').map(({ sku, stock }) => [FBS, sku, stock]);
	await writeExcel(files.pathOf('several-stores-from-one-sheet.xlsx'), [
		['campaignId', 'sku', 'stock'],
		...cells,
	]);
});

/** Runs these flows once more, and checks that the Market is right. */
async function expectRightAfterAnotherRun(names: readonly string[]): Promise<void> {
	heal();
	const statuses = await Promise.all(names.map(async (name) => [name, (await run(name)).status]));
	expect(statuses).toEqual(names.map((name) => [name, 'success']));
	expect(names.map(held)).toEqual(names.map(goodsOf));
	expect(hidden()).toEqual([]);
}

/** Starts all flows, until each is in the middle of sending balances: the Market has taken them but not answered. */
async function allUnderWay(): Promise<Array<[name: string, execution: string]>> {
	spoil('dropAfter', ...BALANCES);
	const executions: Array<[string, string]> = [];
	for (const name of NAMES) executions.push([name, await start(name)]);
	await eventually(async () => expect(NAMES.map(held)).toEqual(NAMES.map(goodsOf)));
	return executions;
}

describe('every ready flow', () => {
	it('is correct after another run if it was stopped while sending balances', async () => {
		for (const [, execution] of await allUnderWay()) {
			await bed().client.stop(execution);
			expect((await finished(execution)).status).toBe('canceled');
		}
		expect(hidden()).toEqual(goodsOf('check-integration').map(({ sku }) => sku));
		await expectRightAfterAnotherRun(NAMES);
	});

	it('is correct after another run if n8n was killed while it sent balances', async () => {
		await allUnderWay();
		await bed().killAndRestart();
		await eventually(async () => expect(await call()).not.toBe(404));
		await expectRightAfterAnotherRun(NAMES);
	});

	it('is red if the Market was down while it sent balances, and correct after another run', async () => {
		spoil('503', ...BALANCES);
		const executions = await Promise.all(
			NAMES.map(async (name) => [name, await run(name)] as const),
		);
		// The webhook answers its caller, and what was not taken is in a file.
		const red = executions.filter(([, { status }]) => status === 'error').map(([name]) => name);
		expect(red).toEqual(NAMES.filter((name) => name !== 'erp-webhook'));
		expect(NAMES.map(held)).not.toEqual(NAMES.map(goodsOf));
		await expectRightAfterAnotherRun(NAMES);
	});
});

describe('the check of an integration', () => {
	const NAME = 'check-integration';
	const allOf = () => goodsOf(NAME).map(({ sku }) => sku);

	/** Stops a run at a step. */
	const stopAt = async (operation: Operation, flowId = idOf(NAME)) => {
		spoil('dropAfter', operation);
		const before = bed().market.statistics()[operation]?.requests ?? 0;
		const execution = await bed().client.start(flowId);
		await eventually(async () =>
			expect(bed().market.statistics()[operation]?.requests ?? 0).toBeGreaterThan(before),
		);
		await bed().client.stop(execution);
		await finished(execution);
		heal();
	};

	it.each(['addHiddenOffers', 'deleteHiddenOffers'] as const)(
		'is correct after another run if it was stopped in %s',
		async (step) => {
			await stopAt(step);
			await expectRightAfterAnotherRun([NAME]);
		},
	);

	it.each([
		['Hide Offers', 'addHiddenOffers', 'Not hidden, see Hide Offers', []],
		['Unhide Offers', 'deleteHiddenOffers', 'Not shown again, see Unhide Offers', allOf()],
	] as const)(
		'is red if the Market was down in %s, and correct after another run',
		async (_, step, said, left) => {
			spoil('503', step);
			expect((await run(NAME)).error).toContain(said);
			expect(hidden()).toEqual(left);
			await expectRightAfterAnotherRun([NAME]);
		},
	);

	it('is red, but leaves nothing hidden, if the Market hides and does not answer', async () => {
		spoil('dropAfter', 'addHiddenOffers');
		const execution = await bed().client.start(idOf(NAME));
		await eventually(async () => expect(hidden()).toEqual(allOf()));
		expect((await finished(execution)).error).toContain('Not hidden, see Hide Offers');
		expect([hidden(), held(NAME)]).toEqual([[], goodsOf(NAME)]);
	});

	/** Imports the way back, and resolves to its id. */
	const importWayBack = async (...others: FillIn[]) =>
		await bed().client.importWorkflow(await filledInBy(await sellerOf(bed()), WAY_BACK, ...others));

	/** Likewise, but this one waits for nothing. */
	const importAtOnce = async () => {
		const assignments = [
			{ id: '1', name: 'olderThan', type: 'string', value: '={{ $now.toISO() }}' },
			{ id: '2', name: 'failedRun', type: 'string', value: 'none' },
		];
		const parameters = { assignments: { assignments } };
		return await importWayBack({ node: 'Which Notes', parameters });
	};

	/** The flow, started by a call to this path. */
	const startedByCall = (flow: Workflow, path: string, first: string): Workflow => {
		const trigger = {
			...node('Call', 'n8n-nodes-base.webhook', 2, { path, httpMethod: 'POST', options: {} }),
			webhookId: path,
		};
		const connections = {
			...flow.connections,
			Call: { main: [[{ node: first, type: 'main', index: 0 }]] },
		};
		return { ...flow, nodes: [...flow.nodes, trigger], connections };
	};

	const callOnce = async (path: string) => {
		const post = async () =>
			await axios.post(
				`${bed().url}/webhook/${path}`,
				{},
				{ proxy: false, validateStatus: () => true },
			);
		await eventually(async () => expect((await post()).status).toBe(200));
	};

	it('has its way back show, once, what a stopped run left hidden', async () => {
		const wayBackId = await importAtOnce();
		await stopAt('updateStocks');
		expect(hidden()).toEqual(allOf());
		const wayBack = async () => await finished(await bed().client.start(wayBackId));
		const { status, nodes } = await wayBack();
		expect(status).toBe('success');
		expect(nodes.get('Show Again')?.items).toMatchObject(
			allOf().map((sku) => ({ sku, status: 'accepted' })),
		);
		expect(hidden()).toEqual([]);
		const again = await wayBack();
		expect([again.status, again.nodes.has('Show Again')]).toEqual(['success', false]);
	});

	it('has its way back show what stayed hidden because the Market was down in Unhide Offers', async () => {
		spoil('503', 'deleteHiddenOffers');
		expect((await run(NAME)).status).toBe('error');
		expect(hidden()).toEqual(allOf());
		heal();
		expect((await finished(await bed().client.start(await importAtOnce()))).status).toBe('success');
		expect([hidden(), held(NAME)]).toEqual([[], goodsOf(NAME)]);
	});

	it('notes nothing for the way back if everything was shown again', async () => {
		expect((await run(NAME)).status).toBe('success');
		const { nodes } = await finished(await bed().client.start(await importAtOnce()));
		expect(nodes.has('Show Again')).toBe(false);
	});

	it('leaves what was hidden just now to the next hour', async () => {
		await stopAt('updateStocks');
		const { nodes } = await finished(await bed().client.start(await importWayBack()));
		expect([nodes.has('Still Hidden'), nodes.has('Show Again')]).toEqual([true, false]);
		expect(hidden()).toEqual(allOf());
		await expectRightAfterAnotherRun([NAME]);
	});

	it('has its way back show at once what a run that n8n started left hidden, and nothing of another run', async () => {
		const OTHER = 'csv-or-excel-file';
		const others = goodsOf(OTHER).map(({ sku }) => sku);
		const another = await bed().client.importWorkflow(
			await filledInBy(await sellerOf(bed(), `${OTHER}.csv`), NAME),
		);
		await stopAt('updateStocks', another);
		const wayBackId = await importWayBack();
		await bed().client.activate(wayBackId);
		const before = await executionsOf(wayBackId);
		const refused = apiKeyCredential(bed().sandbox, TOKENS.revoked);
		const credentials = { yandexMarketApi: await bed().client.createCredential(refused) };
		const flow = await filledInBy(await sellerOf(bed(), `${NAME}.csv`), NAME, {
			node: 'Unhide Offers',
			credentials,
		});
		const settings = { ...flow.settings, errorWorkflow: wayBackId };
		const path = 'check-by-itself';
		const id = await bed().client.importWorkflow({
			...startedByCall(flow, path, 'Table of Hidden Goods'),
			settings,
		});
		await bed().client.activate(id);
		await callOnce(path);
		const check = await nextExecution(id, []);
		expect((await finished(check)).error).toContain('Not shown again, see Unhide Offers');
		const wayBack = await finished(await nextExecution(wayBackId, before));
		expect(wayBack.status).toBe('success');
		expect(wayBack.nodes.get('Show Again')?.items).toMatchObject(allOf().map((sku) => ({ sku })));
		expect(hidden()).toEqual(others);
		// The other run's note is still there: its goods are shown when their time comes.
		await finished(await bed().client.start(await importAtOnce()));
		expect(hidden()).toEqual([]);
	});

	it('is left alone by a failed way back while it is under way', async () => {
		const flow = await filledInBy(await sellerOf(bed()), WAY_BACK);
		const path = 'way-back-that-fails';
		const stop = node('Fails', 'n8n-nodes-base.stopAndError', 1, { errorMessage: 'On purpose' });
		const failing = startedByCall({ ...flow, nodes: [...flow.nodes, stop] }, path, stop.name);
		const id = await bed().client.importWorkflow(failing);
		await bed().client.activate(id);
		await stopAt('updateStocks');
		await callOnce(path);
		const failed = await nextExecution(id, []);
		expect((await finished(failed)).error).toContain('On purpose');
		const { status, nodes } = await finished(await nextExecution(id, [failed]));
		expect([status, nodes.has('Still Hidden'), nodes.has('Show Again')]).toEqual([
			'success',
			true,
			false,
		]);
		expect(hidden()).toEqual(allOf());
		await expectRightAfterAnotherRun([NAME]);
	});
});
