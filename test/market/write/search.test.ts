import { Search, searchBudget } from '../../../market/write/search';
import { WorkList } from '../../../market/write/workList';

const refusal = { reason: 'The Market refused the request (400): No', advice: 'Look.' };
const batch = { refusal, isNamed: false, isAlone: false, isAnyAccepted: true };

describe('The search for what is refused', () => {
	it('may use as much as the quota gives in an hour, and enough for few records in any case', () => {
		expect(searchBudget(50, 60_000)).toBe(3_000);
		expect(searchBudget(100_000, 60_000)).toBe(6_000_000);
		expect(searchBudget(1, 60_000)).toBe(400);
	});

	it('ends when that is used, and says of the others that they were not tried', () => {
		const search = new Search(new WorkList(10_000), 3_000);
		expect(search.refused(batch, 3_000, 5_000)).toBeUndefined();
		expect(search.refused(batch, 1, 5_000)?.cause).toMatch(
			/^: it was not tried alone, .* The Market refused the request/,
		);
	});

	it('goes on where few are left', () => {
		const search = new Search(new WorkList(10_000), 3_000);
		expect(search.refused(batch, 4_000, 50)).toBeUndefined();
	});

	it('tries single records from all over only while nothing is accepted', () => {
		const work = new WorkList(1_000);
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

	it('ends when four hundred single ones were refused, or goes on where fifty are left', () => {
		const alone = { ...batch, isAlone: true, isAnyAccepted: false };
		const search = new Search(new WorkList(10_000), 3_000);
		for (let time = 1; time < 400; time++) expect(search.refused(alone, 1, 1_000)).toBeUndefined();
		expect(search.refused(alone, 1, 50)).toBeUndefined();
		expect(search.refused(alone, 1, 51)?.cause).toContain('400');
	});
});
