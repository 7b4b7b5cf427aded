import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

import { SELF_SIGNED } from './selfSigned';

/** A server on loopback with a certificate that nobody trusts. */
export async function startUntrustedMarket(
	answer: RequestListener = (_request, response) => response.end('{"status":"OK"}'),
): Promise<{ url: string; stop(): Promise<void> }> {
	const server = createServer(SELF_SIGNED, answer);
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	return {
		url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
}
