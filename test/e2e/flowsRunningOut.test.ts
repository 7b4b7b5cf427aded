import type { CredentialReference } from '../../lab/n8n/workflow';
import { STORES } from '../../sandbox';
import { catalogueOf, filledInBy, sellerOf } from './support/flows/seller';
import { startTelegram, type Telegram } from './support/flows/telegram';
import { useTestBed } from './support/testBed';

const NAME = 'running-out';
const STORE = STORES.fbs.campaignId;
const [FEW, GONE, ENOUGH, HIDDEN] = ['ВАЗА-1', 'ВАЗА-2', 'ВАЗА-3', 'ВАЗА-4'] as const;

const bed = useTestBed({ sandbox: { catalogue: catalogueOf(FEW, GONE, ENOUGH, HIDDEN) } });

let telegram: Telegram;
let bot: CredentialReference;
beforeAll(async () => {
	telegram = await startTelegram();
	const data = { accessToken: '1:abc', baseUrl: telegram.url };
	bot = await bed().client.createCredential({ name: 'Bot', type: 'telegramApi', data });
});
afterAll(async () => await telegram.stop());

/** One run; by default its message gets through. */
const run = async (chat: CredentialReference = bot) =>
	await bed().run(await filledInBy({ ...(await sellerOf(bed())), telegram: chat }, NAME));
/** What was said since this was last asked. */
const said = () => telegram.messages.splice(0).map(({ text }) => text);
const hold = (stocks: Record<string, number>) => {
	for (const [sku, stock] of Object.entries(stocks)) bed().market.setBalance(STORE, sku, stock);
};

it('tells each SKU once, in one message a day, and only after the message before got through', async () => {
	hold({ [FEW]: 4, [GONE]: 0, [ENOUGH]: 5, [HIDDEN]: 1 });
	bed().market.setHidden(STORE, HIDDEN, true);

	const { telegram: nowhere } = await sellerOf(bed());
	expect((await run(nowhere)).status).toBe('error');

	expect((await run()).status).toBe('success');
	expect(telegram.messages).toMatchObject([{ chat_id: '42', parse_mode: 'HTML' }]);
	expect(said()).toEqual([`2 SKUs have fewer than 5 left:\n${GONE}: sold out\n${FEW}: 4`]);

	expect((await run()).status).toBe('success');
	expect(said()).toEqual([]);

	hold({ [FEW]: 9, [GONE]: 9, [ENOUGH]: 1 });
	expect((await run()).status).toBe('success');
	expect(said()).toEqual([`1 SKU has fewer than 5 left:\n${ENOUGH}: 1`]);

	hold({ [FEW]: 0 });
	expect((await run()).status).toBe('success');
	expect(said()).toEqual([`1 SKU has fewer than 5 left:\n${FEW}: sold out`]);
});

it('goes by the store’s own warehouse, not by the Market’s warehouse for returns', async () => {
	const [{ warehouseId }] = STORES.fbs.marketWarehouses;
	hold({ [FEW]: 9, [GONE]: 9, [ENOUGH]: 9, [HIDDEN]: 2 });
	bed().market.setMarketStock(STORE, warehouseId, GONE, 0);
	bed().market.setMarketStock(STORE, warehouseId, HIDDEN, 50);
	expect((await run()).status).toBe('success');
	expect(said()).toEqual([`1 SKU has fewer than 5 left:\n${HIDDEN}: 2`]);
});
