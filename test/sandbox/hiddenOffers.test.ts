import { STORES } from '../../sandbox';
import { Bench, entry, hiddenSkus, skuAt } from './support/bench';

const PATH = '/v2/campaigns/21000001/hidden-offers';

describe.each([
	{ method: 'addHiddenOffers', path: PATH },
	{ method: 'deleteHiddenOffers', path: `${PATH}/delete` },
])('$method refuses', ({ path }) => {
	it.each([
		{ name: 'no body', body: '', message: 'Required request body is missing' },
		{
			name: 'no list',
			body: {},
			message: 'hiddenOffers size must be between 1 and 500 (rejected size: 0)',
		},
		{
			name: '501 offers',
			body: {
				hiddenOffers: Array.from({ length: 501 }, (_, index) => ({ offerId: skuAt(index) })),
			},
			message: 'hiddenOffers size must be between 1 and 500 (rejected size: 501)',
		},
		{
			name: 'no offerId',
			body: { hiddenOffers: [{}] },
			message: 'hiddenOffers[0].offerId must not be null',
		},
		{
			name: 'a number',
			body: { hiddenOffers: [{ offerId: 5 }] },
			message: 'Illegal input at hiddenOffers[0].offerId',
		},
		{
			name: 'a text entry',
			body: { hiddenOffers: ['a'] },
			message: 'Illegal input at hiddenOffers[0]',
		},
	])('$name', async ({ body, message }) => {
		const { status, messages } = await new Bench().call('POST', path, { body });
		expect([status, messages]).toEqual([400, [message]]);
	});

	it('a SKU that the catalogue does not have, if the switch says so', async () => {
		const bench = new Bench({ switches: { unknownSku: 'refuse' } });
		const { status, messages } = await bench.call('POST', path, {
			body: { hiddenOffers: [{ offerId: 'NONE' }] },
		});
		expect([status, messages]).toEqual([400, ["Unknown shop-sku 'NONE'"]]);
	});
});

describe('hiding', () => {
	it('lasts until it is taken back', async () => {
		const bench = new Bench();
		expect((await bench.hide(['SKU-00001', ' SKU-00002 '])).body).toEqual({ status: 'OK' });
		expect(hiddenSkus(await bench.hidden())).toEqual(['SKU-00001', 'SKU-00002']);
		expect((await bench.reveal(['SKU-00001'])).body).toEqual({ status: 'OK' });
		expect(hiddenSkus(await bench.hidden())).toEqual(['SKU-00002']);
	});

	it('is not undone by a balance', async () => {
		const bench = new Bench();
		await bench.hide(['SKU-00001']);
		await bench.send([entry('SKU-00001', 5)]);
		expect(hiddenSkus(await bench.hidden())).toEqual(['SKU-00001']);
	});

	it('concerns one store, even in a warehouse group', async () => {
		const bench = new Bench();
		await bench.hide(['SKU-00001'], STORES.fbs.campaignId);
		expect(hiddenSkus(await bench.hidden('', STORES.groupMate.campaignId))).toEqual([]);
	});

	it('takes 500 offers, and passes over unknown ones', async () => {
		const bench = new Bench();
		const { status } = await bench.hide(Array.from({ length: 500 }, (_, index) => skuAt(index)));
		expect(status).toBe(200);
		expect(hiddenSkus(await bench.hidden())).toHaveLength(50);
	});

	it('refuses an offer that is named twice; revealing does not', async () => {
		const bench = new Bench();
		const { status, messages } = await bench.hide(['SKU-00001', 'b', 'SKU-00001 ', 'b']);
		expect([status, messages]).toEqual([
			400,
			[
				"Duplicate offerId='SKU-00001' at positions '0, 2'",
				"Duplicate offerId='b' at positions '1, 3'",
			],
		]);
		expect(bench.market.offer(21_000_001, 'SKU-00001').hidden).toBe(false);
		expect((await bench.reveal(['SKU-00001', 'SKU-00001'])).status).toBe(200);
	});
});

describe('getHiddenOffers', () => {
	it('answers for the offers that are asked for', async () => {
		const bench = new Bench();
		await bench.hide(['SKU-00001', 'SKU-00002', 'SKU-00003']);
		const reply = await bench.hidden(
			'?offer_id=SKU-00003&offer_id=%20SKU-00001&offer_id=SKU-00009',
		);
		expect(hiddenSkus(reply)).toEqual(['SKU-00001', 'SKU-00003']);
	});

	it('refuses a blank offer_id', async () => {
		expect((await new Bench().hidden('?offer_id=')).status).toBe(400);
	});
});
