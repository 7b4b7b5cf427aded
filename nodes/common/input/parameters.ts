import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { accepted, refused, type Checked, type Refusal } from '../../../market/common/refusal';
import { itemNumber } from '../../../market/common/text';
import { readDeclared, shownValue } from './declared';
import { openEvaluation } from './evaluation';
import { mayVary } from './fixedExpression';
import { isBlankItem } from './blankItem';
import { lineInFile } from './lineInFile';
import { refusalError } from '../engine/nodeError';
import { inTurns } from '../engine/turns';

/** A parameter of a run: what it gives for each item. */
interface Parameter<T> {
	/** Whether that may differ. */
	varies: boolean;
	of(itemIndex: number): Checked<T>;
}

/**
 * Reads a parameter that holds for the whole run. An expression that may vary by item is evaluated for each item, and
 * must give the same for all except those that hold nothing, such as blank rows at the end of a sheet.
 *
 * @throws NodeOperationError if it is not as declared, or differs between items
 */
export function readParameter<T>(context: IExecuteFunctions, declared: INodeProperties): T {
	return demand(context, checkParameter<T>(context, declared));
}

/** The same for a caller that cannot throw yet. */
export function checkParameter<T>(
	context: IExecuteFunctions,
	declared: INodeProperties,
): Checked<T> {
	const { varies, of } = open<T>(context, declared, false);
	if (!varies) return of(0);
	const asked = itemsToAsk(context);
	const first = { item: asked[0] ?? 0, said: of(asked[0] ?? 0) };
	for (const item of asked) {
		const refusal = disagreement(context, declared, first, { item, said: of(item) });
		if (refusal) return refusal;
	}
	return first.said;
}

/**
 * Reads an option of the collection Options that holds for the whole run, likewise. Options are where users write
 * expressions, so the rest of the process gets its turns meanwhile.
 *
 * @throws NodeOperationError if it is not as declared, or differs between items
 */
export async function readOption<T>(
	context: IExecuteFunctions,
	declared: INodeProperties,
): Promise<T> {
	const { varies, of } = open<T>(context, declared, true);
	if (!varies) return demand(context, of(0));
	const asked = itemsToAsk(context);
	const first = { item: asked[0] ?? 0, said: of(asked[0] ?? 0) };
	let refusal: Checked<never> | undefined;
	await inTurns(asked, (item) => {
		refusal ??= disagreement(context, declared, first, { item, said: of(item) });
	});
	return demand(context, refusal ?? first.said);
}

/**
 * What an option of the collection Options, which the user has added, gives for each item. Evaluated once, unless it may
 * vary.
 *
 * @param check looks at what is as declared
 * @throws NodeOperationError if it is the same for all items and refused
 */
export function openOption<T>(
	context: IExecuteFunctions,
	declared: INodeProperties,
	check: (value: T) => Checked<T>,
): (itemIndex: number) => Checked<T> {
	const { varies, of } = open<T>(context, declared, true);
	const checked = (itemIndex: number): Checked<T> => {
		const value = of(itemIndex);
		return value.ok ? check(value.value) : value;
	};
	if (varies) return checked;
	const same = accepted(demand(context, checked(0)));
	return () => same;
}

/** What an item gives for a parameter of the whole run. */
interface Said<T> {
	item: number;
	said: Checked<T>;
}

/** The items that must agree: all that hold anything, or all items if none does. */
function itemsToAsk(context: IExecuteFunctions): number[] {
	const items = context.getInputData();
	const filled = items.flatMap((item, index) => (isBlankItem(item) ? [] : [index]));
	return filled.length > 0 ? filled : [...items.keys()];
}

/** Why what an item gives is at odds with what the first one gives, or undefined. */
function disagreement<T>(
	context: IExecuteFunctions,
	declared: INodeProperties,
	first: Said<T>,
	here: Said<T>,
): Checked<never> | undefined {
	const numberOf = ({ item }: Said<T>) =>
		itemNumber(item, lineInFile(context.getInputData()[item]));
	if (!here.said.ok) return inItem(here.said.refusal, numberOf(here));
	if (!first.said.ok || isSame(first.said.value, here.said.value)) return undefined;
	const { displayName, name } = declared;
	return refused(
		`${displayName} holds for the whole run, but is ${shownValue(first.said.value)} for item ${numberOf(first)} and ${shownValue(here.said.value)} for item ${numberOf(here)}`,
		`Give the same for all items, such as {{ $('Settings').first().json.${name} }}, or run the node for each kind of items by itself.`,
	);
}

function demand<T>(context: IExecuteFunctions, checked: Checked<T>): T {
	if (checked.ok) return checked.value;
	throw refusalError(context.getNode(), checked.refusal);
}

/**
 * A parameter as it is written in the node, before n8n evaluates it; undefined if it is not there.
 *
 * @param path the name of a parameter, or `options.` and the name of an option
 */
export function writtenIn(context: IExecuteFunctions, path: string): unknown {
	const [name = '', option] = path.split('.');
	return option === undefined ? context.getNode().parameters[name] : addedOptions(context)[option];
}

/** The options that the user has added, by their names. */
export function addedOptions(context: IExecuteFunctions): Record<string, unknown> {
	return (context.getNode().parameters.options ?? {}) as Record<string, unknown>;
}

function open<T>(
	context: IExecuteFunctions,
	declared: INodeProperties,
	isOption: boolean,
): Parameter<T> {
	const { name } = declared;
	const raw = isOption ? addedOptions(context)[name] : context.getNode().parameters[name];
	if (raw === undefined) return same(accepted(declared.default as T));
	const ask = openEvaluation(context, raw, (item) =>
		context.getNodeParameter(isOption ? `options.${name}` : name, item),
	);
	const read = (item: number) => evaluate<T>(declared, isOption, () => ask(item));
	return mayVary(raw) ? { varies: true, of: read } : same(read(0));
}

function same<T>(value: Checked<T>): Parameter<T> {
	return { varies: false, of: () => value };
}

function evaluate<T>(declared: INodeProperties, isOption: boolean, ask: () => unknown): Checked<T> {
	const { displayName } = declared;
	const advice = isOption
		? `Correct the option ${displayName}, or remove it.`
		: `Correct ${displayName}.`;
	let raw: unknown;
	try {
		raw = ask();
	} catch (error) {
		return refused(
			`${displayName} could not be evaluated: ${error instanceof Error ? error.message : String(error)}`,
			advice,
		);
	}
	const value = readDeclared(declared, raw);
	if (value.ok) return value as Checked<T>;
	return refused(value.refusal.reason, `${value.refusal.advice} ${advice}`);
}

function inItem({ reason, advice }: Refusal, item: string): Checked<never> {
	return refused(`${reason} [item ${item}]`, advice);
}

function isSame(a: unknown, b: unknown): boolean {
	return a === b || JSON.stringify(a) === JSON.stringify(b);
}
