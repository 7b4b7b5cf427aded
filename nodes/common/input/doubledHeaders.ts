import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { quote } from '../../../market/common/text';
import { fieldOfExpression } from './computedExpression';
import { parseFieldPath } from './fieldPath';
import { writtenIn } from './parameters';
import { areFieldsNamed } from './sources';
import type { FieldNames, SourceNames } from '../panel/properties';

/** What n8n's spreadsheet reader (the xlsx library) appends to the name of a second column with the same name. */
const SECOND = '_1';

/**
 * Warns about values that are read from a column whose name the file seems to have twice: the first one is read, and
 * the right number may be in the other. From a CSV file the reader keeps only the last one, and nothing shows it.
 */
export function doubledHeaders(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	values: ReadonlyArray<FieldNames | SourceNames>,
): string[] {
	return values.flatMap((names) => {
		const { label } = names;
		const column = columnOf(context, names);
		if (column === undefined) return [];
		const second = column + SECOND;
		if (!items.some(({ json }) => Object.hasOwn(json, second) && Object.hasOwn(json, column)))
			return [];
		return [
			`${label} is read from ${quote(column)}, and there is ${quote(second)} too: that is what n8n calls the second of two columns ` +
				`${quote(column)} in an Excel file. If the file has that column twice, give each a name of its own.`,
		];
	});
}

/** The name of a field of the item itself; undefined if the value is nested in another or is computed. */
function columnOf(context: IExecuteFunctions, names: FieldNames | SourceNames): string | undefined {
	const isField = !('expression' in names) || areFieldsNamed(context);
	const written = writtenIn(context, isField ? names.field : names.expression);
	if (typeof written !== 'string') return undefined;
	const path = isField ? written.trim() : fieldOfExpression(written);
	const [column, ...others] = path === undefined ? [] : parseFieldPath(path);
	return others.length === 0 ? column : undefined;
}
