import type { NOTIFICATION_ERRORS, NotificationType } from '../contract';
import type { Failure } from './verdict';

/** One attempt to deliver a notification, as the Market's log shows it. */
export interface Delivery {
	id: number;
	/** When it was sent, in milliseconds of the Market's clock. */
	at: number;
	/** When the answer was there, or nobody waited any longer. */
	finishedAt: number;
	subscriptionId: number;
	url: string;
	type: NotificationType | 'PING';
	/** Absent for a PING. */
	orderId?: number;
	campaignId?: number;
	/** 1 for the first attempt. */
	attempt: number;
	/** What was sent. */
	body: object;
	/** HTTP status of the answer; 0 = none came. */
	status: number;
	/** LOST = never sent, because the switch `notificationLoss` says so. */
	outcome: 'DELIVERED' | 'REFUSED' | 'FAILED' | 'LOST';
	/** Why it failed. */
	failure?: Failure;
	/** Why the receiver refused it for good. */
	error?: (typeof NOTIFICATION_ERRORS)[number];
}

/** How many attempts are remembered. */
const KEPT = 1_000;

/** The latest attempts to deliver. */
export class DeliveryLog {
	private latest: Delivery[] = [];
	private nextId = 1;

	add(delivery: Omit<Delivery, 'id'>): Delivery {
		const numbered = { id: this.nextId, ...delivery };
		this.nextId += 1;
		this.latest.push(numbered);
		// Dropping half at a time keeps the cost of an attempt constant.
		if (this.latest.length > 2 * KEPT) this.latest = this.latest.slice(-KEPT);
		return numbered;
	}

	/** In the order in which they ended. */
	list(): Delivery[] {
		return this.latest.slice(-KEPT);
	}

	clear(): void {
		this.latest = [];
	}
}
