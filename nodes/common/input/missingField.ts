import { refused, type Checked } from '../../../market/common/refusal';
import { firstFew, INVISIBLE, quote } from '../../../market/common/text';
import { readField } from './fieldPath';

const MAX_LISTED_FIELDS = 10;
/** How many fields are examined for a reason, and the longest name of one: each failed item is examined. */
const MAX_FIELDS = 100;
const MAX_NAME_LENGTH = 1_000;

/** How deep an item's lists are searched for, and how much of a text: enough to recognise an object in it. */
const MAX_DEPTH = 4;
const LOOKED_AT = 10_000;
const JSON_START = /^\s*[[{]/;

/** What n8n calls a column without a header: nothing in a CSV file, this in an Excel file. */
const NO_HEADER = /^(?:__EMPTY(?:_\d+)?)?$/;

/** What separates the columns of a file: its name, and how to tell Extract From File. */
const DELIMITERS = [
	{ sign: ';', name: 'semicolons', setting: '";"', isAlone: false },
	{ sign: '\t', name: 'tabs', setting: 'the expression {{ "\\t" }}', isAlone: false },
	{ sign: '|', name: 'vertical bars', setting: '"|"', isAlone: true },
	{ sign: ',', name: 'commas', setting: '","', isAlone: true },
];

/** Whitespace except for the usual single space within a name, and characters without width. */
const ODD = new RegExp(`^\\s+|\\s+$|[^\\S ]| {2,}|${INVISIBLE.source}`, 'g');
const ALL_INVISIBLE = new RegExp(INVISIBLE, 'g');

const CHARACTERS = new Map([
	[' ', 'a space'],
	['\t', 'a tab'],
	['\n', 'a line break'],
	['\r', 'a line break'],
	['\u00a0', 'a no-break space'],
	['\u202f', 'a narrow no-break space'],
	['\u00ad', 'a soft hyphen'],
	['\u200b', 'a zero-width space'],
	['\ufeff', 'a byte order mark'],
]);

/** A field that an item should have had. */
export interface WantedField {
	/** As the user named it. */
	path: string;
	segments: readonly string[];
	/** The value that the field should have given, such as "SKU". */
	label: string;
	/** Where the user named it, such as "SKU Field". */
	parameter: string;
}

/**
 * Why an item has no such field, as far as its other fields show: the file was read with the wrong encoding or
 * delimiter, its header is further down, the rows are a list or JSON within the item, or a field's name only looks the same. Nothing is read in its place.
 */
export function refuseMissing(json: object, field: WantedField): Checked<never> {
	const { path, segments, label, parameter } = field;
	const wanted = segments.length === 1 ? (segments[0] as string) : path;
	const names = Object.keys(json)
		.slice(0, MAX_FIELDS)
		.filter(({ length }) => length <= MAX_NAME_LENGTH);
	const found =
		similarName(names, wanted, parameter) ??
		lostLetters(names) ??
		headerBelow(names) ??
		otherDelimiter(names, wanted) ??
		listWithin(json, names, field) ??
		jsonWithin(json, names, wanted);
	const { fact, advice } = found ?? {
		fact: '',
		advice: `Set ${parameter} to one of the item's fields: ${listFields(json)}.`,
	};
	return refused(`${label} is missing: the item has no field ${quote(path)}${fact}`, advice);
}

/** Why a field that holds a list gives no value: the values are those of several items. */
export function refuseList({ path, label }: WantedField): Checked<never> {
	return refused(
		`${label} is a list: field ${quote(path)} holds several values`,
		splitOut(quote(path)),
	);
}

function splitOut(field: string): string {
	return `Put the node Split Out before this one, with ${field} in Fields To Split Out: each entry of the list becomes an item.`;
}

/** What an item has instead of the field, and what to do. */
interface Finding {
	fact: string;
	advice: string;
}

function similarName(
	names: readonly string[],
	wanted: string,
	parameter: string,
): Finding | undefined {
	const name = names.find((one) => seen(one) === seen(wanted));
	if (name === undefined) return undefined;
	const isMarked = name.includes('\ufeff');
	return {
		fact: `, but ${quote(name)}, ${difference(name, wanted)}`,
		advice: isMarked
			? 'Turn on the option Exclude Byte Order Mark (BOM) of Extract From File.'
			: `Correct the name in the source, or drag the field from the input panel into ${parameter}.`,
	};
}

/** A file in another encoding: each letter that n8n could not read became U+FFFD. */
function lostLetters(names: readonly string[]): Finding | undefined {
	const name = names.find((one) => one.includes('\ufffd'));
	if (name === undefined) return undefined;
	return {
		fact: `, but ${quote(name)}, whose letters were lost: the file is not in UTF-8`,
		advice: 'Save the file as CSV UTF-8 or as .xlsx.',
	};
}

/** Rows above the header: n8n took the first of them for the header. */
function headerBelow(names: readonly string[]): Finding | undefined {
	const name = names.find((one) => NO_HEADER.test(one));
	if (name === undefined) return undefined;
	const shown = name === '' ? 'a column without a name' : quote(name);
	return {
		fact: `, but ${shown}: the header is not in the first row`,
		advice:
			'In Extract From File, add the option that says where the header is. If it is in row 5: ' +
			'Starting Line 5 for a CSV file, Range 4 for an Excel file.',
	};
}

/** All columns in one field: "sku;stock". */
function otherDelimiter(names: readonly string[], wanted: string): Finding | undefined {
	const isOnly = names.length === 1;
	for (const name of names) {
		const delimiter = DELIMITERS.find(({ sign, isAlone }) => {
			if (!name.includes(sign) || (isAlone && !isOnly)) return false;
			return isOnly || name.split(sign).some((column) => seen(column) === seen(wanted));
		});
		if (!delimiter) continue;
		return {
			fact: `, but ${quote(name)}, which is several columns: the file was read with the wrong delimiter`,
			advice: `The columns are separated by ${delimiter.name}: set the option Delimiter of Extract From File to ${delimiter.setting}.`,
		};
	}
	return undefined;
}

/** All rows in one item: { data: [{ sku, stock }, ...] }; or all values: { skus: ['A', ...] }. */
function listWithin(
	json: object,
	names: readonly string[],
	{ path, segments, parameter }: WantedField,
): Finding | undefined {
	const isOnly = names.length === 1;
	for (const [field, [first]] of listsOf(json, names)) {
		const name = quote(field);
		if (!isRecord(first)) {
			const isNamedAlike = seen(field).startsWith(seen(path));
			if (first === undefined || isList(first) || !(isOnly || isNamedAlike)) continue;
			return {
				fact: `, but a list in ${name}`,
				advice: `${splitOut(name)} Then set ${parameter} to ${name}.`,
			};
		}
		if (!isOnly && readField(first, segments.join('.'), segments) === undefined) continue;
		return { fact: `, but a list in ${name}`, advice: splitOut(name) };
	}
	return undefined;
}

/** The lists of an item and of the objects in it, by the paths of their fields. */
function listsOf(
	json: object,
	names: readonly string[],
	depth = 1,
): Array<[field: string, list: readonly unknown[]]> {
	return names.flatMap((name): Array<[string, readonly unknown[]]> => {
		const value: unknown = (json as Record<string, unknown>)[name];
		if (isList(value)) return [[name, value]];
		if (!isRecord(value) || depth === MAX_DEPTH) return [];
		const inner = listsOf(value, Object.keys(value).slice(0, MAX_FIELDS), depth + 1);
		return inner.map(([own, list]) => [`${name}.${own}`, list]);
	});
}

/** A response or a column that is JSON and was not parsed: { data: '[{"sku":"A"}]' }. */
function jsonWithin(json: object, names: readonly string[], wanted: string): Finding | undefined {
	const name = names.find((one) => {
		const value: unknown = (json as Record<string, unknown>)[one];
		return (
			typeof value === 'string' &&
			JSON_START.test(value) &&
			value.slice(0, LOOKED_AT).includes(JSON.stringify(wanted))
		);
	});
	if (name === undefined) return undefined;
	return {
		fact: `, but a text in ${quote(name)} that is JSON`,
		advice:
			`Parse ${quote(name)} before this node: in Edit Fields with JSON.parse, or with Response Format JSON in HTTP Request. ` +
			'If the result is a list, Split Out makes an item of each entry.',
	};
}

function isList(value: unknown): value is unknown[] {
	return Array.isArray(value);
}

function isRecord(value: unknown): value is object {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A name as people see it, without quotes and capitals. */
function seen(name: string): string {
	return name
		.normalize('NFC')
		.replace(ALL_INVISIBLE, '')
		.replace(/\s+/g, ' ')
		.replace(/^ ?"?|"? ?$/g, '')
		.toLowerCase();
}

/** How two names that look alike differ. */
function difference(name: string, wanted: string): string {
	const [own, ours] = [oddOf(name), oddOf(wanted)];
	if (own !== '') return `which has ${own}`;
	if (ours !== '') return `without ${ours}`;
	if (name.toLowerCase() === wanted.toLowerCase())
		return 'with different capital and small letters';
	return 'which looks the same but is written with other characters';
}

/** The invisible characters of a name, each kind once, with its place. */
function oddOf(name: string): string {
	const odd = Array.from(name.matchAll(ODD), ({ 0: text, index }) => {
		const character = text.charAt(0);
		const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
		const where =
			index === 0
				? 'at its beginning'
				: index + text.length === name.length
					? 'at its end'
					: 'within it';
		const spaces = text.length === 2 ? 'two spaces' : 'several spaces';
		const isGap = where === 'within it' && text.length > 1;
		return `${isGap ? spaces : (CHARACTERS.get(character) ?? `the invisible character U+${code}`)} ${where}`;
	});
	return [...new Set(odd)].join(' and ');
}

function listFields(json: object): string {
	const names = Object.keys(json);
	return names.length === 0 ? 'it has none' : firstFew(names, MAX_LISTED_FIELDS, quote);
}
