import { STORES } from '../../sandbox';
import { rows } from './support/flow';
import { withStepInstead } from './support/flows/readyFlow';
import { catalogueOf, filledInBy, sellerOf } from './support/flows/seller';
import { useTestBed } from './support/testBed';

const NAME = 'google-sheets';
const ZEROS = '0557722';

const bed = useTestBed({ sandbox: { catalogue: catalogueOf(ZEROS, 'SKU-00001', 'SKU-00002') } });

/** Runs the flow with a step in Google's place that returns what its node does: texts and numbers as in the cells. */
const run = async (...balances: Array<[sku: string, stock: string | number]>) => {
	const flow = await filledInBy(await sellerOf(bed()), NAME);
	const items = balances.map(([sku, stock], index) => ({ row_number: index + 2, sku, stock }));
	return await bed().run(withStepInstead(flow, ['Rows of the Sheet'], rows(items)));
};

const balances = () =>
	bed()
		.market.offers(STORES.fbs.campaignId)
		.map(({ available }) => available);

it('sends rows as the sheet holds them: leading zeros in a text, numbers, and spaces between thousands', async () => {
	expect((await run([ZEROS, 12], ['SKU-00001', '1\u00A0234'], ['SKU-00002', 0])).status).toBe(
		'success',
	);
	expect(balances()).toEqual([12, 1_234, 0]);
});

it('sends the good rows, then turns red and names the others', async () => {
	const { status, error } = await run([ZEROS, '5'], ['SKU-00001', '#N/A'], ['SKU-00002', '']);
	expect(status).toBe('error');
	expect(error).toContain('1 of 3 items were sent and accepted, 2 were not');
	expect(error).toContain('#N/A');
	expect(balances()).toEqual([5, null, null]);
});

it('does not send a fraction of a unit that the sheet shows as a whole one', async () => {
	const { status, error } = await run([ZEROS, 5], ['SKU-00001', 0.6]);
	expect(status).toBe('error');
	expect(error).toContain('Stock "0.6" is not a whole number');
	expect(balances()).toEqual([5, null, null]);
});
