import { STORES, TOKENS } from '../../sandbox';
import { Bench, entries, entry, shownOffers } from './support/bench';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** A moment of the bench's clock as the Market takes it. */
function at(bench: Bench, offsetMs: number): string {
	return new Date(bench.clock.now() + offsetMs).toISOString();
}

describe('a body that the Market refuses', () => {
	const cases: Array<{ name: string; body: unknown; message: string | RegExp }> = [
		{ name: 'no body', body: '', message: 'Required request body is missing' },
		{ name: 'null', body: 'null', message: 'Required request body is missing' },
		{ name: 'broken JSON', body: '{"skus": [', message: /^JSON: / },
		{ name: 'a list', body: '[]', message: /^JSON: / },
		{ name: 'bytes that are no UTF-8', body: Buffer.from([0x22, 0xff, 0x22]), message: /^JSON: / },
		{
			name: 'no skus',
			body: {},
			message: 'skus size must be between 1 and 2000 (rejected size: 0)',
		},
		{
			name: 'v3 body',
			body: { skuItems: [] },
			message: 'skus size must be between 1 and 2000 (rejected size: 0)',
		},
		{
			name: '0 skus',
			body: { skus: [] },
			message: 'skus size must be between 1 and 2000 (rejected size: 0)',
		},
		{
			name: '2001 skus',
			body: { skus: entries(2_001) },
			message: 'skus size must be between 1 and 2000 (rejected size: 2001)',
		},
		{ name: 'skus that are no list', body: { skus: 'a' }, message: 'Illegal input at skus' },
		{ name: 'a null entry', body: { skus: [null] }, message: 'skus[0] must not be null' },
		{ name: 'a text entry', body: { skus: ['a'] }, message: 'Illegal input at skus[0]' },
		{
			name: 'no sku',
			body: { skus: [{ items: [{ count: 1 }] }] },
			message: 'skus[0].sku must not be null',
		},
		{
			name: 'a numeric sku',
			body: { skus: [entry(557722)] },
			message: 'Illegal input at skus[0].sku',
		},
		{
			name: 'an empty sku',
			body: { skus: [entry('')] },
			message: /^skus\[0\]\.sku must match REGEX /,
		},
		{
			name: 'a blank sku',
			body: { skus: [entry(' \t ')] },
			message: /^skus\[0\]\.sku must match REGEX /,
		},
		{
			name: 'a line break',
			body: { skus: [entry('a\nb')] },
			message: /^skus\[0\]\.sku must match REGEX /,
		},
		{
			name: '256 characters',
			body: { skus: [entry('x'.repeat(256))] },
			message: 'skus[0].sku size must be between 1 and 255 (rejected size: 256)',
		},
		{
			name: 'no items',
			body: { skus: [{ sku: 'a' }] },
			message: 'skus[0].items size must be between 1 and 1 (rejected size: 0)',
		},
		{
			name: 'two items',
			body: { skus: [{ sku: 'a', items: [{ count: 1 }, { count: 2 }] }] },
			message: 'skus[0].items size must be between 1 and 1 (rejected size: 2)',
		},
		{
			name: 'a null item',
			body: { skus: [{ sku: 'a', items: [null] }] },
			message: 'skus[0].items[0] must not be null',
		},
		{
			name: 'no count',
			body: { skus: [{ sku: 'a', items: [{}] }] },
			message: 'skus[0].items[0].count must not be null',
		},
		{
			name: 'a null count',
			body: { skus: [entry('a', null)] },
			message: 'skus[0].items[0].count must not be null',
		},
		{
			name: 'a text count',
			body: { skus: [entry('a', '5')] },
			message: 'Illegal input at skus[0].items[0].count',
		},
		{
			name: 'a broken count',
			body: { skus: [entry('a', 1.5)] },
			message: 'Illegal input at skus[0].items[0].count',
		},
		{
			name: 'an endless count',
			body: '{"skus":[{"sku":"a","items":[{"count":1e999}]}]}',
			message: 'Illegal input at skus[0].items[0].count',
		},
		{
			name: 'a negative count',
			body: { skus: [entry('a'), entry('b'), entry('c'), entry('d', -1)] },
			message: 'skus[3].items[0].count must be greater than or equal to 0 (rejected value: -1)',
		},
		{
			name: 'a count above the maximum',
			body: { skus: [entry('a', 2_000_000_001)] },
			message:
				'skus[0].items[0].count must be less than or equal to 2000000000 (rejected value: 2000000001)',
		},
		{
			name: 'the same SKU twice after trimming',
			body: { skus: [entry('a'), entry(' a ')] },
			message: `Duplicate shop-sku 'a' for warehouse '${STORES.fbs.warehouseId}'`,
		},
		...[
			'yesterday',
			'2026-11-23',
			'2026-11-23T12:00:00',
			'2026-02-30T12:00:00Z',
			'2026-13-01T12:00:00Z',
			5,
		].map((updatedAt) => ({
			name: `the date ${updatedAt}`,
			body: { skus: [entry('a', 1, updatedAt)] },
			message: 'Illegal input at skus[0].items[0].updatedAt',
		})),
	];

	it.each(cases)('$name', async ({ body, message }) => {
		const {
			status,
			body: reply,
			messages,
		} = await new Bench().call('PUT', '/v2/campaigns/21000001/offers/stocks', {
			body,
		});
		expect(status).toBe(400);
		expect(reply.status).toBe('ERROR');
		expect(reply.errors?.[0]?.code).toBe('BAD_REQUEST');
		expect(messages).toHaveLength(1);
		expect(messages[0]).toEqual(
			typeof message === 'string' ? message : expect.stringMatching(message),
		);
	});

	it('is named in full, unless there are more than 20 violations', async () => {
		const bench = new Bench();
		expect((await bench.send([entry('', -1), entry('a', 'x')])).messages).toHaveLength(3);
		expect((await bench.send(Array.from({ length: 50 }, () => entry('')))).messages).toHaveLength(
			20,
		);
	});

	it('changes nothing', async () => {
		const bench = new Bench();
		await bench.send([entry('SKU-00001', 5), entry('SKU-00002', -1)]);
		expect(bench.market.balance(21_000_001, 'SKU-00001')).toBeUndefined();
	});

	it('has a content type that is not JSON', async () => {
		const { status, messages } = await new Bench().call(
			'PUT',
			'/v2/campaigns/21000001/offers/stocks',
			{
				body: { skus: entries(1) },
				headers: { 'Api-Key': TOKENS.allMethods, 'Content-Type': 'text/plain' },
			},
		);
		expect([status, messages]).toEqual([415, ["Content type 'text/plain' not supported"]]);
	});

	it('is longer than 512 KB', async () => {
		const padded = (bytes: number) => {
			const body = JSON.stringify({ skus: [entry('SKU-00001')] });
			return body + ' '.repeat(bytes - body.length);
		};
		const put = async (body: string) =>
			await new Bench().call('PUT', '/v2/campaigns/21000001/offers/stocks', { body });
		expect((await put(padded(524_288))).status).toBe(200);
		const { status, messages } = await put(padded(524_289));
		expect([status, messages]).toEqual([400, ['The request is too big']]);
	});
});

