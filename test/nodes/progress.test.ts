import { ExecuteContext } from 'n8n-core';

import { generateCatalogue, STORES } from '../../sandbox';
import { itemsFor, skuOf, useFreshSandboxes } from '../support/useSandbox';

const shop = useFreshSandboxes({ catalogue: generateCatalogue(2_001) });
const onError = 'continueRegularOutput';
/** Called with every line that a node writes to n8n's log. */
const info = jest.fn<void, [line: string]>();

beforeEach(() => {
	info.mockReset();
	jest
		.spyOn(ExecuteContext.prototype, 'logger', 'get')
		.mockReturnValue({ info, debug() {} } as never);
});
afterEach(() => jest.restoreAllMocks());

describe('the hint above the output', () => {
	const account = (message: string) => [{ message, type: 'info', location: 'outputPane' }];

	it.each(['update', 'hide', 'unhide'] as const)(
		'says that all went well with %s, and how many requests that took',
		async (node) => {
			shop.market.setHidden(STORES.fbs.campaignId, skuOf(1), node === 'unhide');
			const { hints } = await shop[node](itemsFor(3));
			expect(hints[0]).toEqual(account('3 of 3 accepted by the Market, 1 request.')[0]);
		},
	);

	it('counts the requests that carried items, not the questions before and after', async () => {
		const { hints } = await shop.update(itemsFor(2_001), { options: { verify: 0 } });
		expect(hints).toEqual(
			account('2001 of 2001 accepted by the Market, 2 requests; all confirmed.'),
		);
	});

	it('says what a dry run would take', async () => {
		const { hints } = await shop.update(itemsFor(2_001), { options: { dryRun: true } });
		expect(hints).toEqual(account('2001 of 2001 can be sent, 2 requests.'));
	});

	it.each([onError, 'continueErrorOutput'] as const)(
		'counts what was not sent, with %s',
		async (mode) => {
			const { hints } = await shop.update([...itemsFor(2), { sku: '', stock: 1 }], {
				onError: mode,
			});
			expect(hints).toEqual([
				{
					message: '2 of 3 accepted by the Market, 1 request; 1 was not: see reason and advice.',
					type: 'warning',
					location: 'outputPane',
				},
			]);
		},
	);

	it('does not say that a dry run sent anything', async () => {
		const items = [...itemsFor(2), { sku: '', stock: 1 }];
		const { hints } = await shop.update(items, { options: { dryRun: true }, onError });
		expect(hints[0]?.message).toBe(
			'2 of 3 can be sent, 1 request; 1 cannot: see reason and advice.',
		);
	});

	it('counts what is not confirmed', async () => {
		shop.market.setBalance(STORES.fbs.campaignId, skuOf(2), 77);
		const { hints } = await shop.update(itemsFor(3), { options: { verify: 0 } });
		expect(hints.map(({ message, type }) => [message, type])).toEqual([
			[
				'3 of 3 accepted by the Market, 1 request; 2 confirmed; 1 of the accepted is not confirmed.',
				'warning',
			],
		]);
	});

	it('is there in a summary too, and if the node is set up wrongly', async () => {
		const { hints } = await shop.update([{ sku: '', stock: 1 }], {
			options: { output: 'summary' },
			onError,
		});
		expect(hints).toHaveLength(1);
		const wrong = await shop.update(itemsFor(2), { parameters: { skuField: ' ' }, onError });
		expect(wrong.hints[0]?.message).toBe(
			'0 of 2 accepted by the Market; 2 were not: see reason and advice.',
		);
	});
});

describe('a long wait for the quota', () => {
	it('is written to the log; Stop ends it at once and says what was sent', async () => {
		// Five balances a minute: the sixth has to wait.
		shop.market.setSwitches({ quotas: 0.000_05 });
		await shop.update(itemsFor(1));
		const { status, error } = await shop.update(itemsFor(10), {
			onStart: (stop) =>
				info.mockImplementation((line) => (line.includes('waiting') ? stop() : undefined)),
		});
		expect(info.mock.calls.map(([line]) => line)).toContainEqual(
			expect.stringMatching(/^Yandex Market, store 21000001: the quota is used up, waiting \d+ s$/),
		);
		expect(status).toBe('canceled');
		expect(error?.message).toMatch(
			/^The run was canceled\. 4 of 10 items were sent and accepted, 6 were not: \[item 4\]/,
		);
		expect(error?.message).toContain('Not sent: the run was stopped');
		expect([4, 5].map((offer) => shop.available(offer))).toEqual([4, null]);
	});

	it('short runs write nothing to the log', async () => {
		await shop.update(itemsFor(10));
		await shop.hide(itemsFor(10));
		expect(info).not.toHaveBeenCalled();
	});

	it('is logged by the reading node too', async () => {
		// One request a minute: the second has to wait.
		shop.market.setSwitches({ quotas: 0.01 });
		const parameters = { resource: 'hiddenOffer', operation: 'getAll', offers: 'all' };
		await shop.read([{}], { parameters });
		const { status, error } = await shop.read([{}], {
			parameters,
			onStart: (stop) =>
				info.mockImplementation((line) => (line.includes('waiting') ? stop() : undefined)),
		});
		expect(info.mock.calls.map(([line]) => line)).toContainEqual(
			expect.stringMatching(/^Yandex Market, reading: the quota is used up, waiting \d+ s$/),
		);
		expect(status).toBe('canceled');
		expect(error?.message).toMatch(
			/^The run was canceled, by Stop or by the timeout of the workflow/,
		);
	});

	it('ends with Maximum Wait in the reading node', async () => {
		shop.market.setSwitches({ quotas: 0.01 });
		const parameters = { resource: 'hiddenOffer', operation: 'getAll', offers: 'all' };
		await shop.read([{}], { parameters });
		const { error } = await shop.read([{}], { parameters, options: { maximumWait: 0 } });
		expect(error?.message).toBe("The Market's quota for this question is used up");
		expect(error?.description).toContain('Maximum Wait');
	});

	it('Stop while the Market is read back says what was sent', async () => {
		shop.market.setSwitches({ visibilityDelayMs: 3_600_000 });
		const { status, error } = await shop.update(itemsFor(3), {
			options: { verify: 5 },
			onError,
			onStart: (stop) => {
				const stopWatching = shop.market.watch({
					offerChanged() {},
					wasReset() {},
					callAnswered: ({ operation }) => {
						if (operation !== 'getStocks') return;
						stopWatching();
						stop();
					},
				});
			},
		});
		expect(status).toBe('canceled');
		expect(error?.message).toBe(
			'The run was canceled. 3 of 3 items were sent and accepted, 0 were not; 3 of those sent were not confirmed yet',
		);
	});
});
