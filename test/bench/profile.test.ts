import type { CpuProfile } from '../../bench/n8n/runFacts';
import { busyBetween, STAGE_NAMES } from '../../bench/profile';

const PACKAGE = 'file:///n8n/node_modules/n8n-nodes-yandex-market/dist';

/** A profile in which each function runs for 10 ms in turn, from 1,000 ms on. */
function profileOf(functions: ReadonlyArray<{ functionName?: string; url?: string }>): CpuProfile {
	const nodes = functions.map(({ functionName = 'work', url = '' }, index) => ({
		id: index + 1,
		callFrame: { functionName, url, scriptId: '', lineNumber: 0, columnNumber: 0 },
	}));
	const samples = nodes.map(({ id }) => id);
	const timeDeltas = samples.map((_, index) => (index === 0 ? 0 : 10_000));
	return { nodes, samples, timeDeltas, startTime: 0, endTime: 0, startMs: 1_000 };
}

describe('what a process did', () => {
	it.each([
		['market/write/batching.js', 'Update Stocks: bodies of the requests'],
		['market/write/sender.js', 'Update Stocks: sending and waiting for quotas'],
		['nodes/common/connection/transport.js', 'Update Stocks: sending and waiting for quotas'],
		['market/records/plan.js', 'Update Stocks: what is to be sent, and what is repeated'],
		['market/records/sku.js', 'Update Stocks: reading and checking rows'],
		['nodes/common/output/present.js', 'Update Stocks: output'],
		['nodes/common/write/run.js', 'Update Stocks: all else'],
	])('%s counts as "%s"', (file, stage) => {
		const profile = profileOf([{ url: `${PACKAGE}/${file}` }, {}]);
		expect([...busyBetween(profile, 0, Infinity).byStage.keys()][0]).toBe(stage);
	});

	it('others are n8n, its requests, Node.js and the collecting of garbage', () => {
		const profile = profileOf([
			{ url: 'file:///n8n/node_modules/axios/dist/node/axios.cjs' },
			{ url: 'file:///n8n/node_modules/n8n-core/dist/execution-engine/workflow-execute.js' },
			{ url: 'node:net' },
			{ functionName: '(program)' },
			{ functionName: '(garbage collector)' },
			{},
		]);
		const { all, byStage } = busyBetween(profile, 0, Infinity);
		expect(Object.fromEntries(byStage)).toMatchObject({
			"n8n's requests: axios, credentials, the database": 10,
			'n8n: all else': 10,
			'Collecting garbage': 10,
		});
		expect(byStage.get('Node.js')).toBe(20);
		expect(all).toBe(50);
		expect(STAGE_NAMES).toEqual(expect.arrayContaining([...byStage.keys()]));
	});

	it('only between the two moments, and not while there is nothing to do', () => {
		const url = `${PACKAGE}/market/write/batching.js`;
		const profile = profileOf([{ url }, { url }, { functionName: '(idle)' }, { url }, { url }, {}]);
		expect(busyBetween(profile, 1_005, 1_035).all).toBe(20);
	});
});
