import type { FastifyInstance } from 'fastify';

import { isCount, isText, listOf, objectOf, oneOf, optional } from '../checks';
import { NOTIFICATION_TYPES } from '../contract';
import type { Notifications } from '../notifications/notifications';
import type { SubscriptionRequest } from '../notifications/subscriptions';
import { readBody, type Numbered } from './body';

const isSubscription = objectOf({
	businessId: optional(isCount),
	campaignId: optional(isCount),
	url: isText,
	types: optional(listOf(oneOf(NOTIFICATION_TYPES))),
});

/** The page of the cabinet on which notifications are set up, and their log. */
export function notificationRoutes(app: FastifyInstance, notifications: Notifications): void {
	app.get('/subscriptions', async () => notifications.subscriptions());
	app.post('/subscriptions', async ({ body }) => {
		const request = readBody<SubscriptionRequest>(body, 'A subscription', isSubscription);
		return await notifications.subscribe(request);
	});
	app.post<Numbered>('/subscriptions/:id/reconnect', async ({ params }) => {
		return await notifications.reconnect(Number(params.id));
	});
	app.delete<Numbered>('/subscriptions/:id', async ({ params }) => {
		notifications.unsubscribe(Number(params.id));
		return { status: 'OK' };
	});
	app.get('/deliveries', async () => notifications.deliveries());
}
