import { readReturn } from '../../../market/orders/returnedGoods';

const written = (fields: object = {}) => ({
	id: 9,
	orderId: 1,
	returnType: 'RETURN',
	updateDate: '2026-11-26T13:00:00+03:00',
	shipmentStatus: 'IN_TRANSIT',
	items: [{ shopSku: 'A', count: 2 }],
	...fields,
});

function linesOf(fields: object) {
	const one = readReturn(written(fields));
	if (!one.ok) throw new Error(one.refusal.reason);
	return one.value.lines;
}

const unit = (status: string, stockType?: string) => ({ status, stockType });

it('A return is read whole', () => {
	expect(readReturn(written())).toEqual({
		ok: true,
		value: {
			returnId: '9',
			orderId: '1',
			returnType: 'RETURN',
			shipmentStatus: 'IN_TRANSIT',
			refundStatus: null,
			updatedMs: Date.parse('2026-11-26T10:00:00Z'),
			lines: [{ sku: 'A', count: 2, picked: 0, fit: null }],
		},
	});
});

describe('Units are in the hands of the shop', () => {
	it.each(['CREATED', 'READY_FOR_PICKUP', 'LOST', 'SOMETHING_NEW', undefined])(
		'not while the return is %p',
		(shipmentStatus) => {
			expect(linesOf({ shipmentStatus })).toEqual([{ sku: 'A', count: 2, picked: 0, fit: null }]);
		},
	);

	it('once the return was handed over', () => {
		expect(linesOf({ shipmentStatus: 'PICKED' })).toEqual([
			{ sku: 'A', count: 2, picked: 2, fit: null },
		]);
	});

	it('one by one if the Market tells of single units', () => {
		const instances = [unit('PICKED', 'FIT'), unit('LOST', 'FIT')];
		const items = [{ shopSku: 'A', count: 2, instances }];
		expect(linesOf({ shipmentStatus: 'PICKED', items })).toEqual([
			{ sku: 'A', count: 2, picked: 1, fit: 1 },
		]);
	});

	it('and are fit only if the Market says so', () => {
		const instances = [unit('PICKED', 'DEFECT'), unit('PICKED', 'FIT'), unit('PICKED')];
		expect(linesOf({ items: [{ shopSku: 'A', count: 3, instances }] })).toEqual([
			{ sku: 'A', count: 3, picked: 3, fit: 1 },
		]);
	});
});

it('Lines of one SKU are one, in the order of the SKUs', () => {
	const items = ['B', 'A', 'B'].map((shopSku) => ({ shopSku, count: 1 }));
	expect(linesOf({ items }).map(({ sku, count }) => [sku, count])).toEqual([
		['A', 1],
		['B', 2],
	]);
});

it.each([
	null,
	written({ id: 0 }),
	written({ orderId: '' }),
	written({ items: null }),
	written({ items: [{ shopSku: 'A', count: 1.5 }] }),
	written({ items: [{ count: 1 }] }),
])('What cannot be read whole is refused: %#', (raw) => {
	expect(readReturn(raw).ok).toBe(false);
});
