import { join } from 'node:path';

import type { Workflow, CredentialReference } from '../../../../lab/n8n/workflow';
import { STORES, type Catalogue } from '../../../../sandbox';
import type { TestBed } from '../testBed';
import { WEBHOOK } from './bitrix24';
import { MOYSKLAD_TOKEN } from './moysklad';
import { USER_OF_1C } from './oneC';
import { filledIn, type FillIn } from './readyFlow';

/** The header that the webhook's callers have to send. */
export const SECRET = { name: 'X-Secret', value: 'known-to-the-erp-alone' };

/** What the seller's kits consist of. */
export const KITS = [
	{ kit: 'TEA-SET', part: 'CUP', quantity: 2 },
	{ kit: 'TEA-SET', part: 'SAUCER', quantity: 1 },
	{ kit: 'GIFT', part: 'CUP', quantity: 1 },
	{ kit: 'GIFT', part: 'RIBBON', quantity: 0.5 },
];

/** What a seller has at hand to fill in flows with. */
export interface Seller {
	/** Path of a file with balances, within the folder that n8n may read. */
	file: string;
	market: CredentialReference;
	headerAuth: CredentialReference;
	postgres: CredentialReference;
	googleSheets: CredentialReference;
	telegram: CredentialReference;
	moysklad: CredentialReference;
	oneC: CredentialReference;
	bitrix24: CredentialReference;
}

/** The table of the seller's database. */
export const TABLE = 'balances';

/**
 * A seller with an account in the sandbox's Market. The credentials for Postgres, Google, Telegram, МойСклад, 1C and
 * Bitrix24 are of the right kind, but lead nowhere.
 *
 * @param file name of the file with balances
 */
export async function sellerOf(
	{ client, apiKey, home }: TestBed,
	file = 'balances.csv',
): Promise<Seller> {
	const nowhere = { host: '127.0.0.1', port: 1, database: 'shop', user: 'shop', password: 'shop' };
	const noApp = { clientId: 'client', clientSecret: 'secret' };
	return {
		file: join(home.files, file),
		market: apiKey,
		headerAuth: await client.createCredential({
			name: 'ERP',
			type: 'httpHeaderAuth',
			data: SECRET,
		}),
		postgres: await client.createCredential({ name: 'Shop', type: 'postgres', data: nowhere }),
		googleSheets: await client.createCredential({
			name: 'Google',
			type: 'googleSheetsOAuth2Api',
			data: noApp,
		}),
		telegram: await client.createCredential({
			name: 'Bot',
			type: 'telegramApi',
			data: { accessToken: '1:abc', baseUrl: 'http://127.0.0.1:1' },
		}),
		moysklad: await client.createCredential({
			name: 'МойСклад',
			type: 'httpBearerAuth',
			data: { token: MOYSKLAD_TOKEN },
		}),
		oneC: await client.createCredential({
			name: '1C',
			type: 'httpBasicAuth',
			data: USER_OF_1C,
		}),
		bitrix24: await client.createCredential({
			name: 'Bitrix24',
			type: 'httpCustomAuth',
			data: { json: JSON.stringify({ body: WEBHOOK }) },
		}),
	};
}

/** A flow, filled in as its notes say by a seller with this test bed, and then with what the test itself wants. */
export async function filledInBy(
	seller: Seller,
	name: string,
	...others: FillIn[]
): Promise<Workflow> {
	return await filledIn(name, [...(FILL_INS[name]?.(seller) ?? []), ...others]);
}

/** A catalogue of offers whose names and prices do not matter. */
export function catalogueOf(...skus: string[]): Catalogue {
	return skus.map((sku) => ({ sku, name: sku, price: 500 }));
}

