import { refused, type Checked } from '../../market/refusal';
import { INVISIBLE, quote } from '../../market/text';
import { parseFieldPath, readField } from './fieldPath';

const MAX_LISTED_FIELDS = 10;
/** Fields that are looked at for a reason, and the longest name of one: each failed item is looked at. */
const MAX_FIELDS = 100;
const MAX_NAME_LENGTH = 1_000;

/** What separates the columns of a file: its name, and how Extract From File is told of it. */
const DELIMITERS = [
	{ sign: ';', name: 'semicolons', setting: '";"', isAlone: false },
	{ sign: '\t', name: 'tabs', setting: 'the expression {{ "\\t" }}', isAlone: false },
	{ sign: '|', name: 'vertical bars', setting: '"|"', isAlone: true },
	{ sign: ',', name: 'commas', setting: '","', isAlone: true },
];

/** Whitespace but for the usual space within a name, and what takes no room. */
const ODD = new RegExp(`^\\s+|\\s+$|[^\\S ]|${INVISIBLE.source}`, 'g');
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

/**
 * Why an item has no field of this name, as far as its other fields tell: the file was read with the wrong delimiter,
 * the rows are a list within the item, or a field's name only looks the same. Nothing is read in its place.
 *
 * @param label the value that the field was to give, such as "SKU"
 */
export function refuseMissing(json: object, path: string, label: string): Checked<never> {
	const segments = parseFieldPath(path.trim());
	const wanted = segments.length === 1 ? (segments[0] as string) : path;
	const names = Object.keys(json)
		.slice(0, MAX_FIELDS)
		.filter(({ length }) => length <= MAX_NAME_LENGTH);
	const found =
		similarName(names, wanted, label) ?? otherDelimiter(names, wanted) ?? listWithin(json, names, segments);
	const { fact, advice } = found ?? { fact: '', advice: `Set ${label} Field to one of the item's fields: ${listFields(json)}.` };
	return refused(`${label} is missing: the item has no field ${quote(path)}${fact}`, advice);
}

/** What an item has in the place of the field, and what to do. */
interface Finding {
	fact: string;
	advice: string;
}

function similarName(names: readonly string[], wanted: string, label: string): Finding | undefined {
	const name = names.find((one) => seen(one) === seen(wanted));
	if (name === undefined) return undefined;
	const isMarked = name.includes('\ufeff');
	return {
		fact: `, but ${quote(name)}, ${difference(name, wanted)}`,
		advice: isMarked
			? 'Turn on the option Exclude Byte Order Mark (BOM) of Extract From File.'
			: `Correct the name in the source, or drag the field from the input panel into ${label} Field.`,
	};
}

/** All columns in one field: "sku;stock". */
function otherDelimiter(names: readonly string[], wanted: string): Finding | undefined {
	const isOnly = names.length === 1;
	for (const name of names) {
		const delimiter = DELIMITERS.find(({ sign, isAlone }) => {
			if (!name.includes(sign) || (isAlone && !isOnly)) return false;
			return (isOnly && !isAlone) || name.split(sign).some((column) => seen(column) === seen(wanted));
		});
		if (!delimiter) continue;
		return {
			fact: `, but ${quote(name)}, which is several columns: the file was read with the wrong delimiter`,
			advice: `The columns are separated by ${delimiter.name}: set the option Delimiter of Extract From File to ${delimiter.setting}.`,
		};
	}
	return undefined;
}

/** All rows in one item: { data: [{ sku, stock }, ...] }. */
function listWithin(json: object, names: readonly string[], segments: readonly string[]): Finding | undefined {
	for (const [field, [first]] of listsOf(json, names)) {
		if (!isRecord(first)) continue;
		if (readField(first, segments.join('.'), segments) === undefined && names.length > 1) continue;
		return {
			fact: `, but a list in ${quote(field)}`,
			advice: `Put the node Split Out before this one, with ${quote(field)} in Fields To Split Out: each entry of the list becomes an item.`,
		};
	}
	return undefined;
}

/** The lists of an item and of the objects in it, by the names of their fields. */
function listsOf(json: object, names: readonly string[]): Array<[field: string, list: readonly unknown[]]> {
	return names.flatMap((name) => {
		const value: unknown = (json as Record<string, unknown>)[name];
		if (!isRecord(value)) return isList(value) ? [[name, value]] : [];
		const inner = Object.entries(value).slice(0, MAX_FIELDS);
		return inner.flatMap(([own, list]): Array<[string, unknown[]]> => (isList(list) ? [[`${name}.${own}`, list]] : []));
	});
}

function isList(value: unknown): value is unknown[] {
	return Array.isArray(value);
}

function isRecord(value: unknown): value is object {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A name as people see it, quotes and capitals aside. */
function seen(name: string): string {
	return name.normalize('NFC').replace(ALL_INVISIBLE, '').replace(/\s+/g, ' ').replace(/^ ?"?|"? ?$/g, '').toLowerCase();
}

/** How two names differ that look alike. */
function difference(name: string, wanted: string): string {
	const [own, ours] = [oddOf(name), oddOf(wanted)];
	if (own !== '') return `which has ${own}`;
	if (ours !== '') return `without ${ours}`;
	if (name.toLowerCase() === wanted.toLowerCase()) return 'in other capital and small letters';
	return 'which looks alike and is written with other characters';
}

/** The characters of a name that nobody sees, each kind once, with its place. */
function oddOf(name: string): string {
	const odd = Array.from(name.matchAll(ODD), ({ 0: text, index }) => {
		const character = text.charAt(0);
		const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
		const where = index === 0 ? 'at its beginning' : index + text.length === name.length ? 'at its end' : 'within it';
		return `${CHARACTERS.get(character) ?? `the invisible character U+${code}`} ${where}`;
	});
	return [...new Set(odd)].join(' and ');
}

function listFields(json: object): string {
	const names = Object.keys(json);
	const shown = names.slice(0, MAX_LISTED_FIELDS).map(quote).join(', ');
	if (names.length === 0) return 'it has none';
	return names.length > MAX_LISTED_FIELDS ? `${shown} and ${names.length - MAX_LISTED_FIELDS} more` : shown;
}
