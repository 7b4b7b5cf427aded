import { generateCatalogue, STORES } from '../../sandbox';
import { useFiles } from './support/flows/files';
import { catalogueOf, filledInBy, sellerOf } from './support/flows/seller';
import { useTestBed } from './support/testBed';

const SKUS = ['CUP', 'SAUCER', 'RIBBON', 'TEA-SET', 'GIFT'];

const bed = useTestBed({
	sandbox: { catalogue: [...catalogueOf(...SKUS), ...generateCatalogue(5)] },
});
const files = useFiles(bed);

const run = async () =>
	await bed().run(await filledInBy(await sellerOf(bed(), 'parts.csv'), 'kits-from-parts'));
const held = () => SKUS.map((sku) => bed().market.offer(STORES.fbs.campaignId, sku).available);

describe('kits-from-parts', () => {
	it('sends what the file says of the parts, and what they suffice for', async () => {
		await files.write('parts.csv', 'sku;stock', 'CUP;10', 'SAUCER;7', 'RIBBON;30,0');
		const { status, error } = await run();
		expect([status, error]).toEqual(['success', undefined]);
		expect(held()).toEqual([10, 7, 30, 5, 10]);
	});

	it('is red if the file lacks a part, and sends everything but its kits', async () => {
		await files.write('parts.csv', 'sku,stock', 'CUP,12', 'SAUCER,8');
		const { status, error } = await run();
		expect(status).toBe('error');
		expect(error).toContain(
			'SKU "GIFT": Its balance could not be computed: its part "RIBBON" is not among the rows of the file',
		);
		expect(held()).toEqual([12, 8, null, 6, null]);
	});
});
