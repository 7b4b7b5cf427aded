/** A run of this many digits may be a number that JavaScript cannot hold exactly. */
const LONG_NUMBER = /\d{16}/;

/** How deep an honest reply nests; anything deeper is not the Market's. */
const MAX_DEPTH = 64;

/**
 * Parses a reply. A whole number that JavaScript cannot hold exactly (beyond 2^53) becomes a string: the Market's IDs
 * are 64-bit integers [openapi, int64], and a rounded one is the ID of something else.
 *
 * @returns the text itself if it is not JSON, or nests deeper than any reply of the Market
 */
export function parseReply(text: string): unknown {
	if (isTooDeep(text)) return text;
	try {
		return JSON.parse(LONG_NUMBER.test(text) ? withExactNumbers(text) : text);
	} catch {
		return text;
	}
}

/** The same JSON with each number that would be rounded in quotes. Reads the text once. */
function withExactNumbers(text: string): string {
	let exact = '';
	let copied = 0;
	let at = 0;
	while (at < text.length) {
		const code = text.charCodeAt(at);
		if (code === QUOTE) {
			at = afterString(text, at);
		} else if (isDigit(code) || code === MINUS) {
			const end = afterNumber(text, at);
			const number = text.slice(at, end);
			if (WHOLE.test(number) && !Number.isSafeInteger(Number(number))) {
				exact += `${text.slice(copied, at)}"${number}"`;
				copied = end;
			}
			at = end;
		} else {
			at += 1;
		}
	}
	return exact + text.slice(copied);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const WHOLE = /^-?\d+$/;

function isDigit(code: number): boolean {
	return code >= 0x30 && code <= 0x39;
}

/** The position after a string that begins at `start`; the end of the text if the string never ends. */
function afterString(text: string, start: number): number {
	for (let at = start + 1; at < text.length; at += 1) {
		const code = text.charCodeAt(at);
		if (code === QUOTE) return at + 1;
		if (code === BACKSLASH) at += 1;
	}
	return text.length;
}

/** The position after a number that begins at `start`, including its fraction and exponent. */
function afterNumber(text: string, start: number): number {
	let at = start + 1;
	while (at < text.length && NUMERIC.includes(text.charAt(at))) at += 1;
	return at;
}

const NUMERIC = '0123456789.+-eE';

/** Whether lists and objects nest deeper than allowed. */
function isTooDeep(text: string): boolean {
	let depth = 0;
	for (let at = 0; at < text.length; at += 1) {
		const code = text.charCodeAt(at);
		if (code === QUOTE) at = afterString(text, at) - 1;
		else if (code === 0x5b || code === 0x7b) {
			depth += 1;
			if (depth > MAX_DEPTH) return true;
		} else if (code === 0x5d || code === 0x7d) depth -= 1;
	}
	return false;
}
