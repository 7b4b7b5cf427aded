import fc from 'fast-check';

import { MAX_NOTIFICATION_BYTES } from '../../../market/contract/bounds';
import { ORDER_EVENTS, readNotification } from '../../../market/orders/notification';
import { unverifiedState } from '../../../market/orders/orderState';
import { NOTIFICATION_TYPES } from '../../../sandbox/contract/notifications';

const AT = '2026-11-26T13:00:00.123456+03:00';
const AT_MS = Date.parse('2026-11-26T10:00:00.123Z');

/** A notification of each type, as the Market writes it. */
const WRITTEN: Record<(typeof ORDER_EVENTS)[number], object> = {
	ORDER_CREATED: { items: [{ offerId: 'A', count: 2 }], createdAt: AT, orderLineServices: null },
	ORDER_CANCELLED: { items: [{ offerId: 'A', count: 2 }], cancelledAt: AT },
	ORDER_STATUS_UPDATED: { status: 'PROCESSING', substatus: 'STARTED', updatedAt: AT },
	ORDER_UPDATED: { updateType: 'SHIPMENT_DATE_UPDATED', updatedAt: AT },
	ORDER_CANCELLATION_REQUEST: { requestedAt: AT },
	ORDER_RETURN_CREATED: {
		returnId: 9,
		returnType: 'RETURN',
		items: [{ offerId: 'A', count: 2 }],
		createdAt: AT,
	},
	ORDER_RETURN_STATUS_UPDATED: {
		returnId: 9,
		statuses: { shipmentStatus: 'PICKED' },
		updatedAt: AT,
	},
};

const textOf = (type: keyof typeof WRITTEN, fields: object = {}) =>
	JSON.stringify({
		notificationType: type,
		orderId: 1,
		campaignId: 77,
		...WRITTEN[type],
		...fields,
	});

it('the types of notifications are those of the sandbox', () => {
	expect([...ORDER_EVENTS].sort()).toEqual([...NOTIFICATION_TYPES].sort());
});

describe('A notification', () => {
	it.each(ORDER_EVENTS)('%s is read', (event) => {
		expect(readNotification(textOf(event))).toEqual({
			kind: 'order',
			event,
			orderId: '1',
			campaignId: '77',
			atMs: AT_MS,
			status: event === 'ORDER_STATUS_UPDATED' ? 'PROCESSING' : null,
			substatus: event === 'ORDER_STATUS_UPDATED' ? 'STARTED' : null,
			lines: 'items' in WRITTEN[event] ? [{ sku: 'A', count: 2 }] : null,
			return: !event.includes('RETURN')
				? null
				: {
						returnId: '9',
						returnType: event === 'ORDER_RETURN_CREATED' ? 'RETURN' : null,
						shipmentStatus: event === 'ORDER_RETURN_CREATED' ? null : 'PICKED',
						refundStatus: null,
					},
		});
	});

	it('PING needs nothing else', () => {
		expect(readNotification('{"notificationType":"PING"}')).toEqual({ kind: 'ping' });
	});

	it.each(['CHAT_CREATED', 'GOODS_FEEDBACK_CREATED', 'SOMETHING_NEW', 'constructor', '__proto__'])(
		'%s is of another kind',
		(type) => {
			const text = `{"notificationType":"${type}","businessId":1}`;
			expect(readNotification(text)).toEqual({ kind: 'other', type });
		},
	);

	it('keeps every digit of an ID', () => {
		const id = '9007199254740993';
		const text = textOf('ORDER_UPDATED').replace('"orderId":1', `"orderId":${id}`);
		expect(readNotification(text)).toMatchObject({ orderId: id });
	});

	it('tells neither status nor units that the order takes', () => {
		const told = readNotification(textOf('ORDER_CANCELLED'));
		if (told.kind !== 'order') throw new Error(told.kind);
		expect(unverifiedState(told, '5')).toEqual({
			key: 'order:77:1:2026-11-26T10:00:00.123Z:ORDER_CANCELLED',
			event: 'ORDER_CANCELLED',
			orderId: '1',
			campaignId: '77',
			businessId: '5',
			status: null,
			substatus: null,
			packed: null,
			fake: null,
			programType: null,
			createdAt: null,
			version: '2026-11-26T10:00:00.123Z',
			verified: false,
			lines: [{ sku: 'A', count: 2, held: null }],
			return: null,
		});
	});
});

describe('A body is broken', () => {
	const created = (fields: object) => textOf('ORDER_CREATED', fields);
	it.each([
		['nothing', ''],
		['no JSON', '<html>'],
		['JSON that ends early', '{"notificationType":"PING"'],
		['a list', '[{"notificationType":"PING"}]'],
		['a text', '"PING"'],
		['null', 'null'],
		['no type', '{"orderId":1}'],
		['a type that is no text', '{"notificationType":["PING"]}'],
		['a type that is too long', `{"notificationType":"${'X'.repeat(101)}"}`],
		['a deep nest', '['.repeat(10_000)],
		['more bytes than we read', created({ more: 'x'.repeat(MAX_NOTIFICATION_BYTES) })],
		['more bytes in Cyrillic', created({ more: 'ё'.repeat(MAX_NOTIFICATION_BYTES / 2) })],
		['no order', created({ orderId: undefined })],
		['an order that is an object', created({ orderId: { $ne: 1 } })],
		['an order below zero', created({ orderId: -1 })],
		['an order with a path in it', created({ orderId: '1/../2' })],
		['an order beyond 64 bits', created({ orderId: '9223372036854775808' })],
		['a store that is a list', created({ campaignId: [77] })],
		['a store that is a fraction', created({ campaignId: 7.7 })],
		['no moment', created({ createdAt: undefined })],
		['a moment without an offset', created({ createdAt: '2026-11-26T13:00:00' })],
		['a moment as a number', created({ createdAt: 1_800_000_000_000 })],
		['a day that is none', created({ createdAt: '2026-02-30T13:00:00Z' })],
		['no items', created({ items: undefined })],
		['items that are an object', created({ items: { offerId: 'A', count: 1 } })],
		['an item that is null', created({ items: [null] })],
		['a SKU that is a number', created({ items: [{ offerId: 1, count: 1 }] })],
		['a SKU that is too long', created({ items: [{ offerId: 'A'.repeat(256), count: 1 }] })],
		['a count that is a text', created({ items: [{ offerId: 'A', count: '1' }] })],
		['a count below zero', created({ items: [{ offerId: 'A', count: -1 }] })],
		['a huge count', created({ items: [{ offerId: 'A', count: 1e300 }] })],
		['no return', textOf('ORDER_RETURN_CREATED', { returnId: undefined })],
		['no status', textOf('ORDER_STATUS_UPDATED', { status: 1 })],
	])('if it is %s', (_name, text) => {
		const told = readNotification(text);
		expect(told.kind).toBe('broken');
		expect((told as { message: string }).message.length).toBeLessThan(200);
	});

	it('or taken whole, whatever comes', () => {
		const text = fc.oneof(
			fc.string(),
			fc.json(),
			fc.object().map((one) => textOf('ORDER_CREATED', one)),
		);
		fc.assert(
			fc.property(text, (body) => {
				const told = readNotification(body);
				if (told.kind === 'order') expect(told.orderId).toMatch(/^[1-9]\d*$/);
			}),
		);
	});
});
