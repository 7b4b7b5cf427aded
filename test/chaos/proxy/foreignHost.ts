import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A host that is not the Market's. It records everything it receives. */
export interface ForeignHost {
	url: string;
	/** All requests since the last call, heads and bodies. */
	takeReceived(): string[];
	stop(): Promise<void>;
}

/** Starts a host that accepts whatever comes, and says that all is well. */
export async function startForeignHost(): Promise<ForeignHost> {
	let received: string[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const head = JSON.stringify([request.method, request.url, request.rawHeaders]);
			received.push(`${head}\n${Buffer.concat(chunks).toString()}`);
			response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"OK"}');
		});
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		takeReceived: () => {
			const taken = received;
			received = [];
			return taken;
		},
		stop: async () => {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
}
