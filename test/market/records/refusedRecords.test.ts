import { allRefused, restOf, saidWith } from '../../../market/records/refusedRecords';

const refusal = { reason: 'No', advice: 'Correct it.' };
const plan = {
	targetId: '7',
	records: [{ sku: 'a' }, { sku: 'b' }, { sku: 'c' }],
	items: [0, 2, 5],
	together: new Map([[2, [5, 6]]]),
};

it('All records of a plan are refused, and nothing is left', () => {
	const refused = allRefused(plan, refusal);
	expect([...refused.refusals]).toEqual([
		[0, refusal],
		[1, refusal],
		[2, refusal],
	]);
	expect(restOf(refused).records).toEqual([]);
});

it('What is left keeps its items', () => {
	expect(restOf({ plan, refusals: new Map([[0, refusal]]) })).toEqual({
		targetId: '7',
		records: [{ sku: 'b' }, { sku: 'c' }],
		items: [2, 5],
		together: new Map([[1, [5, 6]]]),
	});
});

it('Only what a guard holds back is among what was said and refused', () => {
	const said = { targets: [plan], refused: new Map([[9, { sku: 'z', refusal }]]) };
	const all = saidWith(said, [
		{ plan, refusals: new Map([[0, refusal]]) },
		{ plan, refusals: new Map([[1, refusal]]), isHeldBack: true },
	]);
	expect(all.targets).toEqual([plan]);
	expect([...all.refused]).toEqual([
		[9, { sku: 'z', refusal }],
		[2, { sku: 'b', targetId: '7', refusal }],
	]);
	expect(said.refused.size).toBe(1);
});
