import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What the script sends with: the Fetch API, or the barer `node:http`. */
export type Client = 'fetch' | 'http';

/** Milliseconds that a bare script takes to send this many rows, with everything prepared. */
export async function runFloor(
	node: string,
	url: string,
	rows: number,
	client: Client,
): Promise<number> {
	const child = fork(join(__dirname, 'floor.ts'), [url, String(rows), client], { execPath: node });
	const [milliseconds] = (await Promise.race([
		once(child, 'message'),
		failed(once(child, 'exit')),
	])) as [number];
	return milliseconds;
}

async function failed(exit: Promise<unknown[]>): Promise<never> {
	const [code] = await exit;
	throw new Error(`The bare script ended with ${String(code)} and without a result`);
}
