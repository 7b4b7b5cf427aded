import { readdirSync } from 'node:fs';
import path from 'node:path';

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { STORES, TOKENS } from '../../sandbox';
import type { NodeResult } from '../support/engine';
import { skuOf, useSandbox } from '../support/useSandbox';
import { stepOf } from './support/flowSteps';

const FLOWS = path.join(__dirname, '..', '..', 'workflows');

/** An Excel sheet may be empty. The step behind it stops the flow if no rows came, from whatever file. */
const FILE = ['Cells of the Excel File'];

/** The steps of each flow from which its rows come. */
const ROWS_COME_FROM: Record<string, string[]> = {
	'1c-free-stock': ['Free Stock of 1C'],
	bitrix24: ['Catalogues', 'Goods'],
	'check-integration': FILE,
	'csv-or-excel-file': FILE,
	'drift-watch': ['Balances of the Table'],
	'erp-webhook': ['Each Change'],
	'errors-to-a-file': FILE,
	'every-15-minutes-changes-only': FILE,
	'google-sheets': ['Rows of the Sheet'],
	'kits-from-parts': FILE,
	'ledger-nightly-all': ['All Balances'],
	// Nothing has changed most of the time.
	'ledger-send': [],
	moysklad: ['All Goods'],
	'postgres-table': ['Balances of the Table'],
	'send-to-warehouses': FILE,
	'several-stores-from-one-sheet': FILE,
	'whole-file-nightly': FILE,
};

/**
 * Flows that send no balances: one shows again what another has noted as hidden, most often nothing; one only reads; the
 * others carry movements and orders into the ledger or an ERP.
 */
const WITHOUT_BALANCES = [
	'ledger-goods-in',
	'ledger-orders-in',
	'ledger-shop-sales',
	'orders-to-erp',
	'running-out',
	'show-hidden-again',
];

/** Flows that send what changed: a change to zero says nothing about the whole, which another step checks if there is one. */
const OF_CHANGES = [
	'drift-watch',
	'erp-webhook',
	'every-15-minutes-changes-only',
	'ledger-send',
	'moysklad',
];

const flows = Object.entries(ROWS_COME_FROM);
const ofWholeCatalogues = flows.filter(([flow]) => !OF_CHANGES.includes(flow));

const shop = useSandbox();

const locator = (value: number) => ({ __rl: true, mode: 'id', value: String(value) });

/** Runs a flow's own step Update Stocks on rows, with the store and the business chosen that its note asks for. */
async function updateStocks(flow: string, rows: IDataObject[]): Promise<NodeResult> {
	const { parameters, onError } = stepOf(flow, 'Update Stocks');
	const { options, store, ...others } = parameters as INodeParameters & {
		options: INodeParameters;
		store?: { value: string };
	};
	const { skuField, stockField } = others;
	const isChosenElsewhere = store?.value !== '={{ $json.campaignId }}';
	const named = rows.map(({ sku, stock, ...row }) =>
		sku === undefined ? row : { [skuField as string]: sku, [stockField as string]: stock, ...row },
	);
	return await shop.update(named, {
		onError,
		options,
		apiKey: others.sendTo === 'warehouse' ? TOKENS.warehouseAll : TOKENS.allMethods,
		parameters: {
			...others,
			store: isChosenElsewhere ? locator(STORES.fbs.campaignId) : (store as never),
			business: locator(STORES.warehouseFbs.businessId),
		},
	});
}

const ROWS = 20;

/** Twenty rows, of which so many are zero, with what a flow's source may name. */
function rowsWithZeros(zeros: number): IDataObject[] {
	return Array.from({ length: ROWS }, (_, index) => ({
		sku: skuOf(index + 1),
		stock: index < zeros ? 0 : 7,
		moment: new Date().toISOString(),
		updatedAt: new Date().toISOString(),
		campaignId: STORES.fbs.campaignId,
		warehouse: STORES.warehouseFbs.warehouseId,
	}));
}

/** Requests that carry balances. */
const sent = () =>
	shop.requests().filter((request) => request.startsWith('PUT') || request.includes('/v3/'));

it('every ready flow is looked at', () => {
	const files = readdirSync(FLOWS).filter((file) => file.endsWith('.json'));
	const looked = [...flows.map(([flow]) => flow), ...WITHOUT_BALANCES];
	expect(looked.map((flow) => `${flow}.json`).sort()).toEqual(files.sort());
});

describe.each(ofWholeCatalogues)('%s', (flow) => {
	it('sends nothing if more than half of the balances are zero, and says so', async () => {
		const { items, errorItems, error } = await updateStocks(flow, rowsWithZeros(ROWS / 2 + 1));
		expect(sent()).toEqual([]);
		expect(JSON.stringify([error?.message, error?.description, items, errorItems])).toContain(
			'Zero Guard',
		);
	});

	it('sends all if no more than half are', async () => {
		const { status, items } = await updateStocks(flow, rowsWithZeros(ROWS / 2));
		expect(status).toBe('success');
		expect(items.map(({ json }) => json.status)).toEqual(
			Array(ROWS).fill(expect.stringMatching(/^(accepted|confirmed)$/)),
		);
		expect(sent()).not.toEqual([]);
	});
});

describe.each(flows)('%s', (flow) => {
	it('names a mistyped SKU and the one that was meant, and sends the others', async () => {
		const rows = rowsWithZeros(0);
		const { items, errorItems, error } = await updateStocks(flow, [
			...rows,
			{ ...rows[0], sku: 'sku-1' },
		]);
		expect(JSON.stringify([error?.message, items, errorItems])).toMatch(
			/probably meant: \\+"SKU-00001\\+" \(differs in capital and small letters, leading zeros\)/,
		);
		const { campaignId } = flow === 'send-to-warehouses' ? STORES.warehouseFbs : STORES.fbs;
		expect([1, ROWS].map((offer) => shop.available(offer, campaignId))).toEqual([7, 7]);
	});
});

const withSource = flows.filter(([, sources]) => sources.length > 0);

describe.each(withSource)('%s, whose source is empty', (flow, sources) => {
	it.each(sources)('goes on after "%s" all the same', (source) => {
		expect(stepOf(flow, source).alwaysOutputData).toBe(true);
	});
});

describe.each(ofWholeCatalogues)(
	'%s, whose source gives the one empty item of Always Output Data',
	(flow) => {
		it('says of it that it holds no balance, and sends nothing', async () => {
			const { status, items, errorItems } = await updateStocks(flow, [{}]);
			expect(sent()).toEqual([]);
			const accepted = items.filter(({ json }) => json.status !== 'failed');
			expect([accepted, status === 'error' || items.length + errorItems.length === 1]).toEqual([
				[],
				true,
			]);
		});
	},
);
