import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { checkComposedSku, readSku } from '../../market/records/sku';
import type { SkuDoubts } from '../../market/records/skuDoubts';
import { refuseSkuList } from '../../market/records/skuList';
import type { Checked } from '../../market/refusal';
import { skuValue } from './properties';
import { areFieldsNamed, notMapped, openSource } from './sources';
import { isToolRun } from './toolRun';

/** Expressions in a text, and calls by which one expression makes a text of several. */
const EXPRESSION = /\{\{[\s\S]*?\}\}/g;
const COMPOSING = /[+`]|\.(?:concat|join|replace|replaceAll)\(/;

/**
 * Reads the SKU of each item where the parameters say it is.
 *
 * @param doubts gets those that are taken and may be damaged all the same
 * @throws NodeOperationError where the parameters do not say it
 */
export function openSkus(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	doubts: SkuDoubts,
): (itemIndex: number) => Checked<string> {
	const source = openSource(context, items, skuValue) ?? notMapped(context, skuValue.label);
	const fixedText = fixedTextOf(context);
	const isComposed = fixedText !== undefined;
	const isTool = isToolRun(context);
	return (itemIndex) => {
		const raw = source(itemIndex);
		if (!raw.ok) return raw;
		const list = isTool ? refuseSkuList(raw.value) : undefined;
		if (list) return list;
		const read = readSku(raw.value);
		const sku = read.ok && isComposed ? checkComposedSku(read.value, fixedText) : read;
		if (sku.ok) doubts.look(sku.value, raw.value, isComposed, itemIndex);
		return sku;
	};
}

/** What is the same in all SKUs that an expression puts together of several things; undefined where none does. */
function fixedTextOf(context: IExecuteFunctions): string | undefined {
	if (areFieldsNamed(context)) return undefined;
	const raw = context.getNode().parameters[skuValue.expression];
	if (typeof raw !== 'string' || !raw.startsWith('=')) return undefined;
	const expressions = raw.match(EXPRESSION) ?? [];
	const fixedText = raw.slice(1).replace(EXPRESSION, '');
	const isComposed = expressions.length > 1 || fixedText.trim() !== '' || COMPOSING.test(raw);
	return expressions.length > 0 && isComposed ? fixedText : undefined;
}
