import {
	nameUnreadable,
	ownWarehouseUnknown,
	refuseUnnamed,
	stocksUnread,
} from '../../../market/checks/unnamedOffers';
import { expectUsable } from '../../support/checked';

it.each([
	[0, 0, 0],
	[0, 5, 0],
	[1, 5, 20],
	[5, 5, 100],
])('%d unnamed of %d with stock are within %d %%', (unnamed, stocked, most) => {
	expect(refuseUnnamed('Store 1', unnamed, stocked, most)).toBeUndefined();
});

it.each([
	[1, 5, 0],
	[1, 5, 19],
	[2, 9, 20],
	[5, 5, 99.9],
])('%d unnamed of %d with stock are more than %d %%', (unnamed, stocked, most) => {
	const refusal = refuseUnnamed('Store 1', unnamed, stocked, most);
	expect(refusal?.reason).toContain(
		`Store 1: the input does not name ${unnamed} of the ${stocked} `,
	);
});

it.each([
	refuseUnnamed('Store 1', 5, 5, 20),
	nameUnreadable('Store 1', 3),
	ownWarehouseUnknown('Store 1'),
	stocksUnread('Store 1', { reason: 'The run was stopped', advice: 'Run again later.' }),
])('A seller can use what is said: %j', (refusal) => {
	if (!refusal) throw new Error('Not refused');
	expectUsable(refusal);
});
