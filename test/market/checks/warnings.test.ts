import {
	businessUnknown,
	doubtfulNumbers,
	groupsUnknown,
	sendToWarning,
} from '../../../market/checks/warnings';
import { apiMethods } from '../../../market/contract/apiMethods';
import { accessMissing } from '../../../market/contract/tokenAccess';

const grouped = [
	{ id: 51, campaignId: 1, groupInfo: { id: 61, name: 'Moscow' } },
	{ id: 52, campaignId: 2 },
];
const single = [{ id: 52, campaignId: 2 }];

it.each([
	['store', grouped, undefined],
	['warehouse', single, undefined],
	['warehouse', grouped, 'Set Send To to Store'],
	['store', single, 'Set Send To to Warehouse'],
	['store', [], undefined],
] as const)(
	'Sending to a %s brings a warning only if the guide gives the other way (%#)',
	(way, warehouses, advice) => {
		const warning = sendToWarning('1001', warehouses, way);
		if (advice === undefined) expect(warning).toBeUndefined();
		else expect(warning).toMatch(new RegExp(`^Business 1001 has .*${advice}`));
	},
);

it('If it is not known, the reason is given', () => {
	expect(
		groupsUnknown('1001', { reason: 'The token lacks an access group', advice: 'Add it.' }),
	).toBe(
		'Whether business 1001 has warehouse groups could not be checked. The token lacks an access group. Add it.',
	);
});

it('If the token lacks an optional access group, one line names it', () => {
	const refusal = accessMissing(apiMethods.getPagedWarehouses);
	expect(groupsUnknown('1001', refusal)).toBe(
		'Whether business 1001 has warehouse groups could not be checked: the token lacks the access group inventory-and-order-processing:read-only.',
	);
});

it('If the business itself is not known, the stores are named', () => {
	expect(businessUnknown(['21'])).toMatch(
		/^Whether store 21 is in a warehouse group could not be checked/,
	);
	expect(businessUnknown(['21', '22'])).toMatch(
		/^Whether stores 21, 22 are in warehouse groups could not be checked/,
	);
});

it.each([
	[1, /^1 SKU has different .* \("SKU-1"\)\. /],
	[3, /^3 SKUs have different .* \("SKU-1", "SKU-2", "SKU-3"\)\. /],
	[4, /^4 SKUs have different .* \("SKU-1", "SKU-2", "SKU-3" and 1 more\)\. /],
])('Of %d SKUs with several numbers for what may be one, three are named', (count, warning) => {
	const skus = Array.from({ length: count }, (_, index) => `SKU-${index + 1}`);
	expect(doubtfulNumbers(skus)).toEqual([expect.stringMatching(warning)]);
});

it('Without such a SKU nothing is said', () => {
	expect(doubtfulNumbers([])).toEqual([]);
});
