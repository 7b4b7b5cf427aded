import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { Plan } from '../../../market/records/plan';
import type { Checked } from '../../../market/common/refusal';
import type { SkuDoubts } from '../../../market/records/skuDoubts';
import {
	readStockRow,
	type RawStock,
	type StockRecord,
	type StockRow,
} from '../../../market/records/stockRecord';
import { doubledHeaders } from '../input/doubledHeaders';
import { leftOutOfFile } from '../input/leftOut';
import { openSkus } from '../input/skus';
import { areFieldsNamed, notMapped, openSource } from '../input/sources';
import { computedValues, computedZeros, watchSubtract } from './computedZeros';
import { DateNumbers } from './dateNumbers';
import { joinWarnings, refuseJoined } from './joinedTexts';
import { oneForAll } from './oneForAll';
import { rowsTwice } from './rowsTwice';
import type { StockOptions } from './stockOptions';
import { skuValue } from '../panel/properties';
import { sourceOf } from './sourceOf';
import { openTerms, termFields } from './terms';
import { updatedAtZone } from './updatedAtZone';
import { stockValue, stockValues, subtractValue, updatedAtValue } from './values';

/** A row that was read, with its SKU even if another field was refused. */
export interface ReadStock {
	sku?: string;
	record: Checked<StockRow>;
}

/** How balances are read, and what to tell the user about what was read. */
export interface StockReader {
	read(itemIndex: number): ReadStock;
	/** Whether the items say when their balances were true. */
	hasMoments: boolean;
	/** Asked for when all items have been read, with the records made from them. */
	warnings(plan: Plan<StockRecord>): string[];
}

/**
 * Reads the balance of each item from where the parameters say it is.
 *
 * @throws NodeOperationError if the parameters do not say where
 */
export function openStocks(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	options: StockOptions,
	doubts: SkuDoubts,
): StockReader {
	const skuOf = openSkus(context, items, doubts);
	const mapped = openSource(context, items, stockValue) ?? notMapped(context, stockValue.label);
	const stock = refuseJoined(context, stockValue, mapped);
	const mappedSubtract = openSource(context, items, subtractValue);
	refuseSameSource(context);
	const subtract =
		mappedSubtract &&
		watchSubtract(context, subtractValue, refuseJoined(context, subtractValue, mappedSubtract));
	const updatedAt = openSource(context, items, updatedAtValue);
	if (options.duplicateSkus === 'newest' && !updatedAt) {
		throw new NodeOperationError(
			context.getNode(),
			'Duplicate SKUs is set to Send the Newest without Updated At',
			{
				description:
					'Add the option Updated At Field (or Updated At), or choose another rule in the option Duplicate SKUs.',
			},
		);
	}
	const { oldUpdatedAt, decimalSeparator } = options;
	const terms = openTerms(context, items, decimalSeparator);
	const rules = {
		oldUpdatedAt,
		decimalSeparator,
		zone: updatedAtZone(context, options),
		nowMs: Date.now(),
	};
	const dates = new DateNumbers(rules.nowMs);
	const read = (itemIndex: number): ReadStock => {
		const sku = skuOf(itemIndex);
		return sku.ok ? { sku: sku.value, record: readRow(sku.value, itemIndex) } : { record: sku };
	};
	const readRow = (sku: string, itemIndex: number): Checked<StockRow> => {
		const rawStock = stock(itemIndex);
		if (!rawStock.ok) return rawStock;
		dates.look(rawStock.value, itemIndex);
		const rawTerms = terms.of(itemIndex);
		if (!rawTerms.ok) return rawTerms;
		const { share, reserve, minimum, maximum } = rawTerms.value;
		const raw: RawStock = { sku, stock: rawStock.value, share, reserve, minimum, maximum };
		if (subtract) {
			const rawSubtract = subtract.source(itemIndex);
			if (!rawSubtract.ok) return rawSubtract;
			raw.subtract = rawSubtract;
		}
		if (!updatedAt) return readStockRow(raw, rules);
		const rawUpdatedAt = updatedAt(itemIndex);
		if (!rawUpdatedAt.ok) return rawUpdatedAt;
		raw.updatedAt = rawUpdatedAt;
		// The current time for this very item: an expression such as $now is later than the run's start.
		return readStockRow(raw, { ...rules, nowMs: Date.now() });
	};
	return {
		read,
		hasMoments: updatedAt !== undefined,
		warnings: (plan) => [
			...computedZeros(computedValues(context, [stockValue, subtractValue]), plan),
			...oneForAll(context, [stockValue, subtractValue], plan),
			...(subtract?.warnings() ?? []),
			...[stockValue, subtractValue].flatMap((value) => joinWarnings(context, value)),
			...terms.warnings(),
			...dates.warnings(items),
			...(options.duplicateSkus === 'sum' ? rowsTwice(items, plan) : []),
			...doubledHeaders(context, items, [...stockValues, ...termFields]),
			...leftOutOfFile(items),
		],
	};
}

/** @throws NodeOperationError if two values come from one source that can only be one of them */
function refuseSameSource(context: IExecuteFunctions): void {
	const [sku, stock, subtract] = [skuValue, stockValue, subtractValue].map((value) =>
		sourceOf(context, value),
	);
	if (stock !== undefined && stock === subtract) {
		throw new NodeOperationError(
			context.getNode(),
			'Stock and Subtract are the same: every balance would be zero',
			{
				description:
					'Map Subtract to what is to be taken off Stock, such as the units already ordered, or leave it empty.',
			},
		);
	}
	// Typed in, not read: a SKU that is a number may well be equal to a balance.
	if (sku === undefined || !(areFieldsNamed(context) || sku.startsWith('='))) return;
	const units = sku === stock ? stockValue : sku === subtract ? subtractValue : undefined;
	if (!units) return;
	throw new NodeOperationError(
		context.getNode(),
		`SKU and ${units.label} are the same: a SKU would count as units`,
		{
			description: `Map SKU to what the catalogue calls the offer, and ${units.label} to a number of units.`,
		},
	);
}
