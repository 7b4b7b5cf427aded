import type { IDataObject } from 'n8n-workflow';

import type { OrderState } from '../../../market/orders/orderState';

/** What of an order or a return is put out line by line. */
interface Lined {
	lines: ReadonlyArray<object> | null;
}

/** Without lines there is still something to tell: the item says that nothing is known of them. */
const NO_LINE = { sku: null, count: null, held: null };

/** An order as output items: one, or one for each line. */
export function orderItems(state: OrderState, isPerLine: boolean): IDataObject[] {
	return lineItems(state, isPerLine, NO_LINE);
}

/**
 * Anything with lines as output items, likewise.
 *
 * @param noLine what stands for the line if there is none
 */
export function lineItems(whole: Lined, isPerLine: boolean, noLine: object): IDataObject[] {
	if (!isPerLine) return [{ ...whole } as IDataObject];
	const { lines, ...rest } = whole;
	const each = lines === null || lines.length === 0 ? [noLine] : lines;
	return each.map((line) => ({ ...rest, ...line }) as IDataObject);
}
