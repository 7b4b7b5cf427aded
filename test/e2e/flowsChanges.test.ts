import type { Execution } from '../../lab/n8n/execution';
import { STORES, TOKENS } from '../../sandbox';
import { apiKeyCredential } from './support/credentials';
import { eventually } from './support/editorWait';
import { useFiles } from './support/flows/files';
import type { FillIn } from './support/flows/readyFlow';
import { filledInBy, sellerOf } from './support/flows/seller';
import { useTestBed } from './support/testBed';

const NAME = 'every-15-minutes-changes-only';

const bed = useTestBed();
const files = useFiles(bed);

let workflowId: string;

const importFlow = async (...changes: FillIn[]) =>
	await bed().client.importWorkflow(await filledInBy(await sellerOf(bed()), NAME, ...changes));

const writeRows = async (rows: Record<string, number | string>) =>
	await files.write(
		'balances.csv',
		'sku,stock',
		...Object.entries(rows).map((row) => row.join(',')),
	);

/** One run of the flow with these rows in the file. */
const run = async (
	rows: Record<string, number | string>,
	id: string = workflowId,
): Promise<Execution> => {
	await writeRows(rows);
	return await bed().client.execute(id, bed().signal);
};

/** What was accepted in a run: balances by SKU. */
const sent = ({ nodes }: Execution) =>
	Object.fromEntries(
		(nodes.get('Update Stocks')?.items ?? [])
			.filter(({ status }) => status === 'accepted')
			.map(({ sku, count }) => [sku, count]),
	);

const available = (sku: string, campaignId: number = STORES.fbs.campaignId) =>
	bed().market.offer(campaignId, sku).available;

/** Imports the flow as if a day had passed: what was accepted until now is a day old. */
const importNextDay = async () => {
	const conditions = [{ keyName: 'createdAt', condition: 'lt', keyValue: '={{ $now.toISO() }}' }];
	return await importFlow({ node: 'Forget After a Day', parameters: { filters: { conditions } } });
};

beforeEach(async () => {
	workflowId = await importFlow();
	// The data table belongs to n8n: it outlives both a flow and a reset of the Market.
	await run({ 'SKU-00050': 1 }, await importNextDay());
	bed().market.reset();
});

it('sends what is new or changed, and nothing else', async () => {
	const morning = { 'SKU-00001': 5, 'SKU-00002': 8, 'SKU-00003': 0 };
	expect(sent(await run(morning))).toEqual(morning);
	const noon = { ...morning, 'SKU-00002': 7, 'SKU-00004': 1 };
	expect(sent(await run(noon))).toEqual({ 'SKU-00002': 7, 'SKU-00004': 1 });
	const calls = bed().market.calls().length;
	const again = await run(noon);
	expect(again.status).toBe('success');
	expect(again.nodes.has('Update Stocks')).toBe(false);
	expect(bed().market.calls()).toHaveLength(calls);
});

it('sends a balance that goes 5, 3, 5 all three times', async () => {
	for (const stock of [5, 3, 5]) {
		expect(sent(await run({ 'SKU-00001': stock }))).toEqual({ 'SKU-00001': stock });
		expect(available('SKU-00001')).toBe(stock);
	}
});

it('resends at the next run what was not taken, and turns red until it is', async () => {
	bed().market.setSwitches({ poisonedSkus: [{ sku: 'SKU-00002', naming: 'named' }] });
	for (const expected of [{ 'SKU-00001': 5 }, {}]) {
		const execution = await run({ 'SKU-00001': 5, 'SKU-00002': 6 });
		expect(sent(execution)).toEqual(expected);
		expect(execution.status).toBe('error');
		expect(execution.error).toContain('Not taken: 1. Sent again at the next run: SKU-00002 (');
	}
	bed().market.setSwitches({ poisonedSkus: [] });
	const after = await run({ 'SKU-00001': 5, 'SKU-00002': 6 });
	expect(after.status).toBe('success');
	expect(sent(after)).toEqual({ 'SKU-00002': 6 });
	expect([available('SKU-00001'), available('SKU-00002')]).toEqual([5, 6]);
});