describe('a balance', () => {
	it.each([0, 1, 2_000_000_000])('of %d is taken and shown as AVAILABLE', async (count) => {
		const bench = new Bench();
		const { status, body } = await bench.send([entry('SKU-00001', count)]);
		expect([status, body]).toEqual([200, { status: 'OK' }]);
		expect(await bench.available('SKU-00001')).toBe(count);
	});

	it('is plain 0 when sent as -0', async () => {
		const bench = new Bench();
		await bench.call('PUT', '/v2/campaigns/21000001/offers/stocks', {
			body: '{"skus":[{"sku":"SKU-00001","items":[{"count":-0}]}]}',
		});
		expect(bench.market.balance(21_000_001, 'SKU-00001')?.available).toBe(0);
	});

	it('may come with 1999 others', async () => {
		expect((await new Bench().send(entries(2_000))).status).toBe(200);
	});

	it('replaces the one before', async () => {
		const bench = new Bench();
		await bench.send([entry('SKU-00001', 7)]);
		await bench.send([entry('SKU-00001', 3)]);
		expect(await bench.available('SKU-00001')).toBe(3);
	});

	it('finds its offer in spite of outer blanks, but not of case or leading zeros', async () => {
		const bench = new Bench({ catalogue: [{ sku: '0557722', name: 'Mug', price: 1 }] });
		await bench.send([entry(' 0557722\n', 4), entry('557722', 9)]);
		expect(await bench.available('0557722')).toBe(4);
		const sensitive = new Bench();
		await sensitive.send([entry('sku-00001', 9)]);
		expect(sensitive.market.balance(21_000_001, 'SKU-00001')).toBeUndefined();
	});

	it('shows in every store of the group, and in no other', async () => {
		const bench = new Bench();
		await bench.send([entry('SKU-00001', 5)], STORES.groupMate.campaignId);
		expect(await bench.available('SKU-00001', STORES.fbs.campaignId)).toBe(5);
		expect(await bench.available('SKU-00001', STORES.dbs.campaignId)).toBeUndefined();
	});
});

