import { join } from 'node:path';

import type { CredentialReference } from '../../lab/n8n/workflow';
import { freePorts } from '../../lab/system/freePorts';
import { startPostgres, type Postgres } from '../../lab/system/postgres';
import { generateCatalogue, STORES } from '../../sandbox';
import { chain, node } from './support/flow';
import { catalogueOf, filledInBy, sellerOf, TABLE } from './support/flows/seller';
import { RESULTS } from './support/places';
import { useTestBed } from './support/testBed';

const NAME = 'postgres-table';
const ZEROS = '0557722';

const bed = useTestBed({
	sandbox: { catalogue: [...catalogueOf(ZEROS), ...generateCatalogue(200)] },
});

let postgres: Postgres;
let database: CredentialReference;

/** Runs SQL with n8n's own Postgres node. */
const sql = async (query: string) => {
	const step = node('SQL', 'n8n-nodes-base.postgres', 2.6, {
		operation: 'executeQuery',
		query,
		options: {},
	});
	const flow = chain('SQL', { ...step, credentials: { postgres: database } });
	expect(await bed().run(flow)).toMatchObject({ status: 'success' });
};

const run = async () => {
	const seller = { ...(await sellerOf(bed())), postgres: database };
	return await bed().run(await filledInBy(seller, NAME));
};

const available = (sku: string) => bed().market.offer(STORES.fbs.campaignId, sku).available;

beforeAll(async () => {
	const [port] = await freePorts(1);
	postgres = await startPostgres(port as number, join(RESULTS, 'flows-postgres.log'), bed().signal);
	const { credential: data } = postgres;
	database = await bed().client.createCredential({ name: 'Shop', type: 'postgres', data });
});
afterAll(async () => await postgres?.stop());
beforeEach(async () => {
	await sql(
		`DROP TABLE IF EXISTS ${TABLE}; CREATE TABLE ${TABLE} (sku text, stock numeric, note text)`,
	);
});

it('sends every row of the table, whatever its number type, leading zeros and all', async () => {
	await sql(
		`INSERT INTO ${TABLE} SELECT 'SKU-' || lpad(n::text, 5, '0'), n FROM generate_series(1, 200) n`,
	);
	await sql(`INSERT INTO ${TABLE} VALUES ('${ZEROS}', 12)`);
	const { status, nodes } = await run();
	expect(status).toBe('success');
	expect(nodes.get('Update Stocks')?.items).toHaveLength(201);
	expect(available(ZEROS)).toBe(12);
	expect(
		bed()
			.market.offers(STORES.fbs.campaignId)
			.slice(1)
			.map(({ available: stock }) => stock),
	).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
});

it.each(['bigint', 'integer', 'numeric(10, 2)', 'numeric(15, 3)', 'text'])(
	'reads a column of the type %s',
	async (type) => {
		await sql(
			`ALTER TABLE ${TABLE} ALTER COLUMN stock TYPE ${type}; INSERT INTO ${TABLE} VALUES ('${ZEROS}', 7)`,
		);
		expect((await run()).status).toBe('success');
		expect(available(ZEROS)).toBe(7);
	},
);

it('sends the good rows, then turns red and names the others', async () => {
	await sql(
		`INSERT INTO ${TABLE} VALUES ('${ZEROS}', 5), ('SKU-00001', NULL), ('SKU-00002', -1), (NULL, 4)`,
	);
	const { status, error } = await run();
	expect(status).toBe('error');
	expect(error).toContain('1 of 4 items were sent and accepted, 3 were not');
	expect(error).toContain('SKU "SKU-00001": Stock is blank');
	expect([ZEROS, 'SKU-00001', 'SKU-00002'].map(available)).toEqual([5, null, null]);
});

it('sends nothing and says so if the table is empty', async () => {
	const { status, error } = await run();
	expect(status).toBe('error');
	expect(error).toContain('The source has no rows');
	expect(
		bed()
			.market.calls()
			.filter(({ verb }) => verb === 'PUT'),
	).toEqual([]);
});
