import { generateCatalogue, STORES, systemClock, type Clock } from '../../sandbox';
import { chain, marketNode, numberedRows } from './support/flow';
import { useTestBed } from './support/testBed';

/** Two full requests, of which the quota has room for one. */
const COUNT = 4_000;
const QUOTA = 0.02;

/** On an idle machine the bound is two seconds; a busy one gets this much. */
const ENDS_WITHIN_MS = 10_000;

const bed = useTestBed({
	sandbox: {
		catalogue: generateCatalogue(COUNT),
		clock: atStartOfMinute(),
		switches: { quotas: QUOTA },
	},
});

/** As fast as the machine's clock, but it starts at the beginning of a minute: all of that is left to wait for. */
function atStartOfMinute(): Clock {
	let behindMs: number | undefined;
	return {
		now: () => Date.now() - (behindMs ??= Date.now() % 60_000),
		sleep: async (ms) => await systemClock.sleep(ms),
	};
}

describe('the Stop button', () => {
	it('ends a run that waits for a quota, and n8n prints what was sent', async () => {
		const { client, market, apiKey, signal } = bed();
		const flow = chain('Twice the quota', numberedRows(COUNT), marketNode('updateStocks', apiKey));
		const execution = await client.start(await client.importWorkflow(flow));
		const [, waits] = await bed().logged(/the quota is used up, waiting (\d+) s/);
		expect(Number(waits) * 1_000).toBeGreaterThan(2 * ENDS_WITHIN_MS);

		const pressedAt = Date.now();
		await client.stop(execution);
		const [line] = await bed().logged(/The run was canceled\. .*/);
		const tookMs = Date.now() - pressedAt;
		console.log(`The run ended ${tookMs} ms after Stop, with ${waits} s left to wait.`);
		expect(tookMs).toBeLessThan(ENDS_WITHIN_MS);
		expect(line).toContain('2000 of 4000 items were sent and accepted, 2000 were not: ');
		// Either of the two requests may have come first.
		expect(line).toMatch(
			/: \[item (0|2000)\] SKU "SKU-0[02]001" and 1999 more \(items [^)]+\): Not sent: the run was stopped, by Stop or by the timeout of the workflow$/,
		);
		const held = market.offers(STORES.fbs.campaignId).filter(({ available }) => available !== null);
		expect(held).toHaveLength(2_000);

		// n8n itself keeps nothing from any node of a stopped run: only its log says what was sent.
		expect(await client.finished(execution, signal)).toEqual({
			status: 'canceled',
			error: 'The execution was cancelled manually',
			nodes: new Map(),
		});
	});
});