describe('updatedAt', () => {
	const refusals = [
		{
			name: 'a moment ahead',
			offset: 1,
			message: "Stock for 'SKU-00001' should not be in the future",
		},
		{
			name: 'over a day old',
			offset: -DAY_MS - 1,
			message: "Stock for 'SKU-00001' should not be older than a day",
		},
	];
	it.each(refusals)('$name is refused with the whole request', async ({ offset, message }) => {
		const bench = new Bench();
		const reply = await bench.send([
			entry('SKU-00002', 5),
			entry('SKU-00001', 5, at(bench, offset)),
		]);
		expect([reply.status, reply.messages]).toEqual([400, [message]]);
		expect(bench.market.balance(21_000_001, 'SKU-00002')).toBeUndefined();
	});

	it.each([0, -DAY_MS])('now%d ms is taken', async (offset) => {
		const bench = new Bench();
		expect((await bench.send([entry('SKU-00001', 5, at(bench, offset))])).status).toBe(200);
		expect(await bench.available('SKU-00001')).toBe(5);
	});

	it('is read with its offset', async () => {
		const bench = new Bench();
		expect((await bench.send([entry('SKU-00001', 5, '2026-11-23T15:00:00+03:00')])).status).toBe(
			200,
		);
		expect((await bench.send([entry('SKU-00001', 5, '2026-11-23T15:00:01+03:00')])).status).toBe(
			400,
		);
	});

	it('older than what is held: 200, and only the shown date moves', async () => {
		const bench = new Bench();
		await bench.send([entry('SKU-00001', 5, at(bench, -1_000))]);
		expect((await bench.send([entry('SKU-00001', 9, at(bench, -2_000))])).status).toBe(200);
		const [offer] = shownOffers(await bench.stocks('', { offerIds: ['SKU-00001'] }));
		expect(offer?.stocks[0]).toEqual({ type: 'AVAILABLE', count: 5 });
		expect(offer?.updatedAt).toBe(at(bench, -2_000));
		// What is held is still the newer one: a date between the two is too old as well.
		await bench.send([entry('SKU-00001', 9, at(bench, -1_500))]);
		expect(await bench.available('SKU-00001')).toBe(5);
	});

	it('the same as what is held: applied', async () => {
		const bench = new Bench();
		await bench.send([entry('SKU-00001', 5, at(bench, -1_000))]);
		await bench.send([entry('SKU-00001', 9, at(bench, -1_000))]);
		expect(await bench.available('SKU-00001')).toBe(9);
	});

	it.each([undefined, null])(
		'%s stands for the time at which the Market takes it',
		async (updatedAt) => {
			const bench = new Bench({ switches: { latencyMs: 500 } });
			const sent = bench.send([entry('SKU-00001', 5, updatedAt)]);
			bench.clock.turn(500);
			await sent;
			expect(bench.market.balance(21_000_001, 'SKU-00001')?.stamp).toBe(bench.clock.now());
		},
	);

	it('is held against the Market’s clock, not the machine’s', async () => {
		const bench = new Bench({ switches: { clockSkewMs: -60_000 } });
		const { status } = await bench.send([entry('SKU-00001', 5, at(bench, -59_999))]);
		expect(status).toBe(400);
		expect((await bench.send([entry('SKU-00001', 5, at(bench, -60_000))])).status).toBe(200);
	});
});

describe('a SKU that the catalogue does not have', () => {
	it('is passed over, and the others are taken', async () => {
		const bench = new Bench();
		expect((await bench.send([entry('NONE', 5), entry('SKU-00001', 5)])).status).toBe(200);
		expect(await bench.available('SKU-00001')).toBe(5);
		expect(await bench.available('NONE')).toBeUndefined();
	});

	it('spoils the request if the switch says so', async () => {
		const bench = new Bench({ switches: { unknownSku: 'refuse' } });
		const { status, messages } = await bench.send([entry('SKU-00001', 5), entry('NONE', 5)]);
		expect([status, messages]).toEqual([400, ["Unknown shop-sku 'NONE'"]]);
		expect(await bench.available('SKU-00001')).toBeUndefined();
	});
});

describe('hostile SKUs', () => {
	const objects = ['__proto__', 'constructor', 'toString'];
	const hostile = [...objects, '🧦🧦', '\ud800', 'tab\tinside', '<b>', "'; --", 'x'.repeat(255)];

	it.each(hostile)('%j is a SKU like any other', async (sku) => {
		const bench = new Bench({ catalogue: [{ sku, name: 'Trap', price: 1 }] });
		expect((await bench.send([entry(sku, 5)])).status).toBe(200);
		expect(await bench.available(sku)).toBe(5);
	});

	it.each(hostile)('%j is unknown if the catalogue has no such offer', async (sku) => {
		const bench = new Bench({ switches: { unknownSku: 'refuse' } });
		expect((await bench.send([entry(sku)])).messages).toEqual([`Unknown shop-sku '${sku}'`]);
	});

	it('a body’s own __proto__ lends it no fields', async () => {
		const { messages } = await new Bench().call('PUT', '/v2/campaigns/21000001/offers/stocks', {
			body: '{"__proto__":{"skus":[{"sku":"SKU-00001","items":[{"count":1}]}]}}',
		});
		expect(messages).toEqual(['skus size must be between 1 and 2000 (rejected size: 0)']);
	});
});
