import { generateCatalogue, STORES } from '../../sandbox';
import { balancesOf, wrongOnes } from './support/queue/balances';
import { fetchedBalances, pushedBalances } from './support/queue/flows';
import { RUNS_AT_ONCE, useQueueBed } from './support/queue/queueBed';
import { SlowSource } from './support/queue/slowSource';

const CATALOGUE = generateCatalogue(2_000);
const FBS = STORES.fbs.campaignId;
const OLDER = balancesOf(CATALOGUE, 5);
const NEWER = balancesOf(CATALOGUE, 900);

/** The same with the moment at which they were true. */
const at = <T extends object>(rows: readonly T[], moment: string) =>
	rows.map((row) => ({ ...row, at: moment }));
const dated = { parameters: { options: { updatedAtField: 'at' } } };

const bed = useQueueBed({ sandbox: { catalogue: CATALOGUE } });

let source: SlowSource;
beforeAll(async () => {
	source = await SlowSource.start();
});
afterAll(() => source?.stop());

describe('an older run whose request is late', () => {
	it('does not overwrite what a newer one has sent', async () => {
		const flow = await bed().switchOn(pushedBalances(bed(), 'late-request'));
		bed().market.setSwitches({
			faults: [{ kind: 'slow', ms: 15_000, count: 1, operation: 'updateStocks' }],
		});
		await bed().post('late-request', { rows: OLDER });
		await bed().until(() => bed().market.switches.faults.length === 0);
		await bed().post('late-request', { rows: NEWER });
		const [older, newer] = await bed().finished(flow, 2);
		expect([older?.status, newer?.status]).toEqual(['success', 'success']);
		expect(wrongOnes(bed().market, FBS, NEWER)).toEqual([]);
		// It was indeed late: the Market has seen it, and keeps to the newer moment.
		const { stamp = 0, shownStamp = 0 } = bed().market.balance(FBS, 'SKU-00001') ?? {};
		expect(shownStamp).toBeLessThan(stamp);
	});
});

describe('an older run whose source is slow', () => {
	/** The older balances are read from the source before the newer ones, but arrive after those were sent. */
	const runBoth = async (
		name: string,
		rows: { older: object[]; newer: object[] },
		options = {},
	) => {
		const flow = await bed().switchOn(fetchedBalances(bed(), name, options));
		await bed().post(name, { source: source.offer(`${name}-older`, rows.older) });
		await source.asked(`${name}-older`);
		const newer = source.offer(`${name}-newer`, rows.newer);
		source.release(`${name}-newer`);
		await bed().post(name, { source: newer });
		const [, newerId = ''] = await bed().begun(flow, 2);
		expect((await bed().client.finished(newerId, bed().signal)).status).toBe('success');
		expect(wrongOnes(bed().market, FBS, NEWER)).toEqual([]);
		source.release(`${name}-older`);
		for (const { status } of await bed().finished(flow, 2)) expect(status).toBe('success');
	};

	it('overwrites what a newer one has sent: without Updated At a balance is as old as the run of the node', async () => {
		await runBoth('slow-source', { older: OLDER, newer: NEWER });
		expect(wrongOnes(bed().market, FBS, OLDER)).toEqual([]);
	});

	it('overwrites nothing if Updated At says how old its balances are', async () => {
		const now = Date.now();
		const [older, newer] = [now - 60_000, now - 30_000].map((ms) => new Date(ms).toISOString()) as [
			string,
			string,
		];
		await runBoth('slow-source-dated', { older: at(OLDER, older), newer: at(NEWER, newer) }, dated);
		expect(wrongOnes(bed().market, FBS, NEWER)).toEqual([]);
	});
});

describe('runs that wait until a worker is free', () => {
	it('leave the newest balances if Updated At says how old they are, whichever runs first', async () => {
		const now = Date.now();
		const moments = [0, 1, 2].map((minutes) =>
			new Date(now - 240_000 + minutes * 60_000).toISOString(),
		);
		const holding = await bed().switchOn(
			fetchedBalances(bed(), 'holding', { campaignId: STORES.dbs.campaignId }),
		);
		const flow = await bed().switchOn(pushedBalances(bed(), 'queued', dated));
		const held = source.offer('held', balancesOf(CATALOGUE.slice(0, 1)));
		const places = 2 * RUNS_AT_ONCE;
		for (let place = 0; place < places; place += 1) await bed().post('holding', { source: held });
		for (const id of await bed().begun(holding, places)) await bed().workerOf(id);

		// As an ERP may send them: not even in order.
		for (const [index, plus] of [
			[2, 900],
			[0, 5],
			[1, 50],
		] as const) {
			await bed().post('queued', {
				rows: at(balancesOf(CATALOGUE, plus), moments[index] as string),
			});
		}
		const waiting = await bed().begun(flow, 3);
		for (const id of waiting) expect(await bed().client.status(id)).toBe('new');
		source.release('held');
		for (const { status } of await bed().finished(flow, 3)) expect(status).toBe('success');
		expect(wrongOnes(bed().market, FBS, NEWER)).toEqual([]);
	});
});
