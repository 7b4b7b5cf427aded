import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Refusal } from '../../market/refusal';
import { trimUnseen } from '../../market/text';
import { areFieldsNamed, openSource, type Source, type SourceNames } from './sources';
import { inTurns } from './turns';

/** A field that Google Sheets adds to each row, also to a blank one. */
const ROW_NUMBER = 'row_number';

/** What the output says of such a row. */
export const BLANK_ROW: Refusal = {
	reason: 'The row is blank',
	advice: 'Nothing is sent for it. If there should be something, fill it in the source.',
};

/** `blank`: nothing is in the row. `absent`: nothing that is mapped is, and mapped fields are absent. */
export type Blankness = 'blank' | 'absent';

/**
 * Looks whether items have nothing in all the fields that are mapped.
 *
 * @param names the values that a node reads; those that the user has not mapped do not matter
 */
export function openBlankness(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	names: readonly SourceNames[],
): (itemIndex: number) => Blankness | undefined {
	const sources = names.flatMap((name) => openSource(context, items, name) ?? []);
	const isByField = areFieldsNamed(context);
	return (itemIndex) => {
		const fields = Object.entries(items[itemIndex]?.json ?? {}).filter(([name]) => name !== ROW_NUMBER);
		if (fields.every(([, value]) => isBlank(value))) return 'blank';
		// A SKU alone that is blank, beside fields that are not, is a SKU that is missing.
		if (sources.length < 2) return undefined;
		const values = sources.map((source) => valueOf(source, itemIndex, isByField));
		if (!values.every(isBlank)) return undefined;
		if (values.every((value) => value !== undefined)) return 'blank';
		return fields.some(([, value]) => typeof value === 'object' && value !== null) ? undefined : 'absent';
	};
}

/** By field names only a missing field is refused; an expression that throws may have had something to read. */
function valueOf(source: Source, itemIndex: number, isByField: boolean): unknown {
	const value = source(itemIndex);
	if (value.ok) return value.value;
	return isByField ? undefined : value;
}

function isBlank(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && trimUnseen(value) === '');
}

/**
 * The rows to skip: blank ones among others, such as n8n's readers give at the end of a sheet. Where all rows are blank,
 * none is: that is what a wrong name of a field looks like. A row that lacks the mapped fields is skipped only where
 * the fields it has are those of the other rows: else it is of another kind, and has lost its SKU.
 */
export async function rowsToSkip(
	rows: ReadonlyArray<{ index: number; sku?: string }>,
	items: readonly INodeExecutionData[],
	blanknessOf: (itemIndex: number) => Blankness | undefined,
	signal?: { readonly aborted: boolean },
): Promise<Set<number>> {
	const blank: number[] = [];
	const absent: number[] = [];
	const look = ({ index, sku }: { index: number; sku?: string }) => {
		if (sku !== undefined) return;
		const blankness = blanknessOf(index);
		if (blankness === 'blank') blank.push(index);
		else if (blankness === 'absent') absent.push(index);
	};
	await inTurns(rows, look, signal);
	if (blank.length + absent.length === rows.length) return new Set();
	const skipped = new Set(blank);
	if (absent.length === 0) return skipped;
	const known = new Set(rows.flatMap(({ index, sku }) => (sku === undefined ? [] : Object.keys(items[index]?.json ?? {}))));
	for (const index of absent) {
		if (Object.keys(items[index]?.json ?? {}).every((name) => known.has(name))) skipped.add(index);
	}
	return skipped;
}
