import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';

import { controlRoutes } from './control/routes';
import type { MarketReply } from './market/http';
import { ConnectionDropped, Refusal } from './market/refusal';
import { SandboxMarket, type MarketOptions } from './market/sandboxMarket';
import { oauthRoutes } from './oauth/routes';
import { storefrontRoutes } from './storefront/routes';

/** The only address that the sandbox listens on: nobody beyond this machine can reach it. */
const LOOPBACK = '127.0.0.1';

/** Larger than the Market's own bound, so that it is the Market's rule that refuses a body. */
const MAX_HTTP_BODY_BYTES = 64 * 1024 * 1024;

/** How a sandbox is started. */
export interface SandboxOptions extends MarketOptions {
	/** 0 = any free port. @default 0 */
	port?: number;
}

/** A running sandbox. */
export interface Sandbox {
	/** Base address of the Partner API, and the storefront page. */
	url: string;
	/** Base address of the stand-in for Yandex ID. */
	oauthUrl: string;
	market: SandboxMarket;
	/** Ends at once, whatever connections are open. */
	stop(): Promise<void>;
}

/** Starts a Market on loopback. */
export async function startSandbox({
	port = 0,
	...options
}: SandboxOptions = {}): Promise<Sandbox> {
	const market = new SandboxMarket(options);
	const app = fastify({
		bodyLimit: MAX_HTTP_BODY_BYTES,
		forceCloseConnections: true,
		// A path that cannot be decoded never reaches a route.
		frameworkErrors: (_error, _request, reply) =>
			void refuse(reply, new Refusal(404, 'Resource not found')),
	});
	await app.register(storefrontRoutes);
	await app.register(oauthRoutes, { prefix: '/oauth', market });
	await app.register(controlRoutes, { prefix: '/_sandbox', market });
	await app.register(marketRoutes, { market });
	await app.listen({ host: LOOPBACK, port });
	const url = `http://${LOOPBACK}:${(app.server.address() as AddressInfo).port}`;
	return {
		url,
		oauthUrl: `${url}/oauth`,
		market,
		stop: async () => {
			market.notifications.clear();
			await app.close();
		},
	};
}

/** Hands every other path to the model as it came: the model parses and refuses in the Market's own words. */
async function marketRoutes(
	app: FastifyInstance,
	{ market }: { market: SandboxMarket },
): Promise<void> {
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
	app.setErrorHandler(async (error: FastifyError, request, reply) => {
		if (error.statusCode === 413)
			return await refuse(reply, new Refusal(400, 'The request is too big'));
		if (error.statusCode !== 415) throw error;
		const contentType = request.headers['content-type'] ?? '';
		return await refuse(reply, new Refusal(415, `Content type '${contentType}' not supported`));
	});
	app.all('/*', async (request, reply) => {
		try {
			const answer = await market.handle({
				method: request.method,
				path: request.raw.url ?? '/',
				headers: request.headers,
				body: request.body as Buffer | undefined,
			});
			return await reply.code(answer.status).headers(answer.headers).send(answer.body);
		} catch (error) {
			if (!(error instanceof ConnectionDropped)) throw error;
			reply.hijack();
			breakOff(reply.raw, error.brokenOff);
			return await reply;
		}
	});
}

/** Ends the connection: at once, or after half of a reply whose headers promised all of it. */
function breakOff(response: ServerResponse, reply: MarketReply | undefined): void {
	if (reply === undefined) {
		response.destroy();
		return;
	}
	const bytes = Buffer.from(reply.body);
	response.writeHead(reply.status, { ...reply.headers, 'content-length': bytes.length });
	response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
}

/** What Fastify refuses before the model sees it, in the Market's envelope. */
function refuse(reply: FastifyReply, refusal: Refusal): FastifyReply {
	return reply.code(refusal.status).send(refusal.envelope());
}
