import { generateCatalogue, STORES } from '../../sandbox';
import { balancesOf, inParts, wrongOnes, type Row } from './support/queue/balances';
import { Figures } from './support/queue/figures';
import { alarm, pushedBalances } from './support/queue/flows';
import type { Member } from './support/queue/member';
import { useQueueBed } from './support/queue/queueBed';

/** Ten full requests, four at a time: a run has three rounds. */
const FULL_REQUEST = 2_000;
const CATALOGUE = generateCatalogue(10 * FULL_REQUEST);
const FBS = STORES.fbs.campaignId;
const FIRST = balancesOf(CATALOGUE, 1);
const SECOND = balancesOf(CATALOGUE, 30_000);

const figures = new Figures();
const bed = useQueueBed({ sandbox: { catalogue: CATALOGUE, switches: { latencyMs: 1_000 } } });

afterAll(() => figures.print());

const heldBy = ({ sku }: Row) => bed().market.offer(FBS, sku).available;

/** Watches the Market for a balance that is neither the first nor the second, or not the second after that has come. */
function watchForWrong(): () => object[] {
	const allowed = new Map(
		FIRST.map(({ sku, stock }, index) => [sku, [stock, SECOND[index]?.stock]]),
	);
	const wrong: object[] = [];
	bed().market.watch({
		offerChanged({ campaignId }, sku) {
			const { available } = bed().market.offer(campaignId, sku);
			const [first, second] = allowed.get(sku) ?? [];
			if (available === second) allowed.set(sku, [second, second]);
			else if (available !== first) wrong.push({ sku, available });
		},
		callAnswered() {},
		wasReset() {},
	});
	return () => wrong;
}

/** Starts a run, and resolves as soon as the Market has taken its first requests. */
async function inTheMiddle(
	name: string,
	flow: string,
): Promise<{ worker: Member; execution: string }> {
	await bed().post(name, { rows: FIRST });
	const [execution = ''] = await bed().begun(flow, 1);
	const worker = await bed().workerOf(execution);
	await bed().until(() => heldBy(FIRST[0] as Row) !== null);
	return { worker, execution };
}

describe('a worker that is killed in the middle of a run', () => {
	it('leaves whole requests behind; the next run sets the Market right, and n8n reports the failed one', async () => {
		const alarmFlow = await bed().switchOn(alarm('Somebody is told'));
		const killed = pushedBalances(bed(), 'killed');
		const flow = await bed().switchOn({
			...killed,
			settings: { ...killed.settings, errorWorkflow: alarmFlow },
		});
		const wrong = watchForWrong();
		const { worker, execution } = await inTheMiddle('killed', flow);
		await worker.kill();
		const killedAt = Date.now();
		const requests = inParts(FIRST, FIRST.length / FULL_REQUEST);
		const numbers = requests.map(
			(rows) => new Set(rows.map((row) => heldBy(row) === row.stock)).size,
		);
		expect(numbers).toEqual(requests.map(() => 1));
		expect(requests.some(([row]) => heldBy(row as Row) === null)).toBe(true);
		expect(await bed().client.status(execution)).toBe('running');

		await bed().post('killed', { rows: SECOND });
		const [, next = ''] = await bed().begun(flow, 2);
		expect((await bed().client.finished(next, bed().signal)).status).toBe('success');
		expect(await bed().workerOf(next)).not.toBe(worker);
		expect(wrongOnes(bed().market, FBS, SECOND)).toEqual([]);
		expect(wrong()).toEqual([]);

		const { status, error } = await bed().client.finished(execution, bed().signal);
		const seconds = (Date.now() - killedAt) / 1_000;
		figures.add("Seconds until n8n shows a killed worker's run as failed", seconds.toFixed(0));
		expect(status).toBe('error');
		expect(error).toContain('This execution failed to be processed too many times');
		const [told = ''] = await bed().begun(alarmFlow, 1);
		expect((await bed().client.finished(told, bed().signal)).status).toBe('success');
		await worker.start();
	}, 300_000);

	it('shows its run as crashed as soon as it is restarted with the same home', async () => {
		const flow = await bed().switchOn(pushedBalances(bed(), 'restarted'));
		const { worker, execution } = await inTheMiddle('restarted', flow);
		await worker.kill();
		await worker.start();
		const { status, error, nodes } = await bed().client.finished(execution, bed().signal);
		expect(status).toBe('crashed');
		expect(error).toBe('Workflow did not finish, possible out-of-memory issue');
		expect(nodes.get('Update Stocks')).toMatchObject({
			items: [],
			error: 'Execution stopped at this node',
		});
	});
});

describe('a worker that is asked to end in the middle of a run', () => {
	it('finishes the run first', async () => {
		const flow = await bed().switchOn(pushedBalances(bed(), 'stopped'));
		const { worker, execution } = await inTheMiddle('stopped', flow);
		await worker.stop();
		expect((await bed().client.finished(execution, bed().signal)).status).toBe('success');
		expect(wrongOnes(bed().market, FBS, FIRST)).toEqual([]);
	});
});
