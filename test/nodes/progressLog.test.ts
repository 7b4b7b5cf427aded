import { ExecuteContext } from 'n8n-core';

import { ProgressLog } from '../../nodes/common/write/progressLog';
import { startFakeMarket, type FakeMarket } from '../support/fakeMarket';
import { nodesOn } from '../support/nodeRuns';

/** Called with every line that is written to n8n's log. */
const info = jest.fn<void, [line: string]>();
const lines = () => info.mock.calls.map(([line]) => line);

beforeEach(() => info.mockReset());

describe('How far a run has got', () => {
	let nowMs = 0;
	const log = () =>
		new ProgressLog({ info } as never, { now: () => nowMs, sleep: async () => {} }, 'store 77');

	it('is logged ten seconds after its start, and every ten seconds from then on', () => {
		nowMs = 1_000_000;
		const progress = log();
		for (const seconds of [0, 9.999, 10, 15, 19.999, 20, 31, 40.999, 41]) {
			nowMs = 1_000_000 + seconds * 1_000;
			progress.reaches(`${seconds}`);
		}
		expect(lines()).toEqual(
			['10', '20', '31', '41'].map((told) => `Yandex Market, store 77: ${told}`),
		);
	});

	it('is logged with each wait for the quota, in whole seconds', () => {
		const progress = log();
		for (const ms of [1, 1_000, 59_001]) progress.waits(ms);
		expect(lines().map((line) => line.replace(/^.*waiting /, ''))).toEqual(['1 s', '1 s', '60 s']);
	});
});

describe('A long run', () => {
	let market: FakeMarket;
	/** Every answer of this Market takes eleven seconds. */
	let tookMs = 0;
	const OK = { status: 200, body: '{"status":"OK"}' };
	let answer = OK;

	beforeAll(async () => {
		const store = {
			campaign: { id: 77, placementType: 'FBS', apiAvailability: 'AVAILABLE', business: { id: 5 } },
		};
		market = await startFakeMarket((request) => {
			if (request.method === 'GET') return { status: 200, body: JSON.stringify(store) };
			if (request.url?.endsWith('/hidden-offers')) tookMs += 11_000;
			return answer;
		});
	});
	beforeEach(() => {
		answer = OK;
		const { now } = Date;
		jest.spyOn(Date, 'now').mockImplementation(() => now() + tookMs);
		jest
			.spyOn(ExecuteContext.prototype, 'logger', 'get')
			.mockReturnValue({ info, debug() {} } as never);
	});
	afterEach(() => jest.restoreAllMocks());
	afterAll(async () => await market.stop());

	it("tells in n8n's log how many of its offers are done", async () => {
		const items = Array.from({ length: 1_200 }, (_, index) => ({ sku: `A${index}` }));
		const { status } = await nodesOn(market).hide(items, {
			store: 77,
			options: { subscription: 'medium' },
		});
		expect(status).toBe('success');
		expect(lines()).toEqual(
			[500, 1_000, 1_200].map(
				(done) => `Yandex Market, store 77: ${done} of 1200 done, ${done} accepted`,
			),
		);
	});

	it('tells there that none was accepted', async () => {
		answer = { status: 400, body: '{"status":"ERROR","errors":[{"code":"BAD_REQUEST"}]}' };
		await nodesOn(market).hide([{ sku: 'A0' }], { store: 77 });
		expect(lines()).toEqual(['Yandex Market, store 77: 1 of 1 done, 0 accepted']);
	});
});
