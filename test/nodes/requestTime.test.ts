import { ClientRequest } from 'node:http';

import { passTime, useRawMarket } from '../support/useRawMarket';

const market = useRawMarket();
const items = [{ sku: 'A', stock: 1 }];

describe('A Market that is silent', () => {
	it('is given up on after a minute, and asked once more', async () => {
		/** The time that each request gives the Market, as its connection is told. */
		const times: number[] = [];
		const { setTimeout: original } = ClientRequest.prototype;
		jest.spyOn(ClientRequest.prototype, 'setTimeout').mockImplementation(function (
			this: ClientRequest,
			ms,
			onTimeout,
		) {
			times.push(ms);
			if (this.method === 'PUT' && market.requests() === 0) setTimeout(() => onTimeout?.(), 200);
			return original.call(this, ms, onTimeout);
		});
		market.answers((request, response) =>
			request > 1 ? void response.end('{"status":"OK"}') : undefined,
		);
		const { items: output } = await market.nodes().update(items, { store: 77 });
		expect([output[0]?.json.status, market.requests()]).toEqual(['accepted', 2]);
		expect([...new Set(times)]).toEqual([60_000]);
	});
});

describe('A reply that comes in pieces', () => {
	// Whatever waits checks the clock every half second.
	const SEEN_MS = 700;

	it.each([
		[85_000, 1],
		[91_000, 2],
	])(
		'that is complete after %d ms takes %d requests: it has ninety seconds',
		async (ms, expected) => {
			market.answers((request, response) => {
				if (request > 1) return void response.end('{"status":"OK"}');
				response.write('{"status"');
				passTime(ms);
				setTimeout(() => response.end(':"OK"}'), SEEN_MS);
			});
			const { items: output } = await market.nodes().update(items, { store: 77 });
			expect([output[0]?.json.status, market.requests()]).toEqual(['accepted', expected]);
		},
	);
});
