import { boundsLines, boundsTable, isMet, type Bound } from '../../bench/report/bounds';

function bound(measured: number, limit: Bound['limit']): Bound {
	return { what: 'Ours : script', measured, unit: 'times', limit };
}

describe('bounds', () => {
	it.each([
		[3.99, { most: 4 }, true],
		[4, { most: 4 }, true],
		[4.01, { most: 4 }, false],
		[2.5, { least: 2.5 }, true],
		[2.49, { least: 2.5 }, false],
		[NaN, { most: 4 }, false],
		[NaN, { least: 4 }, false],
	] as const)('%d against %j: met is %s', (measured, limit, met) => {
		expect(isMet(bound(measured, limit))).toBe(met);
	});

	it('the page shows what was measured, what was promised, and whether that is kept', () => {
		const { rows } = boundsTable([bound(3.123, { most: 4 }), bound(1.2, { least: 2.5 })]);
		expect(rows).toEqual([
			['Ours : script', '3.12 times', 'at most 4 times', 'ok'],
			['Ours : script', '1.2 times', 'at least 2.5 times', '**missed**'],
		]);
	});

	it('so does the terminal', () => {
		expect(boundsLines([bound(3, { most: 4 }), bound(5, { most: 4 })])).toEqual([
			'  ok      Ours : script  3 times (at most 4 times)',
			'  MISSED  Ours : script  5 times (at most 4 times)',
		]);
	});
});
