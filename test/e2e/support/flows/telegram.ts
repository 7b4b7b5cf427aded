import type { AddressInfo } from 'node:net';

import fastify from 'fastify';

/** A stand-in for Telegram's Bot API. */
export interface Telegram {
	/** What the credential calls Base URL. */
	url: string;
	/** The messages that were sent, in order. */
	messages: Array<{ chat_id: string; text: string; parse_mode?: string }>;
	stop(): Promise<void>;
}

/** Starts a Telegram on this machine that takes every message of every bot. */
export async function startTelegram(): Promise<Telegram> {
	const messages: Telegram['messages'] = [];
	const app = fastify({ forceCloseConnections: true });
	app.post('/bot:token/sendMessage', async ({ body }) => {
		messages.push(body as Telegram['messages'][number]);
		return { ok: true, result: { message_id: messages.length } };
	});
	await app.listen({ host: '127.0.0.1', port: 0 });
	const { port } = app.server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}`, messages, stop: async () => await app.close() };
}
