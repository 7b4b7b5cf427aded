import { readFile } from 'node:fs/promises';

import { parse } from 'csv-parse/sync';

import { STORES } from '../../sandbox';
import { node } from './support/flow';
import { useFiles } from './support/flows/files';
import { noteOf, withStepInstead } from './support/flows/readyFlow';
import { catalogueOf, filledInBy, sellerOf } from './support/flows/seller';
import { startTelegram, type Telegram } from './support/flows/telegram';
import { useTestBed } from './support/testBed';

const NAME = 'errors-to-a-file';
const CYRILLIC = 'КРУЖКА-01';
const catalogue = catalogueOf(CYRILLIC, 'SKU-00001', 'SKU-00002', 'SKU-00003');

const bed = useTestBed({ sandbox: { catalogue } });
const files = useFiles(bed);

const flow = async () => await filledInBy(await sellerOf(bed()), NAME);
const balances = () =>
	bed()
		.market.offers(STORES.fbs.campaignId)
		.map(({ available }) => available);
const written = async () => (await files.names()).filter((file) => file.startsWith('not-taken'));

describe('rows that were not taken', () => {
	it('go with reason and advice into a file beside the one that was read, and Excel can open it', async () => {
		bed().market.setSwitches({ poisonedSkus: [{ sku: CYRILLIC, naming: 'named' }] });
		await files.write(
			'balances.csv',
			'sku,stock',
			`${CYRILLIC},6`,
			'SKU-00001,5',
			'SKU-00002,-2',
			',8',
			'SKU-00003,3',
		);
		expect((await bed().run(await flow())).status).toBe('success');
		expect(balances()).toEqual([null, 5, null, 3]);

		expect(await written()).toEqual([
			expect.stringMatching(/^not-taken \d{4}-\d\d-\d\d \d\d-\d\d-\d\d\.csv$/),
		]);
		const csv = await readFile(files.pathOf((await written())[0]!), 'utf8');
		// Without this mark Excel would show Cyrillic letters as nonsense.
		expect(csv).toMatch(/^\uFEFF/);
		expect(parse(csv, { bom: true, delimiter: ';', columns: true })).toEqual([
			{
				SKU: CYRILLIC,
				Stock: '6',
				Reason: expect.stringContaining(`Stock for '${CYRILLIC}' is not allowed`),
				'What to do': 'Correct what the message names in the source, then run again.',
				Line: '2',
			},
			{
				SKU: 'SKU-00002',
				Stock: '-2',
				Reason: 'Stock "-2" is negative',
				'What to do': 'Correct it in the source, or set the option Negatives to Send Zero.',
				Line: '4',
			},
			{
				SKU: '',
				Stock: '8',
				Reason: 'SKU is blank',
				'What to do': 'Give every item a SKU, exactly as it is written in the catalogue.',
				Line: '5',
			},
		]);
	});

	it('leave no file if there are none', async () => {
		await files.write('balances.csv', 'sku,stock', 'SKU-00001,5');
		expect((await bed().run(await flow())).status).toBe('success');
		expect(balances()).toEqual([null, 5, null, null]);
		expect(await written()).toEqual([]);
	});
});

describe('a file from which nothing was taken', () => {
	it.each([
		['has no rows', ['sku,stock'], 'The file has a header (line 1), but no rows under it.', 0],
		[
			'is mostly zeros',
			['sku,stock', 'SKU-00001,0', 'SKU-00002,0', 'SKU-00003,3'],
			'None of 3 rows was taken: Store 21000001: 2 of 3 balances are zero',
			1,
		],
	])('turns the flow red if it %s, its rows in a file', async (_case, lines, words, count) => {
		await files.write('balances.csv', ...lines);
		const { status, error } = await bed().run(await flow());
		expect(status).toBe('error');
		expect(error).toContain(words);
		expect(balances()).toEqual([null, null, null, null]);
		expect(await written()).toHaveLength(count);
	});
});

describe('a chat message instead', () => {
	let telegram: Telegram;
	beforeAll(async () => {
		telegram = await startTelegram();
	});
	afterAll(async () => await telegram.stop());

	it('is set up as the note says: one message for all rows that were not taken', async () => {
		const data = { accessToken: '1:abc', baseUrl: telegram.url };
		const bot = await bed().client.createCredential({ name: 'Bot', type: 'telegramApi', data });
		await files.write('balances.csv', 'sku,stock', 'SKU-00001,5', 'SKU-00002,-2', 'SKU-00003,many');
		const published = await flow();
		const text = `=${/Text:\s+`(.+)`/.exec(noteOf(published))?.[1]}`;
		const parameters = { chatId: '42', text, additionalFields: { parse_mode: 'HTML' } };
		const message = {
			...node('Message', 'n8n-nodes-base.telegram', 1.2, parameters),
			credentials: { telegramApi: bot },
			executeOnce: true,
		};
		const toChat = withStepInstead(published, ['Table of Refused Rows', 'Save the File'], message);
		expect((await bed().run(toChat)).status).toBe('success');
		expect(balances()).toEqual([null, 5, null, null]);
		expect(telegram.messages).toMatchObject([{ chat_id: '42', parse_mode: 'HTML' }]);
		expect(telegram.messages[0]?.text).toMatch(
			/^2 rows were not taken. SKU-00002: Stock "-2" is negative\nSKU-00003: Stock "many" is/,
		);
	});
});
