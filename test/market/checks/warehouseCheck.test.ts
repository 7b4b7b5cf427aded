import {
	hasWarehouse,
	refuseBusiness,
	refuseWarehouse,
} from '../../../market/checks/warehouseCheck';
import { expectUsable } from '../../support/checked';

const campaigns = [{ id: 21, domain: 'fbs.example', business: { id: 1001, name: 'Cabinet' } }];
const open = [{ placementType: 'FBS', apiAvailability: 'AVAILABLE' }];
const shut = { placementType: 'DBS', apiAvailability: 'MANUALLY_DISABLED' };
const partners = [
	{ id: 51, name: 'Main', models: [...open, shut] },
	{ id: 52, name: 'Shut', models: [shut] },
	{ id: 53 },
];
const warehouses = [
	{ id: 54, name: 'Grouped', campaignId: 22, groupInfo: { id: 61, name: 'Moscow' } },
];

describe('A business', () => {
	it('that the credential opens may be sent to; so may any if nothing is known', () => {
		expect(refuseBusiness('1001', campaigns)).toBeUndefined();
		expect(refuseBusiness('1002', [{ id: 21 }])).toBeUndefined();
	});

	it.each([
		['1002', /^The credential opens no business with the ID 1002$/],
		[
			'21',
			/^Business 21 is not a business ID: 21 is a campaign ID, that of store fbs\.example, business ID 1001$/,
		],
	])('%s may not', (businessId, reason) => {
		const refusal = refuseBusiness(businessId, campaigns);
		expect(refusal?.reason).toMatch(reason);
		expect(refusal?.advice).toContain('1001 (Cabinet)');
		if (refusal) expectUsable(refusal);
	});

	it('is refused with a count of the businesses beyond those named', () => {
		const many = [1, 2, 3, 4, 5, 6, 7].map((id) => ({ id, business: { id: 1000 + id } }));
		expect(refuseBusiness('1', many)?.advice).toContain('1001, 1002, 1003, 1004, 1005 and 2 more.');
	});
});

describe('A warehouse', () => {
	const refuse = (id: string) =>
		refuseWarehouse(id, '1001', partners, { campaigns, warehouses }, 'write');

	it.each(['51', '53'])('%s of the business may be sent to', (id) => {
		expect(refuse(id)).toBeUndefined();
	});

	it.each([
		[
			'52',
			/^The Market has switched off the API of warehouse 52 \(Shut\): MANUALLY_DISABLED/,
			'seller cabinet',
		],
		['54', /^Warehouse 54 is in the warehouse group Moscow/, 'Set Send To to Store'],
		['21', /^Warehouse 21 is not a warehouse ID: 21 is a campaign ID/, '51, 52, 53'],
		['1001', /^Warehouse 1001 is not a warehouse ID: 1001 is a business ID/, '51, 52, 53'],
		['99', /^Business 1001 has no warehouse 99 outside groups$/, '51, 52, 53'],
	])('%s may not', (id, reason, advice) => {
		const refusal = refuse(id);
		expect(refusal?.reason).toMatch(reason);
		expect(refusal?.advice).toContain(advice);
		if (refusal) expectUsable(refusal);
	});

	it('of a business that has groups only: the other way is advised', () => {
		const refusal = refuseWarehouse('99', '1001', [], { campaigns, warehouses }, 'write');
		expect(refusal?.advice).toContain('set Send To to Store');
	});

	it.each(['54', '99'])(
		'%s that is to be read: the parameter of the reading node is named',
		(id) => {
			const refusal = refuseWarehouse(id, '1001', [], { campaigns, warehouses }, 'read');
			expect(refusal?.advice).toMatch(/set Read From to Store/i);
			expect(`${refusal?.reason} ${refusal?.advice}`).not.toMatch(/\bSend|\bsent\b/);
		},
	);

	it('that only the other lists can tell of is refused if they say that it is something else', () => {
		const refused = ['21', '1001', '54', '61', '99', '55'].filter((id) =>
			refuseWarehouse(
				id,
				'1001',
				undefined,
				{ campaigns, warehouses: [...warehouses, { id: 55, campaignId: 23 }] },
				'write',
			),
		);
		expect(refused).toEqual(['21', '1001', '54', '61']);
	});

	it('is known if either list has it; in the list of stores, only outside groups', () => {
		const known = ['51', '54', '55', '99'].filter((id) =>
			hasWarehouse(id, partners, [...warehouses, { id: 55 }]),
		);
		expect(known).toEqual(['51', '55']);
		expect(hasWarehouse('51', undefined, [])).toBe(false);
	});
});
