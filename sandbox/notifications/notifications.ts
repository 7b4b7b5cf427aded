import type { Clock } from '../clock';
import { NOTIFICATION_TIMEOUT_MS, PING_TIMEOUT_MS } from '../contract';
import type { OrderEvent } from '../market/orders/events';
import type { Random } from '../random';
import type { Store } from '../stores';
import type { Switches } from '../switches';
import { notificationsOf, type Notification } from './bodies';
import { DeliveryLog, type Delivery } from './deliveryLog';
import { codeOf, type Post } from './post';
import { pauseAfter } from './schedule';
import {
	addressOf,
	receiversOf,
	subscriptionOf,
	type Subscription,
	type SubscriptionRequest,
} from './subscriptions';
import { verdictOn, verdictOnCode, type Verdict } from './verdict';

/** What notifications need of the Market. */
export interface NotificationSurroundings {
	clock: Clock;
	/** The Market's own clock, in milliseconds. */
	now: () => number;
	switches: Readonly<Switches>;
	stores: readonly Store[];
	random: Random;
	post: Post;
	delivered: (delivery: Delivery) => void;
}

/** A subscription as it was connected; connected anew, it is another one, and the old queue is dropped. */
interface Connection {
	subscription: Subscription;
	/** Notifications that are under way or wait to be repeated. */
	queued: number;
}

/** What the cabinet shows of a subscription, and how many notifications it still owes. */
export type ShownSubscription = Subscription & { queued: number };

/** Tells sellers' programs what happens to orders, as often as it takes. */
export class Notifications {
	private readonly connections = new Map<number, Connection>();
	private readonly log = new DeliveryLog();
	private nextId = 1;
	/** Becomes another one with `clear`: what was under way then is not remembered. */
	private life = {};

	constructor(private readonly market: NotificationSurroundings) {}

	/**
	 * Connects an address: it has to answer a PING at once.
	 * @throws Error if it does not, leads away from this machine, or its business or store does not exist
	 */
	async subscribe(request: SubscriptionRequest): Promise<Subscription> {
		const subscription = subscriptionOf(this.nextId, request, this.market.stores);
		this.nextId += 1;
		return await this.connect(subscription);
	}

	/** Connects it again, by another PING. What was queued is dropped. @throws Error if it is unknown or does not answer */
	async reconnect(id: number): Promise<Subscription> {
		return await this.connect({ ...this.known(id).subscription, active: true });
	}

	/** Nothing is sent to it any more. @throws Error if it is unknown */
	unsubscribe(id: number): void {
		this.known(id);
		this.connections.delete(id);
	}

	subscriptions(): ShownSubscription[] {
		return Array.from(this.connections.values(), ({ subscription, queued }) => ({
			...subscription,
			queued,
		}));
	}

	/** The latest attempts to deliver, in the order in which they ended. */
	deliveries(): Delivery[] {
		return this.log.list();
	}

	/** Tells all who want to know of an event. */
	tell(event: OrderEvent): void {
		const { switches } = this.market;
		const connections = [...this.connections.values()];
		for (const notification of notificationsOf(event, switches)) {
			const receivers = receiversOf(
				notification,
				event.order.businessId,
				connections.map(({ subscription }) => subscription),
			);
			for (const { id } of receivers)
				for (let copy = 0; copy < switches.notificationCopies; copy++)
					void this.deliver(notification, this.known(id));
		}
	}

	/** Forgets subscriptions, what is queued, and the log. */
	clear(): void {
		this.connections.clear();
		this.log.clear();
		this.life = {};
	}

	private async connect(subscription: Subscription): Promise<Subscription> {
		const body = { notificationType: 'PING', time: new Date(this.market.now()).toISOString() };
		const verdict = await this.attempt(subscription, { type: 'PING', attempt: 1, body });
		if (verdict.outcome !== 'DELIVERED')
			throw new Error(
				`${addressOf(subscription, this.market.switches)} did not answer the PING as it should: ${inWords(verdict)}`,
			);
		this.connections.set(subscription.id, { subscription, queued: 0 });
		return subscription;
	}

	/** Sends a notification until it gets through, is refused for good, or the Market gives up. */
	private async deliver(notification: Notification, connection: Connection): Promise<void> {
		connection.queued += 1;
		await this.send(notification, connection);
		connection.queued -= 1;
	}

	private async send(notification: Notification, connection: Connection): Promise<void> {
		const { clock, random, switches } = this.market;
		const { notificationType: type, orderId, campaignId } = notification;
		const sending = { type, orderId, campaignId, body: notification };
		if (random() < switches.notificationLoss) {
			this.remember(connection.subscription, {
				...sending,
				attempt: 1,
				status: 0,
				outcome: 'LOST',
				at: this.market.now(),
			});
			return;
		}
		const lateMs = switches.notificationDelayMs + random() * switches.notificationSpreadMs;
		if (lateMs > 0) await clock.sleep(lateMs);
		const startedAt = clock.now();
		for (let attempt = 1; this.isConnected(connection); attempt++) {
			const { outcome } = await this.attempt(connection.subscription, { ...sending, attempt });
			if (outcome !== 'FAILED') return;
			const pauseMs = pauseAfter((clock.now() - startedAt) * switches.notificationSpeed);
			if (pauseMs === undefined) return this.switchOff(connection);
			await clock.sleep(pauseMs / switches.notificationSpeed);
		}
	}

	/** One request, and what the Market makes of its answer. */
	private async attempt(
		subscription: Subscription,
		sending: Pick<Delivery, 'type' | 'orderId' | 'campaignId' | 'body' | 'attempt'>,
	): Promise<Verdict> {
		const { clock, now, post, switches } = this.market;
		const { life } = this;
		const at = now();
		const timeout = new AbortController();
		const timeoutMs = sending.type === 'PING' ? PING_TIMEOUT_MS : NOTIFICATION_TIMEOUT_MS;
		void clock.sleep(timeoutMs).then(() => timeout.abort());
		let verdict: Verdict;
		let status = 0;
		try {
			const answer = await post(addressOf(subscription, switches), sending.body, timeout.signal);
			status = answer.status;
			verdict = verdictOn(answer);
		} catch (error) {
			verdict = verdictOnCode(codeOf(error));
		}
		if (life === this.life) this.remember(subscription, { ...sending, ...verdict, status, at });
		return verdict;
	}

	private remember(
		subscription: Subscription,
		delivery: Omit<Delivery, 'id' | 'finishedAt' | 'subscriptionId' | 'url'>,
	): void {
		const { delivered, now, switches } = this.market;
		const logged = this.log.add({
			...delivery,
			finishedAt: now(),
			subscriptionId: subscription.id,
			url: addressOf(subscription, switches),
		});
		delivered(logged);
	}

	/** The Market has tried for long enough: the subscription is off, and what waits is dropped. */
	private switchOff({ subscription }: Connection): void {
		const off = { ...subscription, active: false };
		this.connections.set(off.id, { subscription: off, queued: 0 });
	}

	/** Whether what is queued may still be sent. */
	private isConnected(connection: Connection): boolean {
		return this.connections.get(connection.subscription.id) === connection;
	}

	private known(id: number): Connection {
		const connection = this.connections.get(id);
		if (connection === undefined) throw new Error(`No subscription ${id}`);
		return connection;
	}
}

function inWords(verdict: Verdict): string {
	if (verdict.outcome === 'FAILED') return `${verdict.failure.type}, ${verdict.failure.subtype}`;
	return verdict.outcome === 'REFUSED' ? verdict.error : 'nothing is wrong';
}
