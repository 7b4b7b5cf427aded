import { setTimeout as delay } from 'node:timers/promises';

import axios from 'axios';

import { generateCatalogue, STORES } from '../../sandbox';
import { stockRow } from '../support/outputRows';
import { filledIn, readyFlow } from './support/flows/readyFlow';
import { FILL_INS, filledInBy, SECRET, sellerOf } from './support/flows/seller';
import { useTestBed } from './support/testBed';

const NAME = 'erp-webhook';

const bed = useTestBed({ sandbox: { catalogue: generateCatalogue(100) } });

const available = (sku: string) => bed().market.offer(STORES.fbs.campaignId, sku).available;
const written = () =>
	bed()
		.market.calls()
		.filter(({ verb }) => verb === 'PUT');

/** A balance that is true now, as the ERP sends it. */
const now = (sku: string, stock: unknown) => ({ sku, stock, updatedAt: new Date().toISOString() });

/** What the ERP does on a change. */
const call = async (
	body: unknown,
	headers: Record<string, string> = { [SECRET.name]: SECRET.value },
) => {
	const { nodes } = await readyFlow(NAME);
	const path = nodes.find(({ name }) => name === 'Change from the ERP')?.parameters['path'];
	const options = { headers, proxy: false, validateStatus: () => true } as const;
	return await axios.post(`${bed().url}/webhook/${path}`, body, options);
};

beforeAll(async () => {
	const flow = await filledInBy(await sellerOf(bed()), NAME);
	await bed().client.activate(await bed().client.importWorkflow(flow));
	while ((await call({}, {})).status === 404) await delay(100, undefined, { signal: bed().signal });
});

it('takes one change and answers with its outcome', async () => {
	const change = now('SKU-00001', 3);
	const { status, data } = await call(change);
	expect(status).toBe(200);
	expect(data).toEqual([
		stockRow({
			sku: 'SKU-00001',
			count: 3,
			store: '21000001',
			status: 'accepted',
			updatedAt: change.updatedAt,
		}),
	]);
	expect(available('SKU-00001')).toBe(3);
});

it('takes a list of changes in one request to the Market', async () => {
	const { status, data } = await call([now('SKU-00001', 5), now('SKU-00002', 0)]);
	expect(status).toBe(200);
	expect(data).toMatchObject([{ status: 'accepted' }, { status: 'accepted' }]);
	expect([available('SKU-00001'), available('SKU-00002')]).toEqual([5, 0]);
	expect(written()).toHaveLength(1);
});

it('takes the good ones of a list and says which were not taken, why, and what to do', async () => {
	bed().market.setSwitches({ poisonedSkus: [{ sku: 'SKU-00003', naming: 'listed' }] });
	const { status, data } = await call([
		now('SKU-00001', 7),
		now('SKU-00002', 'some'),
		now('SKU-00003', 1),
	]);
	expect(status).toBe(422);
	expect(data).toMatchObject([
		{ sku: 'SKU-00001', status: 'accepted' },
		{
			sku: 'SKU-00002',
			status: 'failed',
			reason: expect.stringContaining('"some"'),
			input: { stock: 'some' },
		},
		{ sku: 'SKU-00003', status: 'failed', advice: expect.any(String) },
	]);
	expect(['SKU-00001', 'SKU-00002', 'SKU-00003'].map(available)).toEqual([7, null, null]);
});

it.each([
	['no change at all', [], 'The source has no rows', 'holds rows'],
	['an empty object', {}, 'The source has no rows', 'holds rows'],
	[
		'other fields',
		{ article: 'SKU-00001', quantity: 1 },
		'SKU is missing: the item has no field "sku"',
		'"article", "quantity"',
	],
])('says what is missing in a call with %s', async (_case, body, reason, advice) => {
	const { status, data } = await call(body);
	expect(status).toBe(422);
	expect(data).toMatchObject([{ status: 'failed', reason }]);
	expect(data[0].advice).toContain(advice);
	expect(written()).toEqual([]);
});

it('takes no change without its moment: n8n gives none that could replace it', async () => {
	const { status, data } = await call([{ sku: 'SKU-00001', stock: 5 }, now('SKU-00002', 6)]);
	expect(status).toBe(422);
	expect(data).toMatchObject([
		{ status: 'failed', reason: 'Updated At is missing: the item has no field "updatedAt"' },
		{ status: 'accepted' },
	]);
	expect(['SKU-00001', 'SKU-00002'].map(available)).toEqual([null, 6]);
});

it('leaves the newer of two calls in the Market, however close together they come', async () => {
	const pairs = Array.from({ length: 100 }, (_, index) => ({
		offer: index + 1,
		apartMs: 1 + 3 * index,
	}));
	const skuOf = (offer: number) => `SKU-${String(offer).padStart(5, '0')}`;
	// Ten at a time: calls overtake each other most when n8n is busy.
	const turns = Array.from({ length: 10 }, (_, turn) =>
		pairs.filter(({ offer }) => offer % 10 === turn),
	);
	await Promise.all(
		turns.map(async (turn) => {
			for (const { offer, apartMs } of turn) {
				const older = call(now(skuOf(offer), 1));
				await delay(apartMs);
				const replies = await Promise.all([older, call(now(skuOf(offer), 2))]);
				expect(replies.map(({ status }) => status)).toEqual([200, 200]);
			}
		}),
	);
	const held = pairs.map(({ offer }) => available(skuOf(offer)));
	expect(held).toEqual(pairs.map(() => 2));
});

it.each([
	['without the secret', {}],
	['with another secret', { [SECRET.name]: 'guessed' }],
])('refuses a call %s, and changes nothing', async (_case, headers) => {
	const { status } = await call(now('SKU-00001', 9), headers);
	expect(status).toBe(403);
	expect(bed().market.calls()).toEqual([]);
});

it('cannot be published without a secret', async () => {
	const [, ...others] = FILL_INS[NAME]!(await sellerOf(bed()));
	const elsewhere = { node: 'Change from the ERP', parameters: { path: 'without-a-secret' } };
	const id = await bed().client.importWorkflow(await filledIn(NAME, [elsewhere, ...others]));
	await expect(bed().client.activate(id)).rejects.toThrow(
		'Missing required credential: httpHeaderAuth',
	);
});
