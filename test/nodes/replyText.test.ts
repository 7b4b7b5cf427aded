import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';

import { MAX_REPLY_BYTES, readText } from '../../nodes/common/connection/replyText';
import { UpdateStocks } from '../../nodes/UpdateStocks/UpdateStocks.node';
import { openPicker } from '../support/pickers';

const MEGABYTE = 1024 * 1024;

let server: Server | undefined;
afterEach(async () => {
	server?.closeAllConnections();
	if (server?.listening) await new Promise((closed) => server?.close(closed));
	server = undefined;
	jest.restoreAllMocks();
});

/** The list of stores, as a server answers with it. */
async function stores(answer: (response: ServerResponse) => void) {
	jest.spyOn(Math, 'random').mockReturnValue(0);
	server = createServer((request, response) => request.resume().on('end', () => answer(response)));
	await once(server.listen(0, '127.0.0.1'), 'listening');
	const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return await openPicker(new UpdateStocks(), 'searchStores', { apiUrl })();
}

describe('no more of a reply is read than is sensible', () => {
	it('if it never ends', async () => {
		let sent = 0;
		const more = (response: ServerResponse) => {
			while (!response.destroyed && response.write(Buffer.alloc(MEGABYTE, ' '))) sent += 1;
			sent += 1;
		};
		const read = stores((response) => {
			response.on('drain', () => more(response));
			response.writeHead(200);
			more(response);
		});
		await expect(read).rejects.toMatchObject({
			message: expect.stringContaining('could not be reached: its reply is longer than 16 MB'),
		});
		// Asked twice, each time up to the limit plus what is on the way.
		expect(sent * MEGABYTE).toBeGreaterThan(2 * MAX_REPLY_BYTES);
		expect(sent * MEGABYTE).toBeLessThan(2 * MAX_REPLY_BYTES + 32 * MEGABYTE);
	});

	it('if its header says so, nothing of it', async () => {
		const read = stores((response) =>
			response.writeHead(200, { 'content-length': '200000000' }).write('{'),
		);
		await expect(read).rejects.toMatchObject({
			message: expect.stringContaining('its reply is longer than 16 MB'),
		});
	});

	it('if it only grows when unpacked', async () => {
		const bomb = gzipSync(Buffer.alloc(MAX_REPLY_BYTES + 1, ' '));
		const read = stores((response) =>
			response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
		);
		await expect(read).rejects.toMatchObject({
			message: expect.stringContaining('its reply is longer than 16 MB'),
		});
	});

	it('and all of it up to that limit', async () => {
		const campaigns = JSON.stringify({ campaigns: [{ id: 1, domain: 'Shop' }] });
		const { results } = await stores((response) => response.end(campaigns.padEnd(MAX_REPLY_BYTES)));
		expect(results).toEqual([{ name: 'Shop (unknown placement, 1)', value: '1' }]);
	});
});

it('A reply that breaks off does not count, whatever its beginning says', async () => {
	const read = stores((response) => {
		response.writeHead(200, { 'content-length': '100' });
		response.write('{"campaigns":[]}', () => response.destroy());
	});
	await expect(read).rejects.toMatchObject({
		message: expect.stringContaining('could not be reached: its reply broke off'),
	});
});

it('A reply that stalls ends with the signal', async () => {
	const body = new PassThrough();
	body.write('{');
	const end = new AbortController();
	const read = readText(body, undefined, end.signal);
	end.abort();
	expect(await read).toEqual({ fault: expect.stringContaining('its reply broke off') });
	expect(body.destroyed).toBe(true);
});

it('Bytes are read as UTF-8, however they are split', async () => {
	const body = new PassThrough();
	for (const byte of Buffer.from('\ufeff"Кружка 🧦"')) body.write(Buffer.from([byte]));
	body.end();
	expect(await readText(body, undefined, new AbortController().signal)).toEqual({
		text: '"Кружка 🧦"',
	});
});

it.each([
	[undefined, ''],
	[null, ''],
	['{"status":"OK"}', '{"status":"OK"}'],
	[{ status: 'OK' }, '{"status":"OK"}'],
])('A reply that n8n has already read, %p, is its text', async (body, text) => {
	expect(await readText(body, undefined, new AbortController().signal)).toEqual({ text });
});
