import fc from 'fast-check';

import { heldBy, packedOf } from '../../../market/orders/held';
import { readOrder, type Order } from '../../../market/orders/order';

/** An order of three units of one SKU, as the Market writes it. */
const written = (fields: object = {}) => ({
	orderId: 1,
	campaignId: 77,
	programType: 'FBS',
	status: 'PROCESSING',
	substatus: 'STARTED',
	creationDate: '2026-11-26T13:00:00+03:00',
	updateDate: '2026-11-26T13:00:00+03:00',
	fake: false,
	items: [{ id: 1, offerId: 'A', offerName: 'A', count: 3 }],
	...fields,
});

function orderOf(fields: object = {}): Order {
	const order = readOrder(written(fields));
	if (!order.ok) throw new Error(order.refusal.reason);
	return order.value;
}

const heldOf = (fields: object) => heldBy(orderOf(fields)).map(({ held }) => held);

describe('An order takes units, and is packed:', () => {
	it.each([
		['PLACING', 'UNKNOWN', 3, false],
		['RESERVED', 'AWAIT_PAYMENT', 3, false],
		['UNPAID', 'WAITING_USER_INPUT', 3, false],
		['PENDING', 'AWAIT_CONFIRMATION', 3, false],
		['PROCESSING', 'STARTED', 3, false],
		['PROCESSING', 'PACKAGING', 3, false],
		['PROCESSING', 'READY_TO_SHIP', 3, true],
		['PROCESSING', 'SHIPPED', 3, true],
		['PROCESSING', 'SOMETHING_NEW', 3, null],
		['DELIVERY', 'DELIVERY_SERVICE_RECEIVED', 3, true],
		['PICKUP', 'PICKUP_SERVICE_RECEIVED', 3, true],
		['DELIVERED', 'DELIVERY_SERVICE_DELIVERED', 3, true],
		['PARTIALLY_RETURNED', 'UNKNOWN', 3, true],
		['RETURNED', 'UNKNOWN', 3, true],
		['UNKNOWN', 'UNKNOWN', 3, null],
		['SOMETHING_NEW', 'UNKNOWN', 3, null],
		['CANCELLED', 'USER_CHANGED_MIND', 0, null],
		['CANCELLED', 'USER_NOT_PAID', 0, null],
		['CANCELLED', 'SHOP_FAILED', 0, null],
		['CANCELLED', 'SOMETHING_NEW', 0, null],
		['CANCELLED', 'PICKUP_EXPIRED', 3, true],
		['CANCELLED', 'DELIVERY_SERVICE_LOST', 3, true],
	])('%s, %s: %d held, packed %p', (status, substatus, held, packed) => {
		const order = orderOf({ status, substatus });
		expect(heldBy(order)).toEqual([{ sku: 'A', count: 3, held }]);
		expect(packedOf(order)).toBe(packed);
	});

	it('in DBS only from the hand-over on', () => {
		const ready = { programType: 'DBS', substatus: 'READY_TO_SHIP' };
		expect(packedOf(orderOf(ready))).toBe(false);
		expect(packedOf(orderOf({ ...ready, status: 'DELIVERY' }))).toBe(true);
	});

	it('in Express as in FBS', () => {
		expect(packedOf(orderOf({ programType: 'EXPRESS', substatus: 'READY_TO_SHIP' }))).toBe(true);
	});
});

describe("An order takes nothing from the seller's stock", () => {
	it.each([{ programType: 'FBY' }, { programType: 'LAAS' }, { fake: true }])(
		'with %j',
		(fields) => {
			for (const status of ['UNPAID', 'PROCESSING', 'DELIVERY', 'CANCELLED'])
				expect(heldOf({ ...fields, status })).toEqual([0]);
		},
	);

	it.each([
		['FBS', 3],
		['DBS', 3],
		['EXPRESS', 3],
		['SOMETHING_NEW', 3],
		[undefined, 3],
	])('but does with the model %p', (programType, held) => {
		expect(heldOf({ programType })).toEqual([held]);
	});
});

