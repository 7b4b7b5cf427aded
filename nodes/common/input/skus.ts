import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { MAX_SKU_LENGTH } from '../../../market/contract/bounds';
import { composedSkuCheck } from '../../../market/records/composedSku';
import { readSku } from '../../../market/records/sku';
import type { SkuDoubts } from '../../../market/records/skuDoubts';
import { refuseSkuList } from '../../../market/records/skuList';
import type { Checked } from '../../../market/common/refusal';
import { fixedParts } from './fixedParts';
import { writtenIn } from './parameters';
import { skuValue } from '../panel/properties';
import { areFieldsNamed, notMapped, openSource } from './sources';
import { isToolRun } from '../engine/toolRun';

type ReadSku = (raw: unknown) => Checked<string>;

/**
 * Reads the SKU of each item from where the parameters say it is.
 *
 * @param doubts receives those that are read but may be damaged
 * @throws NodeOperationError if the parameters do not say where
 */
export function openSkus(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	doubts: SkuDoubts,
): (itemIndex: number) => Checked<string> {
	const source = openSource(context, items, skuValue) ?? notMapped(context, skuValue.label);
	const composed = composedReading(context);
	const read = composed ?? readSku;
	const isTool = isToolRun(context);
	return (itemIndex) => {
		const raw = source(itemIndex);
		if (!raw.ok) return raw;
		const list = isTool ? refuseSkuList(raw.value) : undefined;
		if (list) return list;
		const sku = read(raw.value);
		if (sku.ok) doubts.look(sku.value, raw.value, composed !== undefined, itemIndex);
		return sku;
	};
}

/** How to read SKUs that an expression puts together from several things; undefined if none does. */
function composedReading(context: IExecuteFunctions): ReadSku | undefined {
	const raw = areFieldsNamed(context) ? undefined : writtenIn(context, skuValue.expression);
	const parts = typeof raw === 'string' ? fixedParts(raw) : undefined;
	if (!parts) return undefined;
	const check = composedSkuCheck(parts);
	return (value) => {
		const sku = readSku(value);
		if (sku.ok) return check(sku.value);
		// What the expression did says more than what came of it.
		const made = typeof value === 'string' ? check(value.slice(0, MAX_SKU_LENGTH).trim()) : sku;
		return made.ok ? sku : made;
	};
}
