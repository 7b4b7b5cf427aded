import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** Ports of this machine that nobody is using, all different. */
export async function freePorts(count: number): Promise<number[]> {
	// All are held until all are known: a port released at once could be given out again.
	const servers = await Promise.all(Array.from({ length: count }, listen));
	const ports = servers.map((server) => (server.address() as AddressInfo).port);
	await Promise.all(servers.map((server) => once(server.close(), 'close')));
	return ports;
}

async function listen() {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	return server;
}
