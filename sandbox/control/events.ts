import type { FastifyReply } from 'fastify';

import type { Call } from '../market/calls';
import type { SandboxMarket } from '../market/sandboxMarket';
import type { Delivery } from '../notifications/deliveryLog';

/** How often changes are sent. A batch of 2000 balances is then one event, not 2000. */
const FLUSH_INTERVAL_MS = 100;

/** A page with more unread bytes than this is cut off; it reconnects and starts from the whole list. */
const MAX_UNREAD_BYTES = 8 * 1024 * 1024;

/** Maximum calls or deliveries in one event: nobody reads more of them in a tenth of a second. */
const MAX_CALLS_PER_EVENT = 100;

/** Streams the changes of one store, all calls and all deliveries of notifications to a page, as server-sent events. */
export function streamEvents(market: SandboxMarket, campaignId: number, reply: FastifyReply): void {
	const watched = market.stores.find((store) => store.campaignId === campaignId);
	if (watched === undefined) throw new Error(`No store ${campaignId}`);

	reply.hijack();
	const stream = reply.raw;
	stream.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });

	const changedSkus = new Set<string>();
	const changedOrders = new Set<number>();
	let deliveries: Delivery[] = [];
	let calls: Call[] = [];
	const send = (event: string, data: unknown) => {
		stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
		if (stream.writableLength > MAX_UNREAD_BYTES) stream.destroy();
	};
	const flush = () => {
		if (changedSkus.size > 0) {
			send(
				'offers',
				Array.from(changedSkus, (sku) => market.offer(campaignId, sku)),
			);
			changedSkus.clear();
		}
		if (changedOrders.size > 0) {
			send(
				'orders',
				Array.from(changedOrders, (orderId) => market.orderView(orderId)),
			);
			changedOrders.clear();
		}
		if (deliveries.length > 0) {
			send('deliveries', deliveries.slice(-MAX_CALLS_PER_EVENT));
			deliveries = [];
		}
		if (calls.length > 0) {
			send('calls', calls.slice(-MAX_CALLS_PER_EVENT));
			calls = [];
		}
	};

	const unwatch = market.watch({
		offerChanged: (store, sku) => {
			if (market.sharesGoods(store, watched)) changedSkus.add(sku);
		},
		callAnswered: (call) => calls.push(call),
		orderHappened: ({ order }) => {
			if (order.campaignId === campaignId) changedOrders.add(order.orderId);
		},
		delivered: (delivery) => deliveries.push(delivery),
		wasReset: () => {
			changedSkus.clear();
			changedOrders.clear();
			send('reset', {});
		},
	});
	const timer = setInterval(flush, FLUSH_INTERVAL_MS);
	stream.on('close', () => {
		clearInterval(timer);
		unwatch();
	});
	send('ready', {});
}
