import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { accepted, refused, type Checked, type Refusal } from '../../market/refusal';
import { readDeclared, shownValue } from './declared';
import { mayVary } from './fixedExpression';
import { refusalError } from './nodeError';
import { inTurns } from './turns';

/** A parameter of a run: what it gives for each item. */
interface Parameter<T> {
	/** Whether that may differ. */
	varies: boolean;
	of(itemIndex: number): Checked<T>;
}

/**
 * Reads a parameter that holds for the whole run. Where it is an expression that may vary by item, it is evaluated for
 * each item, and must give the same for all.
 *
 * @throws NodeOperationError where it is not as it is declared, or differs between items
 */
export function readParameter<T>(context: IExecuteFunctions, declared: INodeProperties): T {
	return demand(context, checkParameter<T>(context, declared));
}

/** The same for one who cannot throw yet. */
export function checkParameter<T>(context: IExecuteFunctions, declared: INodeProperties): Checked<T> {
	const { varies, of } = open<T>(context, declared, false);
	const first = of(0);
	if (!varies) return first;
	for (const item of context.getInputData().keys()) {
		const refusal = disagreement(declared, first, of(item), item);
		if (refusal) return refusal;
	}
	return first;
}

/**
 * Reads an option of the collection Options that holds for the whole run, likewise. Options are where users write
 * expressions, so the rest of the process has its turns meanwhile.
 *
 * @throws NodeOperationError where it is not as it is declared, or differs between items
 */
export async function readOption<T>(context: IExecuteFunctions, declared: INodeProperties): Promise<T> {
	const { varies, of } = open<T>(context, declared, true);
	const first = of(0);
	let refusal: Checked<never> | undefined;
	if (varies) {
		await inTurns(context.getInputData(), (_, item) => {
			refusal ??= disagreement(declared, first, of(item), item);
		});
	}
	return demand(context, refusal ?? first);
}

/**
 * What an option of the collection Options gives for each item. Evaluated once, unless it may vary.
 *
 * @param byDefault what it gives where the user has not added it
 * @throws NodeOperationError where it is the same for all items, and not as it is declared
 */
export function openOption<T>(
	context: IExecuteFunctions,
	declared: INodeProperties,
	byDefault: T,
): (itemIndex: number) => Checked<T> {
	if (addedOptions(context)[declared.name] === undefined) return same(accepted(byDefault)).of;
	const { varies, of } = open<T>(context, declared, true);
	const first = varies ? undefined : of(0);
	if (first && !first.ok) throw refusalError(context.getNode(), first.refusal);
	return of;
}

/** Why what an item gives cannot stand beside what the first one gives, or undefined. */
function disagreement<T>(
	declared: INodeProperties,
	first: Checked<T>,
	here: Checked<T>,
	item: number,
): Checked<never> | undefined {
	if (!here.ok) return inItem(here.refusal, item);
	return first.ok && !isSame(first.value, here.value) ? differs(declared, first.value, here.value, item) : undefined;
}

function demand<T>(context: IExecuteFunctions, checked: Checked<T>): T {
	if (checked.ok) return checked.value;
	throw refusalError(context.getNode(), checked.refusal);
}

/** The options that the user has added, by their names. */
export function addedOptions(context: IExecuteFunctions): Record<string, unknown> {
	return (context.getNode().parameters.options ?? {}) as Record<string, unknown>;
}

function open<T>(context: IExecuteFunctions, declared: INodeProperties, isOption: boolean): Parameter<T> {
	const { name } = declared;
	const raw = isOption ? addedOptions(context)[name] : context.getNode().parameters[name];
	if (raw === undefined) return same(accepted(declared.default as T));
	const read = (item: number) => evaluate<T>(context, declared, isOption, item);
	return mayVary(raw) ? { varies: true, of: read } : same(read(0));
}

function same<T>(value: Checked<T>): Parameter<T> {
	return { varies: false, of: () => value };
}

function evaluate<T>(context: IExecuteFunctions, declared: INodeProperties, isOption: boolean, item: number): Checked<T> {
	const { displayName, name } = declared;
	const advice = isOption ? `Correct the option ${displayName}, or remove it.` : `Correct ${displayName}.`;
	let raw: unknown;
	try {
		raw = context.getNodeParameter(isOption ? `options.${name}` : name, item);
	} catch (error) {
		return refused(`${displayName} could not be evaluated: ${error instanceof Error ? error.message : String(error)}`, advice);
	}
	const value = readDeclared(declared, raw);
	if (value.ok) return value as Checked<T>;
	return refused(value.refusal.reason, `${value.refusal.advice} ${advice}`);
}

function inItem({ reason, advice }: Refusal, item: number): Checked<never> {
	return refused(`${reason} [item ${item}]`, advice);
}

function isSame(a: unknown, b: unknown): boolean {
	return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function differs({ displayName, name }: INodeProperties, first: unknown, other: unknown, item: number): Checked<never> {
	return refused(
		`${displayName} holds for the whole run, but is ${shownValue(first)} for item 0 and ${shownValue(other)} for item ${item}`,
		`Give the same for all items, such as {{ $('Settings').first().json.${name} }}, or run the node for each kind of items by itself.`,
	);
}