it('sends everything again at the next run if the Market took nothing at all', async () => {
	const credential = apiKeyCredential(bed().sandbox, TOKENS.revoked);
	const revoked = { yandexMarketApi: await bed().client.createCredential(credential) };
	const withRevoked = await importFlow({ node: 'Update Stocks', credentials: revoked });
	const refused = await run({ 'SKU-00001': 5, 'SKU-00002': 6 }, withRevoked);
	expect(refused.status).toBe('error');
	expect(refused.error).toContain('Not taken: 2. Sent again at the next run: SKU-00001 (');
	expect(sent(await run({ 'SKU-00001': 5, 'SKU-00002': 6 }))).toEqual({
		'SKU-00001': 5,
		'SKU-00002': 6,
	});
});

it('sends the whole file after a stopped run: what the Market had taken by then is unknown', async () => {
	const rows = { 'SKU-00001': 5, 'SKU-00002': 6 };
	expect((await run(rows)).status).toBe('success');
	bed().market.setSwitches({ faults: [{ kind: 'dropAfter', rate: 1, operation: 'updateStocks' }] });
	await writeRows({ ...rows, 'SKU-00001': 7 });
	const execution = await bed().client.start(workflowId);
	await eventually(async () => expect(available('SKU-00001')).toBe(7));
	await bed().client.stop(execution);
	expect((await bed().client.finished(execution, bed().signal)).status).toBe('canceled');
	bed().market.setSwitches({ faults: [] });
	expect(sent(await run(rows))).toEqual(rows);
	expect(available('SKU-00001')).toBe(5);
	expect(sent(await run(rows))).toEqual({});
});

it('sends everything again after a day', async () => {
	await run({ 'SKU-00001': 5 });
	expect(sent(await run({ 'SKU-00001': 5 }, await importNextDay()))).toEqual({ 'SKU-00001': 5 });
});

it('knows what was accepted for which store', async () => {
	await run({ 'SKU-00001': 5 });
	const store = {
		__rl: true,
		mode: 'list',
		value: String(STORES.dbs.campaignId),
		cachedResultName: 'dbs',
	};
	const other = await importFlow({ node: 'Update Stocks', parameters: { store } });
	expect(sent(await run({ 'SKU-00001': 5 }, other))).toEqual({ 'SKU-00001': 5 });
	expect(available('SKU-00001', STORES.dbs.campaignId)).toBe(5);
	expect(sent(await run({ 'SKU-00001': 5 }))).toEqual({});
});

it('sends nothing and says so if most of the file is zero, or if it is empty', async () => {
	await run({ 'SKU-00001': 5, 'SKU-00002': 6, 'SKU-00003': 7 });
	const calls = bed().market.calls().length;
	const broken = await run({ 'SKU-00001': 0, 'SKU-00002': 0, 'SKU-00003': 7 });
	expect(broken.status).toBe('error');
	expect(broken.error).toContain('2 of 3 balances are zero: nothing was sent. Look at the file.');
	const empty = await run({});
	expect(empty.status).toBe('error');
	expect(empty.error).toContain('The file has a header (line 1), but no rows under it.');
	expect(bed().market.calls()).toHaveLength(calls);
});

it('sends a single item that is sold out', async () => {
	await run({ 'SKU-00001': 5, 'SKU-00002': 6, 'SKU-00003': 7 });
	expect(sent(await run({ 'SKU-00001': 5, 'SKU-00002': 0, 'SKU-00003': 7 }))).toEqual({
		'SKU-00002': 0,
	});
	expect(available('SKU-00002')).toBe(0);
});

it('sends all rows of a SKU if one of them changed: only together are they its balance', async () => {
	const sum = {
		node: 'Update Stocks',
		parameters: { options: { includeInputFields: true, duplicateSkus: 'sum' } },
	};
	const id = await importFlow(sum);
	const runRows = async (...rows: string[]) => {
		await files.write('balances.csv', 'sku,stock', ...rows);
		return sent(await bed().client.execute(id, bed().signal));
	};
	expect(await runRows('SKU-00001,2', 'SKU-00001,3')).toEqual({ 'SKU-00001': 5 });
	expect(await runRows('SKU-00001,4', 'SKU-00001,3')).toEqual({ 'SKU-00001': 7 });
	expect(available('SKU-00001')).toBe(7);
});

it('ignores blank rows at the end of the file', async () => {
	const rows = { 'SKU-00001': 5, 'SKU-00002': 0, '': '' };
	const first = await run(rows);
	expect(first.status).toBe('success');
	expect(sent(first)).toEqual({ 'SKU-00001': 5, 'SKU-00002': 0 });
	const again = await run(rows);
	expect(again.status).toBe('success');
	expect(again.nodes.has('Update Stocks')).toBe(false);
});
