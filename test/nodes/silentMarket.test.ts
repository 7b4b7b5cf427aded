import type { ServerResponse } from 'node:http';

import { passTime, useRawMarket } from '../support/useRawMarket';

const market = useRawMarket();
const items = [{ sku: 'A', stock: 1 }];

/** Resolves when the node closes the connection of a request for balances before its reply is complete. */
let brokenOff: Promise<void>;

/** Answers each request for balances, and watches for connections that the node closes. */
function answers(answer: (request: number, response: ServerResponse) => void): void {
	let isBrokenOff = () => {};
	brokenOff = new Promise((resolve) => (isBrokenOff = resolve));
	market.answers((request, response) => {
		response.on('close', () => (response.writableFinished ? undefined : isBrokenOff()));
		answer(request, response);
	});
}

describe('A reply that trickles for ever', () => {
	it('is given up on after a while, its connection is closed, and the request is repeated', async () => {
		answers((request, response) => {
			if (request > 1) return void response.end('{"status":"OK"}');
			response.write('{');
			passTime(100_000);
		});
		const { status, items: output } = await market.nodes().update(items, { store: 77 });
		expect([status, output[0]?.json.status, market.requests()]).toEqual(['success', 'accepted', 2]);
		await brokenOff;
	});
});

describe('A Market that does not answer', () => {
	it('does not outlast Maximum Wait: what it was sent may be held, and the connection is closed', async () => {
		answers(() => passTime(200_000));
		const options = { maximumWait: 1 };
		const { items: output } = await market
			.nodes()
			.update(items, { store: 77, options, onError: 'continueRegularOutput' });
		expect(output[0]?.json).toMatchObject({
			status: 'failed',
			reason: 'Maximum Wait was over before the Market answered: it may have taken this',
		});
		expect(market.requests()).toBe(1);
		await brokenOff;
	});

	it('does not outlast the Maximum Wait of the reading node either', async () => {
		answers(() => passTime(200_000));
		const { error } = await market
			.nodes()
			.read([{}], { store: 77, parameters: { returnAll: true }, options: { maximumWait: 1 } });
		expect(error?.message).toBe('The Market did not answer within the time that was given');
		expect(market.requests()).toBe(1);
		await brokenOff;
	});
});