/** What each flow asks for, in the order of its numbered lines; by the flow's name. */
export const FILL_INS: Record<string, (seller: Seller) => FillIn[]> = {
	'check-integration': (seller) => [
		readTheFile(seller),
		{ ...marketStep(seller, 'Hide Offers'), parameters: { store: fbsStore } },
		marketStep(seller, 'Update Stocks'),
		marketStep(seller, 'Unhide Offers'),
	],
	'show-hidden-again': (seller) => [marketStep(seller, 'Show Again')],
	'csv-or-excel-file': (seller) => [readTheFile(seller), updateStocks(seller)],
	'kits-from-parts': (seller) => [
		{ node: 'Kits', parameters: { jsonOutput: JSON.stringify({ kits: KITS }) } },
		readTheFile(seller),
		updateStocks(seller),
	],
	'postgres-table': (seller) => [balancesOfTheTable(seller), updateStocks(seller)],
	'erp-webhook': (seller) => [
		{ node: 'Change from the ERP', credentials: { httpHeaderAuth: seller.headerAuth } },
		updateStocks(seller),
	],
	'every-15-minutes-changes-only': (seller) => [readTheFile(seller), updateStocks(seller)],
	'several-stores-from-one-sheet': (seller) => [
		readTheFile(seller),
		marketStep(seller, 'Update Stocks'),
	],
	'errors-to-a-file': (seller) => [readTheFile(seller), updateStocks(seller)],
	'whole-file-nightly': (seller) => [readTheFile(seller), updateStocks(seller)],
	'send-to-warehouses': (seller) => [
		readTheFile(seller),
		{ ...marketStep(seller, 'Update Stocks'), parameters: { business } },
	],
	'1c-free-stock': (seller) => [
		{ node: 'Free Stock of 1C', credentials: { httpBasicAuth: seller.oneC } },
		updateStocks(seller),
	],
	bitrix24: (seller) => [
		{ node: 'Your Bitrix24' },
		...['Catalogues', 'Goods', 'Balances by Store'].map((node) => ({
			node,
			credentials: { httpCustomAuth: seller.bitrix24 },
		})),
		updateStocks(seller),
	],
	moysklad: (seller) => [
		...['What Changed', 'Their SKUs', 'All Goods'].map((node) => ({
			node,
			credentials: { httpBearerAuth: seller.moysklad },
		})),
		updateStocks(seller),
	],
	'running-out': (seller) => [
		{ node: 'Fewer Than' },
		{ ...marketStep(seller, 'Offers on Sale'), parameters: { store: fbsStore } },
		marketStep(seller, 'Stocks'),
		message(seller),
	],
	'drift-watch': (seller) => [
		balancesOfTheTable(seller),
		{ ...marketStep(seller, 'Compare'), parameters: { store: fbsStore } },
		marketStep(seller, 'Update Stocks'),
		message(seller),
	],
	'ledger-goods-in': (seller) => [
		{ node: 'Document', credentials: { httpHeaderAuth: seller.headerAuth } },
		postgresStep(seller, 'Book'),
	],
	'ledger-shop-sales': (seller) => [
		postgresStep(seller, 'Sales of the Shop'),
		postgresStep(seller, 'Book'),
	],
	'ledger-send': (seller) => [
		postgresStep(seller, 'What Changed'),
		updateStocks(seller),
		postgresStep(seller, 'Note What Was Taken'),
	],
	'ledger-nightly-all': (seller) => [postgresStep(seller, 'All Balances'), updateStocks(seller)],
	'ledger-orders-in': (seller) => [
		...['Order Events', 'Changed Orders', 'Orders of 30 Days'].map((node) =>
			ordersStep(seller, node),
		),
		postgresStep(seller, 'Take Orders'),
	],
	'orders-to-erp': (seller) => [
		...['Order Events', 'Changed Orders'].map((node) => ordersStep(seller, node)),
		{ node: 'Tell the ERP', credentials: { httpHeaderAuth: seller.headerAuth } },
	],
	'google-sheets': (seller) => [
		{
			node: 'Rows of the Sheet',
			parameters: {
				documentId: { __rl: true, mode: 'id', value: 'a-document' },
				sheetName: { __rl: true, mode: 'name', value: 'Balances' },
			},
			credentials: { googleSheetsOAuth2Api: seller.googleSheets },
		},
		updateStocks(seller),
	],
};

const { campaignId, domain } = STORES.fbs;
const fbsStore = { __rl: true, mode: 'list', value: String(campaignId), cachedResultName: domain };
const fbsBusiness = {
	__rl: true,
	mode: 'list',
	value: String(STORES.fbs.businessId),
	cachedResultName: STORES.fbs.businessName,
};

const { businessId, businessName } = STORES.warehouseFbs;
const business = {
	__rl: true,
	mode: 'list',
	value: String(businessId),
	cachedResultName: businessName,
};

function readTheFile({ file }: Seller): FillIn {
	return { node: 'Read the File', parameters: { fileSelector: file.replaceAll('\\', '/') } };
}

function balancesOfTheTable({ postgres }: Seller): FillIn {
	return {
		node: 'Balances of the Table',
		parameters: { table: { __rl: true, mode: 'list', value: TABLE, cachedResultName: TABLE } },
		credentials: { postgres },
	};
}

function message({ telegram }: Seller): FillIn {
	return { node: 'Message', parameters: { chatId: '42' }, credentials: { telegramApi: telegram } };
}

function marketStep({ market }: Seller, node: string): FillIn {
	return { node, credentials: { yandexMarketApi: market } };
}

function postgresStep({ postgres }: Seller, node: string): FillIn {
	return { node, credentials: { postgres } };
}

/** A step that reads orders. */
function ordersStep(seller: Seller, node: string): FillIn {
	return { ...marketStep(seller, node), parameters: { business: fbsBusiness } };
}

function updateStocks(seller: Seller): FillIn {
	return { ...marketStep(seller, 'Update Stocks'), parameters: { store: fbsStore } };
}
