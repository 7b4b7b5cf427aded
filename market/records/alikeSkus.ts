import { INVISIBLE } from '../common/text';
import { MAX_SKU_LENGTH } from '../contract/bounds';

/** The Cyrillic letters that a Russian keyboard has and that look like Latin ones, and these, letter by letter. */
const CYRILLIC = 'АВЕКМНОРСТУХ';
const LATIN = 'ABEKMHOPCTYX';
/** The same for letters of other Cyrillic alphabets: they come from elsewhere, but nobody types them by mistake. */
const RARE_CYRILLIC = 'ЅІЈ';
const RARE_LATIN = 'SIJ';

const AS_LATIN = pairs(CYRILLIC + RARE_CYRILLIC, LATIN + RARE_LATIN);
const TO_LATIN = pairs(CYRILLIC, LATIN);
const TO_CYRILLIC = pairs(LATIN, CYRILLIC);

const LOOK_ALIKE = new RegExp(`[${CYRILLIC}${LATIN}]`, 'gi');

/** Spaces, dashes of every length, and what shows nothing. */
const GAP = new RegExp(`[\\s\\p{Pd}\\u2212]|${INVISIBLE.source}`, 'gu');
const GAPS = new RegExp(`(?:${GAP.source})+`, 'gu');

/** A way in which a SKU is commonly misspelt. */
interface Slip {
	/** What two spellings then differ in, in words. */
	words: string;
	/** Takes the difference out. */
	level(sku: string): string;
}

/** In this order, together they make one form of all spellings. */
const SLIPS: readonly Slip[] = [
	{ words: 'the Unicode form of letters (NFC, NFD)', level: (sku) => sku.normalize('NFD') },
	{ words: 'capital and small letters', level: (sku) => sku.toUpperCase() },
	{ words: 'Latin and Cyrillic letters', level: (sku) => replaceLetters(sku, AS_LATIN) },
	{ words: 'spaces or dashes', level: (sku) => sku.replace(GAP, '') },
	{ words: 'leading zeros', level: (sku) => sku.replace(/(?<!\d)0+(?=\d)/g, '') },
];

/**
 * The form that all spellings of a SKU share: without leading zeros in any of its numbers, without spaces, dashes and
 * invisible characters, in capitals, with Latin letters for the Cyrillic ones that look like them, in Unicode NFD. Two
 * SKUs of one form are easily mistaken for each other. Empty if nothing is left: that is no likeness.
 */
export function alikeForm(sku: string): string {
	return SLIPS.reduce((form, { level }) => level(form), sku);
}

/** What two spellings of one form differ in, in words, as of a list. */
export function differenceOf(one: string, other: string): string {
	return SLIPS.filter((slip) => {
		const others = SLIPS.filter((another) => another !== slip);
		const formOf = (sku: string) => others.reduce((form, { level }) => level(form), sku);
		return formOf(one) !== formOf(other);
	})
		.map(({ words }) => words)
		.join(', ');
}

/** Most leading zeros that are tried. */
const MOST_ZEROS = 6;

/** Most spellings of one SKU that are tried: one of digits alone has some ten, one with letters many. */
const MOST_SPELLINGS = 80;

/** Most slips that are undone together. */
const MOST_SLIPS = 2;

/** How each slip is undone. */
const UNDO: ReadonlyArray<(sku: string) => string[]> = [
	otherZeros,
	(sku) => [replaceLetters(sku, TO_LATIN), replaceLetters(sku, TO_CYRILLIC)],
	(sku) => [sku.toUpperCase(), sku.toLowerCase()],
	(sku) => ['-', '', ' '].map((gap) => sku.replace(GAPS, gap)),
	(sku) => [sku.normalize('NFC'), sku.normalize('NFD')],
];

/**
 * Other spellings of the same form that are worth asking for, those with fewest changes first: up to 80, never the SKU
 * itself. They are not all there are: nobody knows where a dash was left out.
 */
export function spellingsOf(sku: string): string[] {
	const form = alikeForm(sku);
	const found = new Set([sku]);
	let others = [...undone(sku), ...oneLetterOther(sku)];
	for (let slips = 1; slips <= MOST_SLIPS; slips++) {
		const next: string[] = [];
		for (const other of others) {
			if (found.size > MOST_SPELLINGS) break;
			if (found.has(other) || !isPossible(other) || alikeForm(other) !== form) continue;
			found.add(other);
			next.push(other);
		}
		others = next.flatMap(undone);
	}
	found.delete(sku);
	return [...found];
}

/** The SKU with one slip undone, in every way. */
function undone(sku: string): string[] {
	return UNDO.flatMap((undo) => undo(sku)).map((other) => other.trim());
}

/** One letter of the other alphabet among those of its own. */
function oneLetterOther(sku: string): string[] {
	return Array.from(sku.matchAll(LOOK_ALIKE), ({ 0: letter, index: at }) => {
		const other = TO_LATIN.get(letter) ?? TO_CYRILLIC.get(letter) ?? letter;
		return sku.slice(0, at) + other + sku.slice(at + 1);
	});
}

function isPossible({ length }: string): boolean {
	return length > 0 && length <= MAX_SKU_LENGTH;
}

/** Other leading zeros in the first number. */
function otherZeros(sku: string): string[] {
	const at = sku.search(/\d/);
	if (at < 0) return [];
	const [before, number] = [sku.slice(0, at), sku.slice(at).replace(/^0+(?=\d)/, '')];
	return Array.from({ length: MOST_ZEROS + 1 }, (_, zeros) => before + '0'.repeat(zeros) + number);
}

function replaceLetters(text: string, by: ReadonlyMap<string, string>): string {
	return Array.from(text, (letter) => by.get(letter) ?? letter).join('');
}

/** Pairs of capitals, and of the small letters that belong to them. */
function pairs(from: string, to: string): ReadonlyMap<string, string> {
	const both = [...from, ...from.toLowerCase()].map(
		(letter, at) => [letter, (to + to.toLowerCase())[at] as string] as const,
	);
	return new Map(both);
}
