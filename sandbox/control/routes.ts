import type { FastifyInstance } from 'fastify';

import { NOTIFICATION_TYPES } from '../contract';
import type { SandboxMarket } from '../market/sandboxMarket';
import { parseSwitches } from '../switches';
import { streamEvents } from './events';
import { notificationRoutes } from './notifications';
import { orderRoutes } from './orders';

/** What the sandbox has and the Market does not: a look behind the counter, and a hand on its switches. */
export async function controlRoutes(
	app: FastifyInstance,
	{ market }: { market: SandboxMarket },
): Promise<void> {
	// Whatever its content type says, a body is JSON: that keeps curl command lines short.
	app.removeAllContentTypeParsers();
	app.addContentTypeParser(
		'*',
		{ parseAs: 'string' },
		async (_request: unknown, body: string | Buffer) =>
			body.length === 0 ? undefined : (JSON.parse(String(body)) as unknown),
	);
	app.setErrorHandler(
		async (error: Error, _request, reply) => await reply.code(400).send({ error: error.message }),
	);

	app.get('/state', async () => ({
		now: new Date(market.now()).toISOString(),
		switches: market.switches,
		stores: market.stores,
		notificationTypes: NOTIFICATION_TYPES,
		offers: market.catalogue.length,
		orders: market.orders(),
		returns: market.returns(),
		statistics: market.statistics(),
		peakParallel: market.peakParallel,
	}));
	app.patch('/switches', async (request) => {
		market.setSwitches(parseSwitches(request.body));
		return market.switches;
	});
	app.get('/offers', async (request) => {
		const states = market.offers(campaignIdOf(request.query));
		return market.catalogue.map((offer, index) => ({ ...offer, ...states[index] }));
	});
	app.get('/calls', async () => market.calls());
	app.get('/windows', async () => market.windows());
	app.get('/events', (request, reply) => streamEvents(market, campaignIdOf(request.query), reply));

	orderRoutes(app, market);
	notificationRoutes(app, market.notifications);

	app.post('/oauth/expire', async () => {
		market.yandexId.expireAllTokens();
		return { status: 'OK' };
	});
	app.post('/oauth/revoke', async () => {
		market.yandexId.revokeGrants();
		return { status: 'OK' };
	});
	app.post('/reset', async () => {
		market.reset();
		return { status: 'OK' };
	});
}

function campaignIdOf(query: unknown): number {
	return Number((query as { campaignId?: string }).campaignId);
}
