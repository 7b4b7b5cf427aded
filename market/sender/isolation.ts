import type { MarketReply } from '../ports';
import { marketMessages } from '../explain';

/** How a refused batch goes on: some records are refused for good, the others are sent again in these pieces. */
export interface Isolation {
	/** Records that are to blame, each with the messages that say so. */
	refused: Map<number, string[]>;
	/** Whether the messages name records: then the request as such is not what is refused. */
	isNamed: boolean;
	pieces: number[][];
}

/** A position in the request's list, as in `skus[3].items[0].count must be ...`. */
const LIST_POSITION = /\b(?:skus|skuItems|hiddenOffers)\[(\d+)\]/g;

/** Quoted parts of known messages that are not SKUs. */
const NOT_A_SKU = /for warehouse '[^']*'|at positions '[^']*'/g;

/** Refusals of a request as such: no part of it would fare better. Source: the Market's list of errors. */
const WHOLE_REQUEST = new RegExp(
	[
		'campaign type is not allowed',
		'^JSON:',
		'request body is missing',
		'type mismatch',
		'illegal input(?! at \\w+\\[\\d)',
		'^\\w+ size must be between',
		'request is too big',
		'X-Business-Id',
	].join('|'),
	'i',
);

/** All that the Market quotes: it may be a SKU that reads like anything. */
const QUOTED = /'.*'/s;

/** Whether the Market refused the request as such, and not because of some of its items. */
export function concernsWholeRequest(reply: MarketReply): boolean {
	return marketMessages(reply).some((message) => WHOLE_REQUEST.test(message.replace(QUOTED, '')));
}

/**
 * Finds out which records of a refused batch are to blame: those that the message names, by SKU or by position in
 * the list, or else by halving. Every piece is smaller than the batch, so this always ends.
 *
 * @param skuOf the SKU of a record, by its position
 * @param isFirst whether the batch was refused for the first time: then what is left goes out in one piece
 */
export function isolate(
	reply: MarketReply,
	positions: readonly number[],
	skuOf: (position: number) => string,
	isFirst: boolean,
): Isolation {
	const messages = marketMessages(reply);
	const [only] = positions;
	const refused = blame(messages, positions, skuOf);
	const isNamed = refused.size > 0;
	if (positions.length === 1 && only !== undefined) return { refused: new Map([[only, messages]]), isNamed, pieces: [] };
	if (!isNamed) return { refused, isNamed, pieces: halves(positions) };
	const rest = positions.filter((position) => !refused.has(position));
	// A message may name one record at a time: halving then keeps the quota that refused requests cost in bounds.
	const pieces = isFirst ? [rest] : halves(rest);
	return { refused, isNamed, pieces: pieces.filter(({ length }) => length > 0) };
}

function halves(positions: readonly number[]): number[][] {
	const middle = Math.ceil(positions.length / 2);
	return [positions.slice(0, middle), positions.slice(middle)];
}

/** Records that the messages name, by SKU or by position in the request's list. */
function blame(
	messages: readonly string[],
	positions: readonly number[],
	skuOf: (position: number) => string,
): Map<number, string[]> {
	const blamed = new Map<number, string[]>();
	for (const message of messages) {
		for (const position of namedIn(message, positions, skuOf)) {
			blamed.set(position, [...(blamed.get(position) ?? []), message]);
		}
	}
	return blamed;
}

/** Longer SKUs first, and out of the text with them: what else stands within their quotes is not meant. */
function namedIn(message: string, positions: readonly number[], skuOf: (position: number) => string): Set<number> {
	const named = new Set<number>();
	let text = message.replace(NOT_A_SKU, ' ');
	const quoted = positions
		.map((position) => ({ position, quote: `'${skuOf(position)}'` }))
		.filter(({ quote }) => text.includes(quote))
		.sort((a, b) => b.quote.length - a.quote.length);
	for (const { position, quote } of quoted) {
		if (!text.includes(quote)) continue;
		named.add(position);
		text = text.replaceAll(quote, ' ');
	}
	for (const [, place] of text.matchAll(LIST_POSITION)) {
		const position = positions[Number(place)];
		if (position !== undefined) named.add(position);
	}
	return named;
}
