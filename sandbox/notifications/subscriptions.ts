import { isIP } from 'node:net';

import { NOTIFICATION_PATH, NOTIFICATION_TYPES, type NotificationType } from '../contract';
import type { Store } from '../stores';
import type { Switches } from '../switches';
import type { Notification } from './bodies';

/** Where a seller wants notifications: those of a business, or of one store. */
export interface SubscriptionRequest {
	businessId?: number;
	campaignId?: number;
	/** As it is entered; on this machine. */
	url: string;
	/** @default all */
	types?: readonly NotificationType[];
}

/** What the cabinet shows of it. */
export interface Subscription {
	id: number;
	businessId: number;
	/** Absent if it is for all stores of the business. */
	campaignId?: number;
	url: string;
	types: readonly NotificationType[];
	/** The Market has not switched it off. */
	active: boolean;
}

/**
 * A subscription as it is asked for.
 * @throws Error if it leads away from this machine, or its business or store does not exist
 */
export function subscriptionOf(
	id: number,
	request: SubscriptionRequest,
	stores: readonly Store[],
): Subscription {
	const { businessId, campaignId, url, types = NOTIFICATION_TYPES } = request;
	if ((businessId === undefined) === (campaignId === undefined))
		throw new Error('A subscription takes either businessId or campaignId');
	const store = stores.find((candidate) =>
		campaignId === undefined
			? candidate.businessId === businessId
			: candidate.campaignId === campaignId,
	);
	if (store === undefined)
		throw new Error(
			campaignId === undefined ? `No business ${businessId}` : `No store ${campaignId}`,
		);
	if (!isOnThisMachine(url))
		throw new Error(
			`'${url}' is not on this machine: the sandbox sends to 127.0.0.1, [::1] or localhost, by http or https`,
		);
	if (types.length === 0) throw new Error('A subscription names at least one type');
	return {
		id,
		businessId: store.businessId,
		...(campaignId !== undefined && { campaignId }),
		url,
		types: [...types],
		active: true,
	};
}

/** Those that a notification goes to: the store's own, or else its business's. */
export function receiversOf(
	{ notificationType, campaignId }: Notification,
	businessId: number,
	subscriptions: readonly Subscription[],
): Subscription[] {
	const wanting = subscriptions.filter(
		({ active, types }) => active && types.includes(notificationType),
	);
	const ofStore = wanting.filter((subscription) => subscription.campaignId === campaignId);
	if (ofStore.length > 0) return ofStore;
	return wanting.filter(
		(subscription) =>
			subscription.campaignId === undefined && subscription.businessId === businessId,
	);
}

/** The address that is called. */
export function addressOf(
	{ url }: Subscription,
	{ notificationPath }: Pick<Switches, 'notificationPath'>,
): string {
	return notificationPath === 'asEntered' ? url : url.replace(/\/*$/, '') + NOTIFICATION_PATH;
}

function isOnThisMachine(text: string): boolean {
	if (!URL.canParse(text)) return false;
	const { protocol, hostname } = new URL(text);
	if (protocol !== 'http:' && protocol !== 'https:') return false;
	return (
		hostname === 'localhost' ||
		hostname === '[::1]' ||
		(isIP(hostname) === 4 && hostname.startsWith('127.'))
	);
}
