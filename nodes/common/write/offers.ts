import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import {
	hideOffers,
	unhideOffers,
	type OfferRecord,
	type WriteMethod,
} from '../../../market/write/methods';
import type { RepeatedRow } from '../../../market/records/plan';
import { accepted } from '../../../market/common/refusal';
import { SkuDoubts } from '../../../market/records/skuDoubts';
import { refuseHiding } from '../../../market/checks/storeCheck';
import { hiddenComparison } from '../../../market/verify/hidden';
import { openBlankness } from '../input/blankRows';
import { doubledHeaders } from '../input/doubledHeaders';
import { leftOutOfFile } from '../input/leftOut';
import { executeWrite } from './execute';
import { hiddenNow } from '../output/hints';
import type { Columns } from '../output/present';
import { readOptions } from '../input/options';
import { prepareStores } from './prepareStores';
import { skuValue } from '../panel/properties';
import { openSkus } from '../input/skus';
import { openStorePlace, type ReadRow } from '../input/places';

const OFFER_COLUMNS: Columns = { hasBalance: false, goesTo: 'store' };

/** Runs Hide Offers or Unhide Offers: both send only SKUs, and differ in the API method. */
export async function executeOffers(
	context: IExecuteFunctions,
	method: WriteMethod<OfferRecord>,
): Promise<INodeExecutionData[][]> {
	return await executeWrite(context, OFFER_COLUMNS, async (items, startMs) => {
		const doubts = new SkuDoubts();
		const isHiding = method === hideOffers;
		return {
			options: await readOptions(context, []),
			job: {
				method,
				startMs,
				doubts,
				readRow: openOffers(context, items, doubts),
				blanknessOf: openBlankness(context, items, [skuValue]),
				warningsOf: () => [...doubledHeaders(context, items, [skuValue]), ...leftOutOfFile(items)],
				leaves: (report) => (method === hideOffers ? hiddenNow(report) : []),
				prepare: async (plans, run) => await prepareStores(plans, refuseHiding, run),
				openReadBack: ({ plan, subscription }, ports) =>
					hiddenComparison(plan.targetId, isHiding, subscription, ports),
				opposite: {
					method: isHiding ? unhideOffers : hideOffers,
					does: isHiding ? 'show' : 'hide',
					// Nobody notices goods that stay hidden.
					isExpected: !isHiding,
				},
				// A SKU with nothing beside it is the same each time it occurs.
				merge: ([first]: readonly RepeatedRow<OfferRecord>[]) =>
					accepted(first?.record as OfferRecord),
				finish: accepted<OfferRecord>,
			},
		};
	});
}

function openOffers(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	doubts: SkuDoubts,
): (itemIndex: number) => ReadRow<OfferRecord> {
	const skuOf = openSkus(context, items, doubts);
	const storeOf = openStorePlace(context);
	return (index) => {
		const sku = skuOf(index);
		const where = { index, ...storeOf(index) };
		if (!sku.ok) return { ...where, record: sku };
		return { ...where, sku: sku.value, key: sku.value, record: accepted({ sku: sku.value }) };
	};
}
