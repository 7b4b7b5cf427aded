import { join } from 'node:path';

import { Pool } from 'pg';

import { Cleanup } from '../../../../lab/system/cleanup';
import { freePorts } from '../../../../lab/system/freePorts';
import { startPostgres } from '../../../../lab/system/postgres';
import { Ledger } from '../../../workflows/support/ledger';
import { RESULTS } from '../places';
import type { TestBed } from '../testBed';
import { sellerOf, type Seller } from './seller';

/** A ledger, and a seller whose credential for Postgres leads to it. */
export interface LedgerBeside {
	ledger: Ledger;
	seller: Seller;
}

/**
 * A PostgreSQL beside the n8n of a file, without the ledger at first. Call it at the top of the file.
 *
 * @param name of its log file in `.demo/e2e`
 * @returns a function that gives it within a test
 */
export function useLedgerBeside(bed: () => TestBed, name: string): () => LedgerBeside {
	const cleanup = new Cleanup();
	let beside: LedgerBeside;
	beforeAll(async () => {
		const [port] = await freePorts(1);
		const log = join(RESULTS, `${name}.log`);
		const postgres = await startPostgres(port as number, log, bed().signal);
		cleanup.add(() => postgres.stop());
		const { place, credential: data } = postgres;
		const pool = new Pool({ ...place });
		cleanup.add(() => pool.end());
		const database = { name: 'Ledger', type: 'postgres', data };
		const credential = await bed().client.createCredential(database);
		beside = {
			ledger: new Ledger(pool),
			seller: { ...(await sellerOf(bed())), postgres: credential },
		};
	});
	afterAll(async () => await cleanup.run());
	return () => beside;
}
