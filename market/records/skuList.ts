import { refused, type Checked } from '../common/refusal';
import { quote } from '../common/text';

/** A text this long or longer is not a SKU; its beginning shows what it is. */
const LOOKED_AT = 1_000;

const JSON_LIST = /^\[[\s\S]*\]$/;
/** A SKU with something around it that is not part of it: JSON, quotes, a label. */
const WRAPPED =
	/^\{[\s\S]*\}$|^(["'`])[\s\S]*\1$|^[“«„][\s\S]*[”»“]$|^(?:sku|ску|артикул)\s*[:=]\s/i;

/** A remark after the SKUs, such as "(both)". */
const REMARK = /\s\([^()]*\)$/;
/** What separates two of them, except a comma within a number. */
const COMMA = String.raw`,(?!\d)|(?<!\d),`;
const WORD = String.raw`\s(?:and|or|и|или)\s`;
const SIGN = String.raw`\s[&+/]\s`;
const LIST_SIGN = new RegExp(String.raw`[;|\t\r\n]|${COMMA}`);
const LIST_WORD = new RegExp(WORD, 'i');
const JOINING_SIGN = new RegExp(SIGN);
const ANY_SIGN = new RegExp(String.raw`${LIST_SIGN.source}|${WORD}|${SIGN}`, 'i');
/** The same plus spaces, with any word or sign that follows. */
const ANY_GAP = new RegExp(String.raw`(?:[\s;|]|${COMMA})+(?:(?:and|or|и|или|[&+/])\s+)?`, 'i');

/** Minimum length at which numbers and codes count as several SKUs, if only their equal length says they are alike. */
const LEAST_LENGTH = 6;

/**
 * Refuses anything that is not exactly one SKU, as models send it: several in one text, or one in JSON, in quotes or
 * after a label. It would pass as a SKU that no catalogue has. For callers that want just one; elsewhere a SKU may
 * contain a comma.
 *
 * @returns undefined if it looks like one SKU
 */
export function refuseSkuList(raw: unknown): Checked<never> | undefined {
	const text = typeof raw === 'string' ? raw.slice(0, LOOKED_AT).trim() : '';
	if (Array.isArray(raw) || isList(text)) {
		return refused(
			`SKU ${quote(raw)} looks like several SKUs`,
			'Call once for each SKU: one call takes one SKU as plain text, without others beside it.',
		);
	}
	if (WRAPPED.test(text)) {
		return refused(
			`SKU ${quote(raw)} has something around it`,
			'Give the SKU alone, exactly as it is in the catalogue: plain text without quotes, JSON or a label.',
		);
	}
	return undefined;
}

function isList(text: string): boolean {
	if (JSON_LIST.test(text)) return true;
	const bare = text.replace(REMARK, '').trim();
	const listed = bare.split(LIST_SIGN);
	if (listed.length > 1 && listed.every((part) => !/\s/.test(part.trim()))) return true;
	const words = bare.split(ANY_GAP).filter((word) => word !== '');
	if ((listed.length > 1 || LIST_WORD.test(bare)) && words.every(isCode)) return true;
	if (JOINING_SIGN.test(bare) && words.every(hasDigit)) return true;
	return [words, bare.split(ANY_SIGN), bare.split(',')].some(areAlike);
}

function hasDigit(text: string): boolean {
	return /\d/.test(text);
}

/** A word of no natural language: it has digits or no lower-case letters. */
function isCode(text: string): boolean {
	return hasDigit(text) || !/\p{Ll}/u.test(text);
}

/** Whether texts are built alike, like SKUs of one catalogue: SKU-00001 and SKU-00002, TEA-01 and CUP-02, 557722 and 557723. */
function areAlike(texts: readonly string[]): boolean {
	const trimmed = texts.map((text) => text.trim()).filter((text) => text !== '');
	const [first, ...others] = trimmed;
	if (first === undefined || others.length === 0 || !trimmed.every(hasDigit)) return false;
	const isSame = (by: (text: string) => string | number) =>
		others.every((other) => by(other) === by(first));
	if (/^\p{L}/u.test(first) && isSame(withoutDigits)) return true;
	return first.length >= LEAST_LENGTH && isSame(({ length }) => length) && isSame(shape);
}

function withoutDigits(text: string): string {
	return text.replace(/\d+/g, '0');
}

function shape(text: string): string {
	return withoutDigits(text).replace(/\p{L}+/gu, 'a');
}
