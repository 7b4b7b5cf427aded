import type { Campaign } from '../../../market/read/stores';
import { refuseHiding, refuseStock } from '../../../market/checks/storeCheck';
import { expectUsable } from '../../support/checked';

function store(placementType?: string, apiAvailability?: string): Campaign {
	return { id: 7, placementType, apiAvailability };
}

describe('Stock is sent', () => {
	it.each([
		['FBS', 'AVAILABLE'],
		['DBS', 'AVAILABLE'],
		['a model of the future', 'AVAILABLE'],
		['FBS', 'DISABLED_BY_SOMETHING_NEW'],
		['constructor', 'toString'],
		[undefined, undefined],
	])('to a store of model %s that is %s', (placementType, availability) => {
		expect(refuseStock(store(placementType, availability))).toBeUndefined();
	});
});

describe('Stock is not sent', () => {
	it.each(['FBY', 'LAAS'])(
		'to an %s store, because the Market counts it itself',
		(placementType) => {
			const refusal = refuseStock(store(placementType, 'AVAILABLE'));
			expect(refusal?.reason).toMatch(
				new RegExp(`Store 7 is ${placementType}: the Market counts its stock itself`),
			);
			expect(refusal?.advice).toMatch(/FBS, DBS or Express/);
		},
	);
});

describe('Offers are hidden and shown', () => {
	it.each(['FBY', 'FBS', 'DBS', undefined])('in a store of model %s', (placementType) => {
		expect(refuseHiding(store(placementType, 'AVAILABLE'))).toBeUndefined();
	});

	it('but not in a LAAS store', () => {
		expect(refuseHiding(store('LAAS', 'AVAILABLE'))?.reason).toMatch(/Store 7 is LAAS/);
	});
});

describe('A store whose API is switched off', () => {
	it.each([
		['DISABLED_BY_INACTIVITY', /90 days/],
		['DISABLED_BY_NO_ACTIVE_CONTRACT', /contract/],
		['MANUALLY_DISABLED', /seller cabinet/],
		['DISABLED_BY_NO_PLACEMENT_TYPE', /placement model/],
	])('because it is %s is refused, with the reason', (availability, why) => {
		for (const refuse of [refuseStock, refuseHiding]) {
			const refusal = refuse(store('FBS', availability));
			expect(refusal?.reason).toMatch(/switched off the API of store 7/);
			expect(refusal?.reason).toMatch(why);
			if (refusal) expectUsable(refusal);
		}
	});
});
