import type { IDataObject } from 'n8n-workflow';

import { redMessage } from '../support/stopAndError';
import { stepOf } from './support/flowSteps';

const CODES = [
	'ECONNREFUSED, ECONNRESET, ENOTFOUND, ETIMEDOUT, ERRADDRINUSE, EADDRNOTAVAIL, ECONNABORTED, EHOSTUNREACH',
	'EAI_AGAIN, ENOENT, EISDIR, ENOTDIR, EACCES, EEXIST, EPERM, GETADDRINFO, preexisting-1',
].flatMap((line) => line.split(', '));

/** What each flow says in red of a SKU that was not taken, and what comes into the step that says it. */
const FLOWS: Array<
	[flow: string, step: string, items: (sku: string) => IDataObject, said: RegExp]
> = [
	[
		'check-integration',
		'Not Everything Was Done',
		(sku) => ({
			...{ rows: 1, hidden: 0, updated: 0, shownAgain: 0 },
			notUpdated: [{ sku, reason: 'Stock is blank' }],
			notHidden: [],
			notShownAgain: [],
		}),
		/^Of 1 rows 0 were hidden, .*\nNot updated, see Update Stocks: (.*) \(Stock is blank\)$/,
	],
	[
		'every-15-minutes-changes-only',
		'Some Were Not Taken',
		(sku) => ({ sku, reason: 'Stock is blank' }),
		/^Not taken: 1\. Sent again at the next run: (.*) \(Stock is blank\)$/,
	],
	[
		'ledger-orders-in',
		'Some Were Not Taken',
		(sku) => ({ reason: `Order 7, SKU "${sku}": "held" must be a whole number` }),
		/^Not in the ledger: 1\. Order 7, SKU "(.*)": "held" must be a whole number$/,
	],
	[
		'ledger-send',
		'Some Were Not Taken',
		(sku) => ({ sku, reason: 'Stock is blank' }),
		/^Not taken: 1\. Sent again in 15 minutes: (.*) \(Stock is blank\)$/,
	],
	[
		'ledger-shop-sales',
		'Some Were Not Booked',
		(sku) => ({ reason: `Sale "S-1", SKU "${sku}": "count" must be a whole number` }),
		/^Not booked: 1\. Sale "S-1", SKU "(.*)": "count" must be a whole number$/,
	],
	[
		'orders-to-erp',
		'Some Were Not Told',
		(sku) => ({ orderId: '7', verified: true, error: { message: sku } }),
		/^Not in the ERP: 1\. Order 7 \((.*)\)$/,
	],
	[
		'whole-file-nightly',
		'Some Were Not Taken',
		(sku) => ({ SKU: sku, Reason: 'Stock is blank' }),
		/^Not taken: 1\. (.*) \(Stock is blank\)\. All of it is in the report beside the file\.$/,
	],
];

describe.each(FLOWS)('the red message of %s', (flow, step, items, said) => {
	it.each(CODES)('names the SKU %s, and n8n puts no other text in its place', async (sku) => {
		const { errorMessage } = stepOf(flow, step).parameters;
		const [, named = ''] =
			(await redMessage(errorMessage as string, [items(sku)]))?.match(said) ?? [];
		expect(JSON.parse(`"${named}"`)).toBe(sku);
	});
});
