import { refuseZeros } from '../../../market/records/zeroGuard';
import { expectUsable } from '../../support/checked';
import { each } from '../../support/each';

function balances(zeros: number, total: number) {
	return Array.from({ length: total }, (_, index) => ({
		sku: String(index),
		count: index < zeros ? 0 : index + 1,
	}));
}

describe('The zero guard', () => {
	it.each([
		[0, 0, 0],
		[0, 10, 0],
		[3, 10, 30],
		[1, 3, 34],
		[10, 10, 100],
		[999, 2_000, 49.95],
	])('lets %d zeros of %d through if %d %% are allowed', async (zeros, total, percent) => {
		expect(await refuseZeros(balances(zeros, total), percent, () => 'Store 1', each)).toEqual(
			new Map(),
		);
	});

	it.each([
		[1, 10, 0],
		[4, 10, 30],
		[1, 3, 33],
		[1, 1, 99],
		[1_000, 2_000, 49.95],
	])('refuses %d zeros of %d if %d %% are allowed, and says so', async (zeros, total, percent) => {
		const refused = await refuseZeros(balances(zeros, total), percent, () => 'Store 1', each);
		expect([...refused.keys()]).toEqual([...Array(total).keys()]);
		for (const refusal of refused.values()) {
			expectUsable(refusal);
			expect(refusal.reason).toContain(
				`Store 1: ${zeros} of ${total} balances are zero, more than the ${percent} %`,
			);
		}
	});

	it('tells how many of the zeros which rule made', async () => {
		const byRule = (zeroedBy: string) => ({ sku: zeroedBy, count: 0, zeroedBy });
		const records = [...balances(1, 2), byRule('Reserve'), byRule('Share (%)'), byRule('Reserve')];
		const refusal = (await refuseZeros(records, 50, () => 'Store 1', each)).get(0);
		expect(refusal?.reason).toBe(
			'Store 1: 4 of 5 balances are zero, more than the 50 % that Zero Guard allows; of these zeros, rules made: Reserve 2, Share (%) 1',
		);
		expect(refusal?.advice).toContain('Check these rules');
	});

	it('judges each place by itself', async () => {
		const records = [...balances(20, 20), ...balances(0, 80)];
		const placeOf = ({ count }: { count: number }) => (count === 0 ? 'Warehouse 1' : 'Warehouse 2');
		const refused = await refuseZeros(records, 50, placeOf, each);
		expect([...refused.keys()]).toEqual([...Array(20).keys()]);
		expect(refused.get(0)?.reason).toMatch(/^Warehouse 1: 20 of 20 balances are zero/);
	});
});
