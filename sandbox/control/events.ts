import type { FastifyReply } from 'fastify';

import type { Call } from '../market/calls';
import type { SandboxMarket } from '../market/sandboxMarket';

/** How often changes are sent. A batch of 2000 balances is then one event, not 2000. */
const FLUSH_INTERVAL_MS = 100;

/** A page with more unread bytes than this is cut off; it reconnects and starts from the whole list. */
const MAX_UNREAD_BYTES = 8 * 1024 * 1024;

/** Maximum calls in one event: nobody reads more of them in a tenth of a second. */
const MAX_CALLS_PER_EVENT = 100;

/** Streams the changes of one store and all calls to a page, as server-sent events. */
export function streamEvents(market: SandboxMarket, campaignId: number, reply: FastifyReply): void {
	const watched = market.stores.find((store) => store.campaignId === campaignId);
	if (watched === undefined) throw new Error(`No store ${campaignId}`);

	reply.hijack();
	const stream = reply.raw;
	stream.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });

	const changedSkus = new Set<string>();
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
		wasReset: () => send('reset', {}),
	});
	const timer = setInterval(flush, FLUSH_INTERVAL_MS);
	stream.on('close', () => {
		clearInterval(timer);
		unwatch();
	});
	send('ready', {});
}
