import { readNotification } from '../../../market/orders/notification';
import { readOrder, type Order } from '../../../market/orders/order';
import { stateOf } from '../../../market/orders/orderState';

const READ_MS = Date.parse('2026-11-26T12:00:00.500Z');

const orderOf = (fields: object = {}) =>
	(
		readOrder({
			orderId: 1,
			campaignId: 77,
			programType: 'FBS',
			status: 'PROCESSING',
			substatus: 'STARTED',
			creationDate: '2026-11-25T13:00:00+03:00',
			updateDate: '2026-11-26T13:00:00+03:00',
			fake: false,
			items: [{ offerId: 'A', count: 2 }],
			...fields,
		}) as { value: Order }
	).value;

const stateAt = (fields: object = {}, readMs = READ_MS) => stateOf(orderOf(fields), '5', readMs);

it("An order's state is put out whole", () => {
	expect(stateAt()).toEqual({
		key: 'order:77:1:2026-11-26T10:00:00.000Z:PROCESSING:STARTED:2',
		event: 'ORDER_READ',
		orderId: '1',
		campaignId: '77',
		businessId: '5',
		status: 'PROCESSING',
		substatus: 'STARTED',
		packed: false,
		fake: false,
		programType: 'FBS',
		createdAt: '2026-11-25T10:00:00.000Z',
		version: '2026-11-26T10:00:00.000Z',
		verified: true,
		lines: [{ sku: 'A', count: 2, held: 2 }],
		return: null,
	});
});

it('An order that does not say when it was placed says null', () => {
	expect(stateAt({ creationDate: undefined }).createdAt).toBeNull();
});

describe('The key', () => {
	it('is the same for the same state, whenever it is read', () => {
		expect(stateAt({}, READ_MS + 1).key).toBe(stateAt().key);
	});

	it.each([
		{ substatus: 'READY_TO_SHIP' },
		{ status: 'CANCELLED' },
		{ items: [{ offerId: 'A', count: 1 }] },
		{ updateDate: '2026-11-26T13:00:01+03:00' },
		{ orderId: 2 },
		{ campaignId: 78 },
	])('is another with %j, even within one second', (fields) => {
		expect(stateAt(fields).key).not.toBe(stateAt().key);
	});

	it('of a notified return is that of the return, in the state of its order', () => {
		const told = readNotification(
			JSON.stringify({
				notificationType: 'ORDER_RETURN_STATUS_UPDATED',
				orderId: 1,
				campaignId: 77,
				returnId: 9,
				statuses: { shipmentStatus: 'PICKED' },
				updatedAt: '2026-11-26T10:00:01Z',
			}),
		);
		if (told.kind !== 'order') throw new Error(told.kind);
		expect(stateOf(orderOf(), '5', READ_MS, told)).toMatchObject({
			key: 'return:77:9:2026-11-26T10:00:01.000Z:ORDER_RETURN_STATUS_UPDATED',
			event: 'ORDER_RETURN_STATUS_UPDATED',
			version: '2026-11-26T10:00:00.000Z',
			lines: [{ sku: 'A', count: 2, held: 2 }],
			return: { returnId: '9', shipmentStatus: 'PICKED' },
		});
	});
});

describe('An order without a date of change', () => {
	it('is as new as its reading: older states never win', () => {
		expect(stateAt({ updateDate: undefined }).version).toBe('2026-11-26T12:00:00.500Z');
	});

	it('has the same key whenever the same state is read', () => {
		const order = orderOf({ updateDate: undefined });
		const keys = [READ_MS, READ_MS + 60_000].map((readMs) => stateOf(order, '5', readMs).key);
		expect(new Set(keys)).toEqual(new Set(['order:77:1::PROCESSING:STARTED:2']));
	});
});
