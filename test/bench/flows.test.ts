import {
	GENERATOR,
	loopOverItems,
	readyBodies,
	requestPerSku,
	updateStocks,
} from '../../bench/n8n/flows';
import { millisecondsAfter, type RunFacts } from '../../bench/n8n/runFacts';

const credential = { id: '1', name: 'Market' };
const target = {
	url: 'http://127.0.0.1:1',
	campaignId: 21_000_001,
	credential,
	header: credential,
};

describe.each([
	['Update Stocks', updateStocks],
	['ready bodies', readyBodies],
	['a loop', loopOverItems],
	['one request for each SKU', requestPerSku],
])('the flow with %s', (_name, make) => {
	const flow = make('return [];', target);

	it('connects only nodes that exist', () => {
		const names = flow.nodes.map(({ name }) => name);
		for (const [from, { main }] of Object.entries(
			flow.connections as Record<string, { main: object[][] }>,
		)) {
			expect(names).toContain(from);
			for (const link of main.flat()) expect(names).toContain((link as { node: string }).node);
		}
	});

	it('saves nothing', () => {
		expect(flow.settings).toMatchObject({
			saveManualExecutions: false,
			saveDataSuccessExecution: 'none',
		});
	});
});

describe('the time of a flow', () => {
	const run = (node: string, startMs: number, endMs: number) => ({
		node,
		startMs,
		endMs,
		items: [1],
	});
	const facts = (runs: RunFacts['runs']): RunFacts => {
		return { executionId: '1', status: 'success', runs, failed: [], memory: [] };
	};

	it('goes from the end of the generating node to the end of the last one', () => {
		const runs = [
			run(GENERATOR, 0, 100),
			run('Loop', 110, 120),
			run('HTTP Request', 120, 450),
			run('Loop', 450, 460),
		];
		expect(millisecondsAfter(GENERATOR, facts(runs))).toBe(360);
	});

	it('is unknown if the node did not run', () => {
		expect(() => millisecondsAfter(GENERATOR, facts([]))).toThrow('did not run');
	});
});
