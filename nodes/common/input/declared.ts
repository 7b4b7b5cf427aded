import type { INodeProperties, INodePropertyOptions, NodePropertyTypes } from 'n8n-workflow';

import { accepted, refused, type Checked } from '../../../market/common/refusal';
import { quote } from '../../../market/common/text';

type ReadDeclared = (declared: INodeProperties, value: unknown) => Checked<unknown>;

/** Digits with at most two decimals: with three, the dot may separate thousands. */
const NUMBER_TEXT = /^\s*[+-]?\d+(?:\.\d{1,2})?\s*$/;

/** How a value of each type is read. */
const readers: Partial<Record<NodePropertyTypes, ReadDeclared>> = {
	boolean: readBoolean,
	multiOptions: readChoices,
	number: readNumber,
	options: readChoice,
	string: readText,
};

/**
 * Reads a parameter's value as the node's description declares it: n8n itself does not check what an expression gives.
 * If a choice or a list of choices is not given (`undefined`), it is the default, unless a choice is required. A boolean
 * or a number that gives nothing is refused: it may be a guard, which must not be off because a field is absent.
 *
 * @throws TypeError if the parameter is of a type not known here
 */
export function readDeclared(declared: INodeProperties, value: unknown): Checked<unknown> {
	const read = readers[declared.type];
	if (!read)
		throw new TypeError(
			`${declared.displayName} is of the type ${declared.type}, which is not read here`,
		);
	return read(declared, value);
}

/** A value as a message shows it. */
export function shownValue(value: unknown): string {
	if (value === undefined || value === null || value === '') return 'blank';
	return Array.isArray(value) ? quote(value.join(', ')) : quote(value);
}

function readBoolean({ displayName }: INodeProperties, value: unknown): Checked<boolean> {
	if (value === true || value === 'true') return accepted(true);
	if (value === false || value === 'false') return accepted(false);
	return refused(
		`${displayName} must be true or false, not ${shownValue(value)}`,
		'Give true or false.',
	);
}

function readNumber(declared: INodeProperties, value: unknown): Checked<number> {
	const { minValue = -Infinity, maxValue = Infinity, numberPrecision } = declared.typeOptions ?? {};
	const isWhole = numberPrecision === 0;
	const number = typeof value === 'string' && NUMBER_TEXT.test(value) ? Number(value) : value;
	if (
		typeof number === 'number' &&
		number >= minValue &&
		number <= maxValue &&
		(!isWhole || Number.isInteger(number))
	) {
		return accepted(number);
	}
	const wanted = `a ${isWhole ? 'whole ' : ''}number ${boundsOf(minValue, maxValue)}`;
	return refused(
		`${declared.displayName} must be ${wanted}, not ${shownValue(value)}`,
		`Give ${wanted}.`,
	);
}

function boundsOf(least: number, most: number): string {
	return most === Infinity ? `from ${least}` : `from ${least} to ${most}`;
}

function readChoice(declared: INodeProperties, value: unknown): Checked<unknown> {
	if (value === undefined && !declared.required) return accepted(declared.default);
	return isChoice(declared, value) ? accepted(value) : noChoice(declared, value);
}

/** A single text that is a choice is read as a list of one. */
function readChoices(declared: INodeProperties, value: unknown): Checked<unknown> {
	if (value === undefined) return accepted(declared.default);
	const list: unknown[] = Array.isArray(value) ? value : [value];
	const stranger = list.findIndex((one) => !isChoice(declared, one));
	return stranger < 0 ? accepted(list) : noChoice(declared, list[stranger]);
}

function readText({ displayName }: INodeProperties, value: unknown): Checked<string> {
	if (typeof value === 'string') return accepted(value);
	return refused(`${displayName} must be a text, not ${shownValue(value)}`, 'Give a text.');
}

function isChoice(declared: INodeProperties, value: unknown): boolean {
	return choicesOf(declared).some((choice) => choice.value === value);
}

function noChoice(declared: INodeProperties, value: unknown): Checked<never> {
	const names = choicesOf(declared).map((choice) => `${quote(choice.value)} (${choice.name})`);
	return refused(
		`${declared.displayName} has no choice ${shownValue(value)}`,
		`Give one of: ${names.join(', ')}.`,
	);
}

function choicesOf({ options = [] }: INodeProperties): INodePropertyOptions[] {
	return options as INodePropertyOptions[];
}
