import { join } from 'node:path';

import type { CredentialReference } from '../../lab/n8n/workflow';
import { freePorts } from '../../lab/system/freePorts';
import { STORES } from '../../sandbox';
import { chain, node } from './support/flow';
import { catalogueOf, filledInBy, sellerOf, TABLE } from './support/flows/seller';
import { startTelegram, type Telegram } from './support/flows/telegram';
import { RESULTS } from './support/places';
import { startPostgres, type Postgres } from '../../lab/system/postgres';
import { useTestBed } from './support/testBed';

const NAME = 'drift-watch';
const STORE = STORES.fbs.campaignId;
const [ONE, TWO, THREE, GONE] = ['0557722', 'ВАЗА-2', 'ВАЗА-3', 'ВАЗА-4'] as const;

const bed = useTestBed({ sandbox: { catalogue: catalogueOf(ONE, TWO, THREE, GONE) } });

let postgres: Postgres;
let database: CredentialReference;
let telegram: Telegram;
let bot: CredentialReference;

beforeAll(async () => {
	const [port] = await freePorts(1);
	postgres = await startPostgres(port as number, join(RESULTS, 'flows-drift.log'), bed().signal);
	const { env } = postgres;
	const data = {
		host: env['DB_POSTGRESDB_HOST'],
		port: Number(env['DB_POSTGRESDB_PORT']),
		database: env['DB_POSTGRESDB_DATABASE'],
		user: env['DB_POSTGRESDB_USER'],
		password: 'not asked for',
		ssl: 'disable',
	};
	database = await bed().client.createCredential({ name: 'Shop', type: 'postgres', data });
	telegram = await startTelegram();
	bot = await bed().client.createCredential({
		name: 'Bot',
		type: 'telegramApi',
		data: { accessToken: '1:abc', baseUrl: telegram.url },
	});
});
afterAll(async () => {
	await telegram?.stop();
	await postgres?.stop();
});

/** The table then holds these balances, and nothing else. */
async function write(balances: Record<string, number | string>): Promise<void> {
	const rows = Object.entries(balances).map(([sku, stock]) => `('${sku}', ${stock})`);
	const step = node('SQL', 'n8n-nodes-base.postgres', 2.6, {
		operation: 'executeQuery',
		query: `DROP TABLE IF EXISTS ${TABLE}; CREATE TABLE ${TABLE} (sku text, stock numeric(15,3)); INSERT INTO ${TABLE} VALUES ${rows.join()}`,
		options: {},
	});
	const flow = chain('SQL', { ...step, credentials: { postgres: database } });
	expect(await bed().run(flow)).toMatchObject({ status: 'success' });
}

const run = async () => {
	const seller = { ...(await sellerOf(bed())), postgres: database, telegram: bot };
	return await bed().run(await filledInBy(seller, NAME));
};
/** What was said since this was last asked. */
const said = () => telegram.messages.splice(0).map(({ text }) => text);
const hold = (stocks: Record<string, number>) => {
	// The Market got them some time before the run.
	bed().market.setSwitches({ clockSkewMs: -60_000 });
	for (const [sku, stock] of Object.entries(stocks)) bed().market.setBalance(STORE, sku, stock);
	bed().market.setSwitches({ clockSkewMs: 0 });
};
const held = (...skus: string[]) => skus.map((sku) => bed().market.offer(STORE, sku).available);
/** Balances that were sent in all runs of a test. */
const sent = () =>
	bed()
		.market.calls()
		.filter(({ operation }) => operation === 'updateStocks')
		.reduce((sum, { items }) => sum + items, 0);

beforeEach(() => hold({ [ONE]: 5, [TWO]: 7, [THREE]: 1 }));

it('sends only what differs, and is silent if that comes right', async () => {
	await write({ [ONE]: 5, [TWO]: 7, [THREE]: 1 });
	hold({ [TWO]: 9 });
	expect((await run()).status).toBe('success');
	expect(held(ONE, TWO, THREE)).toEqual([5, 7, 1]);
	expect([sent(), said()]).toEqual([1, []]);

	expect((await run()).status).toBe('success');
	expect([sent(), said()]).toEqual([1, []]);
});

it('tells once what does not come right, and again after it was right in between', async () => {
	hold({ [GONE]: 3 });
	await write({ [ONE]: 4, '557722': 4, [TWO]: 7, [THREE]: 1 });
	expect((await run()).status).toBe('success');
	const typo = `557722: Not in the catalogue of store ${STORE}; probably meant: "${ONE}" (differs in leading zeros)`;
	const gone = `${GONE}: 3 for sale, and the source does not name it`;
	expect(said()).toEqual([`2 SKUs do not come right:\n${typo}\n${gone}`]);
	expect(held(ONE, GONE)).toEqual([4, 3]);

	expect((await run()).status).toBe('success');
	expect(said()).toEqual([]);

	hold({ [GONE]: 0 });
	expect((await run()).status).toBe('success');
	hold({ [GONE]: 2 });
	expect((await run()).status).toBe('success');
	expect(said()).toEqual([
		`1 SKU does not come right:\n${GONE}: 2 for sale, and the source does not name it`,
	]);
});

it('tells a balance that cannot be read, and repairs the others', async () => {
	await write({ [ONE]: 2.5, [TWO]: 8, [THREE]: 1 });
	expect((await run()).status).toBe('success');
	expect(said()).toEqual([
		expect.stringMatching(/^1 SKU does not come right:\n0557722: Stock .*2\.5/),
	]);
	expect(held(ONE, TWO)).toEqual([5, 8]);
});

it('sends nothing and is red if more than half of the source is zero', async () => {
	await write({ [ONE]: 0, [TWO]: 0, [THREE]: 1 });
	const { status, error } = await run();
	expect([status, error]).toEqual([
		'error',
		expect.stringContaining('2 of 3 balances are zero: nothing was compared or sent.'),
	]);
	expect([sent(), held(TWO)]).toEqual([0, [7]]);
});
