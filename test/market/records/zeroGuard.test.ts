import { refuseZeros } from '../../../market/records/zeroGuard';
import { expectUsable } from '../../support/checked';

function balances(zeros: number, total: number) {
	return Array.from({ length: total }, (_, index) => ({ sku: String(index), count: index < zeros ? 0 : index + 1 }));
}

describe('The zero guard', () => {
	it.each([
		[0, 0, 0],
		[0, 10, 0],
		[3, 10, 30],
		[1, 3, 34],
		[10, 10, 100],
		[999, 2_000, 49.95],
	])('lets %d zeros of %d through where %d %% are allowed', (zeros, total, percent) => {
		expect(refuseZeros(balances(zeros, total), percent)).toBeUndefined();
	});

	it.each([
		[1, 10, 0],
		[4, 10, 30],
		[1, 3, 33],
		[1, 1, 99],
		[1_000, 2_000, 49.95],
	])('refuses %d zeros of %d where %d %% are allowed, and says so', (zeros, total, percent) => {
		const refusal = refuseZeros(balances(zeros, total), percent);
		if (!refusal) throw new Error('Let through');
		expectUsable(refusal);
		expect(refusal.reason).toContain(`${zeros} of ${total} balances are zero, more than the ${percent} %`);
	});
});
