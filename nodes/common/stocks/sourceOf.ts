import type { IExecuteFunctions } from 'n8n-workflow';

import { fieldOfExpression } from '../input/computedExpression';
import { parseFieldPath } from '../input/fieldPath';
import { writtenIn } from '../input/parameters';
import { areFieldsNamed } from '../input/sources';
import { skuValue, type SourceNames } from '../panel/properties';
import { stockValue, subtractValue } from './values';

/** Where a value is read from, in one form for all spellings; undefined if it is not mapped. */
export function sourceOf(
	context: IExecuteFunctions,
	{ field, expression }: SourceNames,
): string | undefined {
	const isByField = areFieldsNamed(context);
	const raw = writtenIn(context, isByField ? field : expression);
	const written = typeof raw === 'string' ? raw.trim() : '';
	if (written === '') return undefined;
	const path = isByField ? written : fieldOfExpression(written);
	return path === undefined ? written : sourceOfField(path);
}

/** The same form for a field that is named. */
function sourceOfField(path: string): string {
	return `=${parseFieldPath(path).join('\n')}`;
}

/** Which of SKU, Stock and Subtract is read from the field that a parameter names; undefined if none is. */
export function alsoReadFrom(context: IExecuteFunctions, parameter: string): string | undefined {
	const own = sourceOfField(String(writtenIn(context, parameter)).trim());
	return [skuValue, stockValue, subtractValue].find((value) => sourceOf(context, value) === own)
		?.label;
}
