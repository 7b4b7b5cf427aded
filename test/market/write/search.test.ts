import type { MarketRequest } from '../../../market/wire/ports';
import { OK, refusal } from '../../support/answers';
import { virtualPorts } from '../../support/virtualPorts';
import { jobOf, skusOf, someRecords, statuses } from './sending';
import { Search, searchBudget } from '../../../market/write/search';
import { updateStocks } from '../../../market/write/methods';
import { sendRecords } from '../../../market/write/sender';
import { WorkList } from '../../../market/write/workList';

const refused = { reason: 'The Market refused the request (400): No', advice: 'Look.' };
const batch = { refusal: refused, isNamed: false, isAlone: false, isAnyAccepted: true };

describe('The search for what is refused', () => {
	it('may use as much as the quota gives in an hour, and enough for few records in any case', () => {
		expect(searchBudget(50, 60_000)).toBe(3_000);
		expect(searchBudget(100_000, 60_000)).toBe(6_000_000);
		expect(searchBudget(1, 60_000)).toBe(400);
	});

	it('ends when that is used, and says of the others that they were not tried', () => {
		const search = new Search(new WorkList(10_000, 2_000, 4), 3_000);
		expect(search.refused(batch, 3_000, 5_000)).toBeUndefined();
		expect(search.refused(batch, 1, 5_000)?.cause).toMatch(
			/^: it was not tried alone, .* The Market refused the request/,
		);
	});

	it('counts the items that a refused request has used, if the quota counts items', async () => {
		const records = someRecords(1_000);
		const requests: MarketRequest[] = [];
		const { apiMethod } = updateStocks;
		const ten = { ...apiMethod, maxItems: 10, quota: { ...apiMethod.quota, none: 10 } };
		const send = async (request: MarketRequest) => {
			const isFirst = requests.push(request) === 1;
			return await Promise.resolve(isFirst ? OK : refusal(400, 'Request contains invalid data'));
		};
		const ports = virtualPorts(send);
		const job = jobOf(records, ports, { ...updateStocks, apiMethod: ten });
		const { outcomes } = await sendRecords(job, ports);
		expect(statuses(outcomes)).toMatch(/^A{10}F+$/);
		const refusedItems = requests.slice(1).flatMap(skusOf).length;
		// An hour's quota, and what is under way when it is used up.
		expect(refusedItems).toBeGreaterThan(600);
		expect(refusedItems).toBeLessThan(650);
	});

	it('goes on if few are left', () => {
		const search = new Search(new WorkList(10_000, 2_000, 4), 3_000);
		expect(search.refused(batch, 4_000, 50)).toBeUndefined();
	});

	it('tries single records from all over only while nothing is accepted', () => {
		const work = new WorkList(1_000, 2_000, 4);
		const search = new Search(work, 3_000);
		search.refused(batch, 1_000, 1_000);
		expect(work.hasProbes).toBe(false);
		search.refused({ ...batch, isAnyAccepted: false }, 1_000, 1_000);
		expect(work.hasProbes).toBe(true);
	});

	it('tries eight of them at first, and as many again after each round, up to four hundred', () => {
		const rounds: number[] = [];
		const addProbes = (count: number) => {
			rounds.push(count);
			return count;
		};
		const search = new Search({ hasProbes: false, addProbes } as unknown as WorkList, 3_000);
		for (let time = 0; time < 9; time++)
			search.refused({ ...batch, isAnyAccepted: false }, 1, 1_000);
		expect(rounds).toEqual([8, 8, 16, 32, 64, 128, 144]);
	});

	it('ends when four hundred single ones were refused, or goes on if fifty are left', () => {
		const alone = { ...batch, isAlone: true, isAnyAccepted: false };
		const search = new Search(new WorkList(10_000, 2_000, 4), 3_000);
		for (let time = 1; time < 400; time++) expect(search.refused(alone, 1, 1_000)).toBeUndefined();
		expect(search.refused(alone, 1, 50)).toBeUndefined();
		expect(search.refused(alone, 1, 51)?.cause).toContain('400');
	});
});

describe('Single records that are tried', () => {
	it('come from all over what is left, no more than wanted, and the others stay', () => {
		const work = new WorkList(100, 2_000, 4);
		expect(work.addProbes(4)).toBe(4);
		const tried = Array.from({ length: 4 }, () => work.take().positions);
		expect(tried.flat().sort((a, b) => a - b)).toEqual([0, 25, 50, 75]);
		expect(work.take().positions).toHaveLength(96);
	});

	it('are no more than wanted if that does not divide what is left', () => {
		const work = new WorkList(100, 2_000, 4);
		expect(work.addProbes(8)).toBe(8);
		expect(work.hasProbes).toBe(true);
		expect(work.takeAll().flatMap(({ positions }) => positions)).toHaveLength(100);
	});

	it('are all there is if that is less', () => {
		expect(new WorkList(3, 2_000, 4).addProbes(8)).toBe(3);
	});
});
