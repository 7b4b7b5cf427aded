import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { hideOffers, type OfferRecord, type WriteMethod } from '../../market/methods';
import type { RepeatedRow } from '../../market/plan';
import { accepted, type Checked } from '../../market/refusal';
import { readSku } from '../../market/records/sku';
import { refuseHiding } from '../../market/storeCheck';
import { compareHidden } from '../../market/verify/hidden';
import { executeWrite } from './execute';
import { readOptions } from './options';
import { skuValue } from './properties';
import { openSource } from './sources';

/** Runs Hide Offers or Unhide Offers: both send SKUs alone, and differ in the method. */
export async function executeOffers(
	context: IExecuteFunctions,
	method: WriteMethod<OfferRecord>,
): Promise<INodeExecutionData[][]> {
	return await executeWrite(context, (items, startMs) => ({
		options: readOptions(context, {}),
		job: {
			method,
			startMs,
			refuseStore: refuseHiding,
			readRecord: openOffers(context, items),
			readBack: async (campaignId, _sent, skus, subscription, ports, stats) =>
				await compareHidden(campaignId, skus, method === hideOffers, subscription, ports, stats),
			// A SKU without anything beside it is the same each time it comes.
			merge: ([first]: readonly RepeatedRow<OfferRecord>[]) => accepted(first?.record as OfferRecord),
		},
	}));
}

function openOffers(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
): (itemIndex: number) => { sku?: string; record: Checked<OfferRecord> } {
	const source = openSource(context, items, skuValue);
	if (!source) {
		throw new NodeOperationError(context.getNode(), 'SKU is not mapped', {
			description: 'Say which field of the input items holds it, or give an expression.',
		});
	}
	return (itemIndex) => {
		const raw = source(itemIndex);
		if (!raw.ok) return { record: raw };
		const sku = readSku(raw.value);
		return sku.ok ? { sku: sku.value, record: accepted({ sku: sku.value }) } : { record: sku };
	};
}
