import { MAX_SKU_LENGTH } from '../contract/bounds';

/** What a message of the Market says, with the SKUs in it separated from the Market's own words. */
export interface Wording {
	message: string;
	/** The SKU that it is about, if only one can be meant. */
	sku?: string;
	/** The warehouse that it names with this SKU. */
	warehouseId?: string;
	/** SKUs that it may be about: their quotes can be read in several ways, or may be about something else. */
	unclear: string[];
	/** The Market's own words: nothing that it quotes, and no SKU that reads like the Market's words. */
	words: string;
}

/** A position in the request's list, as in `skus[3].items[0].count must be ...`. */
const LIST_POSITION = /\b(?:skus|skuItems|hiddenOffers)\[(\d+)\]/g;

/** What may become a position if part of the SKU is cut out: then a word begins in the middle of it. */
const LIKE_A_POSITION = /(?:skus|skuItems|hiddenOffers)\[\d+\]/;

/** Refusals of a request as a whole: no part of it would fare better. Source: the Market's list of errors. */
const WHOLE_REQUEST = new RegExp(
	[
		'campaign type is not allowed',
		'method is not allowed',
		'has (?:no )?warehouse groups',
		'^JSON:',
		'request body is missing',
		'type mismatch',
		'illegal input(?: at [\\w.]+)?\\s*$',
		'^\\w+ size must be between',
		'request is too big',
		'X-Business-Id',
	].join('|'),
	'i',
);

/** The Market's words for a moment that it does not accept [docs, updateStocks]. */
const WRONG_MOMENT = /should not be (?:in the future|older than a day)/;

/** What stands before a quoted text that is not a SKU. */
const NOT_A_SKU = /(?:warehouse|positions|campaign|campaignId|business|businessId)\W*$/i;

/** The warehouse that follows a SKU, as in `Duplicate shop-sku 'A' for warehouse '51'`. */
const FOR_WAREHOUSE = /^ for warehouse '(\d+)'/;

const QUOTE = "'";

/** Takes the place of what was cut out of a message's words. */
const CUT = '…';

/**
 * Reads the messages of a refusal. A SKU may contain anything, even quotes, the Market's own words, or another SKU, so
 * the request's SKUs are cut out of a message before anything else is read in it.
 *
 * @param skus of the request
 */
export function readMessages(messages: readonly string[], skus: Iterable<string>): Wording[] {
	const all = new Set(skus);
	const known = { skus: all, lengths: new Set(Array.from(all, ({ length }) => length)) };
	const quoting = [...all].filter((sku) => sku.includes(QUOTE));
	const lookAlikes = [...all].filter((sku) => readsLikeWords(sku));
	return messages.map((message) => ({
		message,
		...namesIn(message, known, quoting),
		words: wordsOf(message, lookAlikes),
	}));
}

/** Whether the Market refused the request as a whole, and not because of some of its items. */
export function concernsWholeRequest({ words }: Wording): boolean {
	return WHOLE_REQUEST.test(words);
}

/** Whether the Market rejects the moment of a balance. */
export function concernsMoment({ words }: Wording): boolean {
	return WRONG_MOMENT.test(words);
}

/** The positions in the request's list that a message names. */
export function positionsIn({ words }: Wording): number[] {
	return Array.from(words.matchAll(LIST_POSITION), ([, position]) => Number(position));
}

function readsLikeWords(sku: string): boolean {
	return LIKE_A_POSITION.test(sku) || WHOLE_REQUEST.test(sku) || WRONG_MOMENT.test(sku);
}

/** The SKUs of the request. */
interface Known {
	skus: ReadonlySet<string>;
	lengths: ReadonlySet<number>;
}

type Names = Pick<Wording, 'sku' | 'warehouseId' | 'unclear'>;

/**
 * In all of the Market's messages the SKU is quoted first, and the rest of the message closes every quote that it opens.
 * If several SKUs of the request fit, it is unknown which is meant.
 *
 * @param quoting SKUs that contain quotes themselves
 */
function namesIn(message: string, known: Known, quoting: readonly string[]): Names {
	const quotes = occurrences(QUOTE, message);
	const [first] = quotes;
	if (first === undefined) return { unclear: [] };
	// Should a message name a SKU without quotes, its first quote may be one of the SKU's own.
	const around = quoting.filter((sku) =>
		occurrences(sku, message).some((at) => at <= first && at + sku.length > first),
	);
	if (around.length > 0) return { unclear: [...around, ...quotedAfter(0, message, quotes, known)] };
	const fitting = NOT_A_SKU.test(before(first, message))
		? []
		: quotedFrom(0, message, quotes, known).filter(
				({ closing }) => (quotes.length - closing) % 2 === 1,
			);
	const [only] = fitting;
	if (only === undefined) return { unclear: quotedAfter(0, message, quotes, known) };
	if (fitting.length > 1) return { unclear: fitting.map(({ sku }) => sku) };
	const rest = message.slice((quotes[only.closing] as number) + 1);
	const unclear = quotedAfter(only.closing + 1, message, quotes, known).filter(
		(sku) => sku !== only.sku,
	);
	return { sku: only.sku, warehouseId: FOR_WAREHOUSE.exec(rest)?.[1], unclear };
}

/** A SKU in quotes, with the number of the quote that closes it. */
interface Quoted {
	sku: string;
	closing: number;
}

/** The known SKUs that may begin after a quote. */
function quotedFrom(
	opening: number,
	message: string,
	quotes: readonly number[],
	known: Known,
): Quoted[] {
	const start = (quotes[opening] as number) + 1;
	const found: Quoted[] = [];
	for (let closing = opening + 1; closing < quotes.length; closing++) {
		const end = quotes[closing] as number;
		if (end - start > MAX_SKU_LENGTH) break;
		// A message may consist of quotes: look only at texts as long as one of the SKUs.
		if (!known.lengths.has(end - start)) continue;
		const sku = message.slice(start, end);
		if (known.skus.has(sku)) found.push({ sku, closing });
	}
	return found;
}

/** All known SKUs that may stand in quotes from a given quote on, except what the words before it rule out. */
function quotedAfter(
	from: number,
	message: string,
	quotes: readonly number[],
	known: Known,
): string[] {
	const found = new Set<string>();
	for (let opening = from; opening < quotes.length; opening++) {
		if (NOT_A_SKU.test(before(quotes[opening] as number, message))) continue;
		for (const { sku } of quotedFrom(opening, message, quotes, known)) found.add(sku);
	}
	return [...found];
}

/** The few characters before a position: enough for a word. */
function before(at: number, message: string): string {
	return message.slice(Math.max(0, at - 20), at);
}

function wordsOf(message: string, lookAlikes: readonly string[]): string {
	const cuts = lookAlikes.flatMap((sku) =>
		occurrences(sku, message).map((start) => ({ start, end: start + sku.length })),
	);
	const start = message.indexOf(QUOTE);
	if (start >= 0) cuts.push({ start, end: message.lastIndexOf(QUOTE) + 1 });
	cuts.sort((a, b) => a.start - b.start);
	let words = '';
	let from = 0;
	for (const cut of cuts) {
		words += message.slice(from, cut.start) + CUT;
		from = Math.max(from, cut.end);
	}
	return words + message.slice(from);
}

function occurrences(part: string, text: string): number[] {
	const found: number[] = [];
	for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) found.push(at);
	return found;
}
