/** What the Market tells a store of its orders [notification openapi]. */
export const NOTIFICATION_TYPES = [
	'ORDER_CREATED',
	'ORDER_CANCELLED',
	'ORDER_STATUS_UPDATED',
	'ORDER_UPDATED',
	'ORDER_CANCELLATION_REQUEST',
	'ORDER_RETURN_CREATED',
	'ORDER_RETURN_STATUS_UPDATED',
] as const;

/** One kind of a notification. */
export type NotificationType = (typeof NOTIFICATION_TYPES)[number];

/** How the Market explains in its log that a notification did not get through [docs, notifications]. */
export const DELIVERY_FAILURES = {
	CANT_GET_RESPONSE: [
		'CONNECTION_REFUSED',
		'CONNECTION_TIMED_OUT',
		'HTTP',
		'READ_TIMED_OUT',
		'SSL_ERROR',
		'UNSUPPORTED_MEDIA_TYPE',
	],
	INVALID_RESPONSE: ['CANT_PARSE_RESPONSE', 'INVALID_DATA'],
} as const;

/** How a 400 says why a notification is refused for good [notification openapi, NotificationErrorReplyDTO]. */
export const NOTIFICATION_ERRORS = ['UNKNOWN', 'WRONG_EVENT_FORMAT', 'DUPLICATED_EVENT'] as const;

/** Longest name and version in an answer; both have at least one character [notification openapi]. */
export const MAX_REPLY_TEXT = 100;

/** What the Market adds to the address that is entered [seen in PINGs]. */
export const NOTIFICATION_PATH = '/notification';

/** How long the Market waits for the answer to a PING [docs, notifications]. */
export const PING_TIMEOUT_MS = 1_000;

/** How long it waits for the answer to anything else [docs, notifications]. */
export const NOTIFICATION_TIMEOUT_MS = 10_000;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How often a notification is repeated as long as it has failed for less than so long [docs, notifications]. */
export const REPETITIONS = [
	{ untilMs: HOUR_MS, everyMs: MINUTE_MS },
	{ untilMs: DAY_MS, everyMs: 15 * MINUTE_MS },
	{ untilMs: 14 * DAY_MS, everyMs: HOUR_MS },
] as const;
