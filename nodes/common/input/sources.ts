import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { accepted, refused, type Checked } from '../../../market/common/refusal';
import { quote } from '../../../market/common/text';
import { fieldOfExpression } from './computedExpression';
import { openEvaluation } from './evaluation';
import { parseFieldPath, readField } from './fieldPath';
import { inputMode } from '../panel/inputMode';
import type { FieldNames, SourceNames } from '../panel/properties';
import { refuseList, refuseMissing, type WantedField } from './missingField';
import { refuseNoRow } from './noRow';
import { readParameter, writtenIn } from './parameters';

/** A raw value, or why there is none. */
export type Raw = Checked<unknown> & {
	/** Whether the item does not have the field at all. */
	isAbsent?: boolean;
};

const NO_ITEM: INodeExecutionData = { json: {} };

/** Reads one raw value of an input item, by the item's number. */
export type Source = (itemIndex: number) => Raw;

/**
 * The source of a value, by the parameter Read Items. Undefined if the value is not mapped.
 *
 * @throws NodeOperationError if a field's name is an expression
 */
export function openSource(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	names: SourceNames,
): Source | undefined {
	return areFieldsNamed(context)
		? openNamedField(context, items, names)
		: expressionSource(context, items, names);
}

/** Whether Read Items is By Field Names. */
export function areFieldsNamed(context: IExecuteFunctions): boolean {
	return readParameter(context, inputMode) === 'fieldNames';
}

/**
 * The source of a value that must be mapped to a field.
 *
 * @throws NodeOperationError if no field is named, or if its name is an expression
 */
export function openField(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	names: FieldNames,
): Source {
	return openNamedField(context, items, names) ?? notMapped(context, names.label);
}

/** @throws NodeOperationError always: a value that the node cannot do without is not mapped */
export function notMapped(context: IExecuteFunctions, label: string): never {
	throw new NodeOperationError(context.getNode(), `${label} is not mapped`, {
		description: 'Say which field of the input items holds it, or give an expression.',
	});
}

/**
 * Reads by the field's name, which is evaluated once: far cheaper than an expression for each item (bench/results.md).
 * Undefined if no field is named.
 *
 * @throws NodeOperationError if the name is an expression
 */
export function openNamedField(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	{ label, field, instead = 'set Read Items to By Expressions' }: FieldNames,
): Source | undefined {
	const raw = writtenIn(context, field);
	if (typeof raw === 'string' && raw.startsWith('=')) {
		throw new NodeOperationError(
			context.getNode(),
			`${label} Field wants the name of a field, not an expression`,
			{
				description: `Type the name, such as ${quote(exampleOf(field))}, or drag the field from the input panel. To use expressions, ${instead}.`,
			},
		);
	}
	const path = String(raw ?? '');
	if (path.trim() === '') return undefined;
	const segments = parseFieldPath(path.trim());
	const wanted = { path, segments, label, parameter: `${label} Field` };
	return (itemIndex) => {
		const item = items[itemIndex] ?? NO_ITEM;
		return found(item, readField(item.json, path, segments), wanted);
	};
}

/** Parameters are called after the field that most sources have: `stockField`. */
function exampleOf(field: string): string {
	return field.replace(/^options\.|Field$/g, '');
}

function expressionSource(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	{ label, expression }: SourceNames,
): Source | undefined {
	const raw = writtenIn(context, expression);
	if (raw === undefined || raw === '') return undefined;
	const field = typeof raw === 'string' ? fieldOfExpression(raw) : undefined;
	const wanted = field === undefined ? undefined : wantedField(field, label);
	const evaluate = openEvaluation(context, raw, (itemIndex) =>
		context.getNodeParameter(expression, itemIndex),
	);
	return (itemIndex) => {
		try {
			const value = evaluate(itemIndex);
			return wanted ? found(items[itemIndex] ?? NO_ITEM, value, wanted) : accepted(value);
		} catch (error) {
			return refused(
				`${label} could not be evaluated: ${error instanceof Error ? error.message : String(error)}`,
				`Check the expression of ${label} for this item.`,
			);
		}
	};
}

function wantedField(field: string, label: string): WantedField {
	const segments = parseFieldPath(field);
	const [only, ...others] = segments;
	return {
		path: only !== undefined && others.length === 0 ? only : field,
		segments,
		label,
		parameter: label,
	};
}

/** What a field gave, unless it is nothing, or several values when one is wanted. */
function found(item: INodeExecutionData, value: unknown, wanted: WantedField): Raw {
	if (value === undefined)
		return { ...(refuseNoRow(item) ?? refuseMissing(item.json, wanted)), isAbsent: true };
	return Array.isArray(value) ? refuseList(wanted) : accepted(value);
}
