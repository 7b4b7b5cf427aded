import { MAX_COUNT, MAX_SKU_LENGTH, SKU_PATTERN } from '../contract';
import { beginningOf } from './moscow';
import { parseTimestamp } from './timestamps';
import type { Violations } from './violations';

/*
 * Readers of the fields in a request's body. Each returns the value, or else adds what is wrong to the violations and
 * returns a dummy of the right type, which is never used because the request is refused.
 */

const skuPattern = new RegExp(SKU_PATTERN);

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object, or undefined and a violation. */
export function readObject(
	violations: Violations,
	value: unknown,
	path: string,
): Readonly<Record<string, unknown>> | undefined {
	if (isObject(value)) return value;
	violations.add(value === null ? `${path} must not be null` : `Illegal input at ${path}`);
	return undefined;
}

/** A list within its bounds. An absent list counts as empty: that is how the Market has been seen to answer. */
export function readList(
	violations: Violations,
	value: unknown,
	path: string,
	bounds: { min: number; max: number },
): readonly unknown[] {
	const list = value ?? [];
	if (!Array.isArray(list)) {
		violations.add(`Illegal input at ${path}`);
		return [];
	}
	if (list.length < bounds.min || list.length > bounds.max) {
		violations.add(
			`${path} size must be between ${bounds.min} and ${bounds.max} (rejected size: ${list.length})`,
		);
		return [];
	}
	return list;
}

/** A list of IDs, names or the like, without repetitions; absent or null = undefined. */
export function readFilter<T>(
	violations: Violations,
	value: unknown,
	path: string,
	bounds: { min: number; max: number },
	readEntry: (violations: Violations, value: unknown, path: string) => T,
): T[] | undefined {
	if (value === undefined || value === null) return undefined;
	const list = readList(violations, value, path, bounds);
	if (new Set(list).size < list.length) violations.add(`${path} must only contain unique elements`);
	return list.map((entry, index) => readEntry(violations, entry, `${path}[${index}]`));
}

/** Makes a reader of one of some texts. */
export function readerOf(
	texts: readonly string[],
): (violations: Violations, value: unknown, path: string) => string {
	return (violations, value, path) => {
		if (typeof value === 'string' && texts.includes(value)) return value;
		violations.add(`Illegal input at ${path}`);
		return '';
	};
}

/** Any text. */
export function readText(violations: Violations, value: unknown, path: string): string {
	if (typeof value === 'string') return value;
	violations.add(`Illegal input at ${path}`);
	return '';
}

/** A SKU, trimmed. */
export function readSku(violations: Violations, value: unknown, path: string): string {
	if (value === undefined || value === null) {
		violations.add(`${path} must not be null`);
		return '';
	}
	if (typeof value !== 'string') {
		violations.add(`Illegal input at ${path}`);
		return '';
	}
	const sku = value.trim();
	if (sku.length > MAX_SKU_LENGTH) {
		violations.add(
			`${path} size must be between 1 and ${MAX_SKU_LENGTH} (rejected size: ${sku.length})`,
		);
	} else if (!skuPattern.test(sku)) {
		violations.add(`${path} must match REGEX ${SKU_PATTERN}`);
	}
	return sku;
}

/** A balance: a whole JSON number from 0 to the Market's maximum. */
export function readCount(violations: Violations, value: unknown, path: string): number {
	if (value === undefined || value === null) {
		violations.add(`${path} must not be null`);
		return 0;
	}
	if (typeof value !== 'number' || !Number.isInteger(value)) {
		violations.add(`Illegal input at ${path}`);
		return 0;
	}
	if (value < 0)
		violations.add(`${path} must be greater than or equal to 0 (rejected value: ${value})`);
	if (value > MAX_COUNT) {
		violations.add(`${path} must be less than or equal to ${MAX_COUNT} (rejected value: ${value})`);
	}
	// Adding 0 turns the -0 that JSON can carry into a plain 0.
	return value + 0;
}

/** A moment in milliseconds; absent or null = undefined. */
export function readTimestamp(
	violations: Violations,
	value: unknown,
	path: string,
): number | undefined {
	if (value === undefined || value === null) return undefined;
	const moment = typeof value === 'string' ? parseTimestamp(value) : undefined;
	if (moment === undefined) violations.add(`Illegal input at ${path}`);
	return moment;
}

/** The beginning of a day, in milliseconds; absent or null = undefined. */
export function readDate(violations: Violations, value: unknown, path: string): number | undefined {
	if (value === undefined || value === null) return undefined;
	const moment = typeof value === 'string' ? beginningOf(value) : undefined;
	if (moment === undefined) violations.add(`Illegal input at ${path}`);
	return moment;
}

/** A boolean; absent or null = undefined. */
export function readBoolean(
	violations: Violations,
	value: unknown,
	path: string,
): boolean | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'boolean') return value;
	violations.add(`Illegal input at ${path}`);
	return undefined;
}

/** An ID of 1 or more; absent or null = undefined. */
export function readId(violations: Violations, value: unknown, path: string): number | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value !== 'number' || !Number.isInteger(value)) {
		violations.add(`Illegal input at ${path}`);
		return undefined;
	}
	if (value < 1)
		violations.add(`${path} must be greater than or equal to 1 (rejected value: ${value})`);
	return value;
}

/** A required ID of 1 or more. */
export function requireId(violations: Violations, value: unknown, path: string): number {
	if (value === undefined || value === null) violations.add(`${path} must not be null`);
	return readId(violations, value, path) ?? 0;
}

/** Names every value that occurs more than once in the list, with its positions. */
export function duplicatesOf(
	values: readonly string[],
): Array<{ value: string; positions: number[] }> {
	const positions = new Map<string, number[]>();
	values.forEach((value, index) => {
		const earlier = positions.get(value);
		if (earlier === undefined) positions.set(value, [index]);
		else earlier.push(index);
	});
	return [...positions]
		.filter(([, found]) => found.length > 1)
		.map(([value, found]) => ({ value, positions: found }));
}
