/** How much of a user's value a message repeats, in UTF-16 code units. */
const MAX_QUOTED_LENGTH = 40;

/** Characters that JSON leaves unescaped although they are invisible or break the line. */
const UNSEEN =
	/[\u007f-\u009f\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\u2800\u3164\ufeff]|(?<!\p{Extended_Pictographic})\ufe0f/gu;

/**
 * Characters that show nothing: they have no width, change how another character is shown or which way the text runs,
 * or are blank although no program treats them as whitespace.
 */
export const INVISIBLE =
	/[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u2800\u3164\ufe0f\ufeff]/;

/** An emoji that is one only because of the selector after it, such as a red heart. */
const EMOJI_BY_SELECTOR = /\p{Extended_Pictographic}\ufe0f$/u;

/**
 * A raw value as a message shows it: in quotes, on one line, shortened, with invisible characters escaped.
 * Looks only at the beginning, so a text of a megabyte costs nothing.
 */
export function quote(value: unknown): string {
	if (typeof value === 'object' && value !== null)
		return Array.isArray(value) ? 'a list' : 'an object';
	const text = String(value);
	const head = JSON.stringify(text.slice(0, MAX_QUOTED_LENGTH)).replace(UNSEEN, escaped);
	return text.length > MAX_QUOTED_LENGTH
		? `${head.slice(0, -1)}..." (${text.length} characters)`
		: head;
}

/**
 * The first few of many for a message, and how many more there are, such as "51, 52 and 3 more".
 *
 * @param most so many are named
 * @param say how one is named
 */
export function firstFew<T>(
	all: readonly T[],
	most: number,
	say: (one: T) => string = String,
): string {
	const named = all
		.slice(0, most)
		.map((one) => say(one))
		.join(', ');
	return all.length > most ? `${named} and ${all.length - most} more` : named;
}

/**
 * An input item's number, from 0, as texts give it: with the line of the file that it was read from, if that is known,
 * such as "3 (line 5 of the file)".
 */
export function itemNumber(item: number, line?: number): string {
	return line === undefined ? String(item) : `${item} (line ${line} of the file)`;
}

function escaped(character: string): string {
	return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Removes whitespace and invisible characters from both ends, in linear time. */
export function trimUnseen(text: string): string {
	const isUnseen = (at: number) => INVISIBLE.test(text.charAt(at)) || text.charAt(at).trim() === '';
	let [from, to] = [0, text.length];
	while (from < to && isUnseen(from)) from += 1;
	while (from < to && isUnseen(to - 1)) to -= 1;
	if (EMOJI_BY_SELECTOR.test(text.slice(Math.max(from, to - 2), to + 1))) to += 1;
	return text.slice(from, to);
}

/** Number of bytes of a text in UTF-8, which is how the Market measures a body. */
export function utf8Length(text: string): number {
	let bytes = text.length;
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (code < 0x80) continue;
		// A surrogate pair is two code units and four bytes: two per unit. Everything else above U+07FF is three.
		bytes += code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 1 : 2;
	}
	return bytes;
}