describe('A cancelled order', () => {
	it.each(['SHIPPED', 'DELIVERED_TO_BUYER', 'LOST', 'REJECTED', 'RETURNED'])(
		'keeps its units if one of them was %s: it was packed',
		(status) => {
			const items = [{ offerId: 'A', count: 3, itemStatuses: [{ status, count: 1 }] }];
			const order = orderOf({ status: 'CANCELLED', substatus: 'USER_CHANGED_MIND', items });
			expect(packedOf(order)).toBe(true);
			expect(heldBy(order)).toEqual([{ sku: 'A', count: 3, held: 3 }]);
		},
	);

	it('frees them if all were only cancelled', () => {
		const items = [{ offerId: 'A', count: 3, itemStatuses: [{ status: 'CANCELLED', count: 3 }] }];
		expect(heldOf({ status: 'CANCELLED', items })).toEqual([0]);
	});
});

describe('A reduced order takes what is left of it,', () => {
	const reduced = (count: number, created: number, cancelled: number) => ({
		items: [
			{
				offerId: 'A',
				count,
				itemStatuses: [
					{ status: 'CREATED', count: created },
					{ status: 'CANCELLED', count: cancelled },
				],
			},
		],
	});

	it.each([
		['counted with those that were removed', reduced(3, 1, 2)],
		['counted without them', reduced(1, 1, 2)],
	])('%s', (_name, fields) => {
		expect(heldBy(orderOf(fields))).toEqual([{ sku: 'A', count: 1, held: 1 }]);
	});

	it('and all of it if the statuses do not add up', () => {
		expect(heldOf(reduced(5, 1, 2))).toEqual([5]);
	});
});

it('Lines of one SKU are one, in the order of the SKUs', () => {
	const items = ['Б', 'a', 'B', 'Б'].map((offerId, index) => ({ offerId, count: index + 1 }));
	expect(heldBy(orderOf({ items }))).toEqual([
		{ sku: 'B', count: 3, held: 3 },
		{ sku: 'a', count: 2, held: 2 },
		{ sku: 'Б', count: 5, held: 5 },
	]);
});

it('No order takes more units than it names, or fewer than none, whatever it says', () => {
	const word = fc.constantFrom('CANCELLED', 'CREATED', 'SHIPPED', 'PROCESSING', 'STARTED', 'FBY');
	const count = fc.nat(9);
	const line = fc.record({
		offerId: fc.constantFrom('A', 'B'),
		count,
		itemStatuses: fc.array(fc.record({ status: word, count })),
	});
	const fields = fc.record({
		status: word,
		substatus: word,
		programType: word,
		fake: fc.boolean(),
		items: fc.array(line),
	});
	fc.assert(
		fc.property(fields, (given) => {
			const named = given.items.reduce((sum, { count: some }) => sum + some, 0);
			const held = heldOf(given);
			for (const some of held) expect(some).toBeGreaterThanOrEqual(0);
			expect(held.reduce((sum, some) => sum + some, 0)).toBeLessThanOrEqual(named);
		}),
	);
});

describe('An order that cannot be read whole is refused', () => {
	it.each([
		['no order', null],
		['a list', []],
		['no orderId', written({ orderId: undefined })],
		['an orderId that lost digits', written({ orderId: 2 ** 60 })],
		['no campaignId', written({ campaignId: 'all' })],
		['no status', written({ status: null })],
		['a very long status', written({ status: 'X'.repeat(101) })],
		['no items', written({ items: undefined })],
		['an item without SKU', written({ items: [{ count: 1 }] })],
		['a fraction', written({ items: [{ offerId: 'A', count: 0.5 }] })],
		['a negative count', written({ items: [{ offerId: 'A', count: -1 }] })],
		['a count as text', written({ items: [{ offerId: 'A', count: '1' }] })],
		['a count beyond all bounds', written({ items: [{ offerId: 'A', count: 2e9 + 1 }] })],
		[
			'statuses that are no list',
			written({ items: [{ offerId: 'A', count: 1, itemStatuses: 1 }] }),
		],
	])('%s', (_name, raw) => {
		const order = readOrder(raw);
		expect(order.ok ? 'taken' : order.refusal.reason).toMatch(/^The Market sent /);
	});

	it('but not for what is not used, or optional', () => {
		const { orderId, campaignId, status, items } = written();
		expect(readOrder({ orderId: String(orderId), campaignId, status, items, more: {} })).toEqual({
			ok: true,
			value: expect.objectContaining({
				orderId: '1',
				programType: null,
				substatus: null,
				isFake: false,
				updatedMs: undefined,
			}),
		});
	});
});
