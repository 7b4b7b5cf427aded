import { isSafeObjectProperty, type IDataObject } from 'n8n-workflow';

/** Stands for a value that only n8n can tell. */
export const ASK_N8N = Symbol('ask n8n');

/** Reads a value from an item's fields: what n8n would give, or `ASK_N8N`. */
export type DirectRead = (json: IDataObject) => unknown;

/** One expression and nothing beside it. Braces within it may be anything. */
const ALONE = /^=\{\{([^{}]*)\}\}$/;

/** Letters of which n8n's own reading of code knows that they may stand in a name. */
const NAME = /[A-Za-zА-Яа-яЁё_][A-Za-zА-Яа-яЁё\d_]*(?!\$)/y;
const POSITION = /0|[1-9]\d*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?![\w.])/y;
const TEXT = /'[^'\\\r\n\u2028\u2029]*'|"[^"\\\r\n\u2028\u2029]*"/y;
const SPACE = /\s*/y;

/** What n8n refuses anywhere in an expression, also within a text. */
const REFUSED = /\.\s*constructor/;

const CONVERSIONS: ReadonlyArray<[call: string, convert: (value: unknown) => unknown]> = [
	['String', String],
	['Number', Number],
];

/**
 * Reads expressions such as `{{ $json.stock }}` without n8n, which takes a hundred times as long: a field of the item,
 * also with `?.`, `['a b']` and `[0]`; around it `String()`, `Number()`, `.trim()`, parentheses and `?? 0`. A value is
 * given only if n8n surely gives the same: a text, a finite number, true, false or null, found by the fields' own names.
 * For all else n8n is asked: for a field that is absent, a date, a list, a text that is no number.
 *
 * @param written the parameter as it is written
 * @returns undefined if the expression is of any other form
 */
export function plainExpression(written: unknown): DirectRead | undefined {
	const code = typeof written === 'string' ? ALONE.exec(written)?.[1] : undefined;
	if (code === undefined || REFUSED.test(code)) return undefined;
	const read = new Parser(code).parse();
	return read && ((json) => surely(read(json)));
}

function surely(value: unknown): unknown {
	if (typeof value === 'number') return Number.isFinite(value) ? value : ASK_N8N;
	return isScalar(value) ? value : ASK_N8N;
}

function isScalar(value: unknown): value is string | number | boolean | null {
	return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** Reads code from left to right. Each method gives undefined, and the code is left to n8n, if it is of another form. */
class Parser {
	private at = 0;

	constructor(private readonly code: string) {}

	parse(): DirectRead | undefined {
		const read = this.choice();
		this.take(SPACE);
		return this.at === this.code.length ? read : undefined;
	}

	/** A value, or another if that is null or absent. */
	private choice(): DirectRead | undefined {
		let read = this.value();
		while (read && this.has('??')) {
			const first = read;
			const other = this.constant() ?? this.value();
			read = other && ((json) => first(json) ?? other(json));
		}
		return read;
	}

	private constant(): DirectRead | undefined {
		this.take(SPACE);
		const text = this.take(TEXT);
		if (text !== undefined) return () => text.slice(1, -1);
		const number = this.take(NUMBER);
		return number === undefined ? undefined : () => Number(number);
	}

	private value(): DirectRead | undefined {
		let read = this.has('$json') ? this.field() : this.wrapped();
		while (read && (this.has('.trim()') || this.has('?.trim()'))) {
			const untrimmed = read;
			read = (json) => {
				const value = untrimmed(json);
				return typeof value === 'string' ? value.trim() : ASK_N8N;
			};
		}
		return read;
	}

	private wrapped(): DirectRead | undefined {
		const called = CONVERSIONS.find(([call]) => this.has(call));
		if (!this.has('(')) return undefined;
		const read = this.choice();
		if (!read || !this.has(')')) return undefined;
		if (!called) return read;
		const [, convert] = called;
		return (json) => {
			const value = read(json);
			return isScalar(value) ? convert(value) : ASK_N8N;
		};
	}

	private field(): DirectRead | undefined {
		const names: string[] = [];
		while (!this.isAt('.trim()') && !this.isAt('?.trim()')) {
			const name = this.step();
			if (name === undefined) break;
			names.push(name);
		}
		if (names.length === 0 || names.some(isNoField)) return undefined;
		return (json) => fieldOf(json, names);
	}

	/** The name of the next field, if there is one. */
	private step(): string | undefined {
		const from = this.at;
		const isOptional = this.has('?.');
		let name: string | undefined;
		if (this.has('[')) {
			this.take(SPACE);
			name = this.take(TEXT)?.slice(1, -1) ?? this.take(POSITION);
			if (!this.has(']')) name = undefined;
		} else if (isOptional || this.has('.')) {
			this.take(SPACE);
			name = this.take(NAME);
		}
		if (name === undefined) this.at = from;
		return name;
	}

	private isAt(text: string): boolean {
		this.take(SPACE);
		return this.code.startsWith(text, this.at);
	}

	private has(text: string): boolean {
		if (!this.isAt(text)) return false;
		this.at += text.length;
		return true;
	}

	private take(look: RegExp): string | undefined {
		look.lastIndex = this.at;
		const found = look.exec(this.code)?.[0];
		if (found !== undefined) this.at += found.length;
		return found;
	}
}

/** Names that n8n refuses, or does not take for a field: what its sandbox guards, and what all objects have. */
function isNoField(name: string): boolean {
	return !isSafeObjectProperty(name) || name === 'globalThis' || name in Object.prototype;
}

/** A field as n8n finds it; `undefined` if the last of its objects does not have it. */
function fieldOf(json: IDataObject, names: readonly string[]): unknown {
	let value: unknown = json;
	for (const [index, name] of names.entries()) {
		if (!isPlain(value)) return ASK_N8N;
		if (Object.hasOwn(value, name)) value = value[name];
		// What a list has, such as "map", is not a field.
		else return name in value || index < names.length - 1 ? ASK_N8N : undefined;
	}
	return value;
}

/** Whether it is an object or a list as in JSON. */
function isPlain(value: unknown): value is Record<string, unknown> {
	if (typeof value !== 'object' || value === null) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === Array.prototype;
}
