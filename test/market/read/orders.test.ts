import type { MarketReply, MarketRequest } from '../../../market/wire/ports';
import { MarketReadRefused, PagingBroken } from '../../../market/read/read';
import { findOrders, listOrders, type OrderFilter } from '../../../market/read/orders';
import { scripted } from '../../support/answers';
import { virtualPorts } from '../../support/virtualPorts';

const order = (orderId: number | string, fields: object = {}) => ({
	orderId,
	campaignId: 77,
	programType: 'FBS',
	status: 'PROCESSING',
	substatus: 'STARTED',
	fake: false,
	items: [{ offerId: 'A', count: 1 }],
	...fields,
});

function page(orders: object[], nextPageToken?: string): MarketReply {
	return { kind: 'reply', status: 200, headers: {}, body: { orders, paging: { nextPageToken } } };
}

const bodiesOf = (requests: readonly MarketRequest[]) =>
	requests.map(({ body = '' }) => JSON.parse(body) as Record<string, unknown>);

async function listed(answers: MarketReply[], filter: OrderFilter = {}) {
	const send = scripted(...answers);
	const ids: string[] = [];
	for await (const orders of listOrders('5', filter, virtualPorts(send)))
		ids.push(...orders.map(({ orderId }) => orderId));
	return { ids, requests: send.requests };
}

describe('The orders of a business', () => {
	it('are read page by page to the end, with the same filter', async () => {
		const filter = {
			campaignIds: ['9007199254740993'],
			statuses: ['PROCESSING'],
			updatedFromMs: Date.parse('2026-11-26T10:00:00Z'),
			isFake: true,
		};
		const { ids, requests } = await listed(
			[page([order(1), order(2)], 'next'), page([order(3)])],
			filter,
		);
		expect(ids).toEqual(['1', '2', '3']);
		expect(requests.map(({ path }) => path)).toEqual([
			'/v1/businesses/5/orders?limit=50',
			'/v1/businesses/5/orders?limit=50&pageToken=next',
		]);
		const body =
			'{"campaignIds":[9007199254740993],"statuses":["PROCESSING"],"dates":{"updateDateFrom":"2026-11-26T10:00:00.000Z"},"fake":true}';
		expect(requests.map((request) => request.body)).toEqual([body, body]);
	});

	it('need a body even without a filter', async () => {
		const { requests } = await listed([page([])]);
		expect(requests.map(({ body }) => body)).toEqual(['{}']);
	});

	it('of more stores than a request takes are asked for in several', async () => {
		const campaignIds = Array.from({ length: 51 }, (_, index) => String(index + 1));
		const { ids, requests } = await listed([page([order(1)]), page([order(2)])], { campaignIds });
		expect(ids).toEqual(['1', '2']);
		expect(bodiesOf(requests).map((body) => (body.campaignIds as number[]).length)).toEqual([
			50, 1,
		]);
	});

	it('may come in a wrapper', async () => {
		const body = { status: 'OK', result: { orders: [order(1)], paging: {} } };
		const { ids } = await listed([{ kind: 'reply', status: 200, headers: {}, body }]);
		expect(ids).toEqual(['1']);
	});

	it('are no endless list: a page token that comes again is told', async () => {
		const reading = listed([page([order(1)], 'same'), page([order(2)], 'same')]);
		await expect(reading).rejects.toThrow(PagingBroken);
	});

	it('are refused as a whole if one of them cannot be read', async () => {
		const reading = listed([page([order(1), order(2, { items: [{ offerId: 'A' }] })])]);
		await expect(reading).rejects.toThrow(MarketReadRefused);
		await expect(reading).rejects.toThrow('order 2 with items that cannot be read');
	});
});

describe('Orders that are looked for by ID', () => {
	const search = { tests: true, older: true };

	it('are asked for once, fifty at a time, if all are there', async () => {
		const ids = Array.from({ length: 60 }, (_, index) => String(index + 1));
		const send = scripted(
			page(ids.slice(0, 50).map((id) => order(id))),
			page(ids.slice(50).map((id) => order(id))),
		);
		const found = await findOrders('5', [...ids, '1'], search, virtualPorts(send));
		expect([...found.keys()]).toEqual(ids);
		expect(send.requests).toHaveLength(2);
	});

	it('are looked for among test orders and older ones only while they are missing', async () => {
		const send = scripted(page([order(1)]), page([order(2, { fake: true })]), page([order(3)]));
		const ports = virtualPorts(send);
		const found = await findOrders('5', ['1', '2', '3'], search, ports);
		expect([...found.keys()]).toEqual(['1', '2', '3']);
		const [, tests, older] = bodiesOf(send.requests);
		expect(tests).toEqual({ orderIds: [2, 3], fake: true });
		expect(older).toEqual({
			orderIds: [3],
			dates: {
				creationDateFrom: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
				creationDateTo: expect.any(String),
			},
		});
	});

	it('have spans of dates that the Market takes, and that leave no day out', async () => {
		const send = scripted(page([]));
		const ports = virtualPorts(send);
		await findOrders('5', ['1'], { tests: false, older: true }, ports);
		const agoOf = (day: unknown) =>
			Math.round((ports.clock.now() - Date.parse(String(day))) / 86_400_000);
		const days = bodiesOf(send.requests).flatMap(({ dates }) =>
			Object.values((dates ?? {}) as object).map(agoOf),
		);
		const [from1 = 0, to1 = 0, from2 = 0, to2 = 0] = days;
		expect(from1 - to1).toBeLessThanOrEqual(30);
		expect(from2 - to2).toBeLessThanOrEqual(30);
		expect(to1).toBeLessThanOrEqual(30);
		expect(to2).toBeLessThanOrEqual(from1);
		expect(from2).toBeGreaterThanOrEqual(88);
	});

	it('are only those: what the Market sends besides is left out', async () => {
		const send = scripted(page([order(1), order(2)]));
		const found = await findOrders('5', ['2'], { tests: false, older: false }, virtualPorts(send));
		expect([...found.keys()]).toEqual(['2']);
	});
});
