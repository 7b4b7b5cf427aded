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

/** What a record is for: a SKU, in one warehouse where the method writes to several. */
export interface Subject {
	sku: string;
	warehouseId?: string;
}

/** Quoted parts of known messages that are not SKUs. */
const NOT_A_SKU = /for warehouse '[^']*'|at positions '[^']*'/g;

/** The warehouse that a message names. */
const WAREHOUSE = /for warehouse '(\d+)'/;

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
 * @param subjectOf what a record is for, by its position
 * @param isFirst whether the batch was refused for the first time: then what is left goes out in one piece
 */
export function isolate(
	reply: MarketReply,
	positions: readonly number[],
	subjectOf: (position: number) => Subject,
	isFirst: boolean,
): Isolation {
	const messages = marketMessages(reply);
	const [only] = positions;
	const { refused, suspects } = blame(messages, positions, subjectOf);
	const isNamed = refused.size + suspects.length > 0;
	if (positions.length === 1 && only !== undefined) return { refused: new Map([[only, messages]]), isNamed, pieces: [] };
	if (!isNamed) return { refused, isNamed, pieces: halves(positions) };
	const unclear = new Set(suspects.flat());
	const rest = positions.filter((position) => !refused.has(position) && !unclear.has(position));
	// A message may name one record at a time: halving then keeps the quota that refused requests cost in bounds.
	const pieces = [...(isFirst ? [rest] : halves(rest)), ...suspects];
	return { refused, isNamed, pieces: pieces.filter(({ length }) => length > 0) };
}

function halves(positions: readonly number[]): number[][] {
	const middle = Math.ceil(positions.length / 2);
	return [positions.slice(0, middle), positions.slice(middle)];
}

interface Blame {
	/** Records that are to blame, each with the messages that say so. */
	refused: Map<number, string[]>;
	/**
	 * Records of which one is to blame, and the message does not say which: a SKU without its warehouse. In groups
	 * that have no SKU twice: the next refusal is clear.
	 */
	suspects: number[][];
}

function blame(
	messages: readonly string[],
	positions: readonly number[],
	subjectOf: (position: number) => Subject,
): Blame {
	const refused = new Map<number, string[]>();
	const unclear = new Map<string, number[]>();
	for (const message of messages) {
		const { skus, places } = namedIn(message, positions, subjectOf);
		const warehouse = WAREHOUSE.exec(message)?.[1];
		for (const [sku, all] of skus) {
			const meant = all.filter((position) => subjectOf(position).warehouseId === warehouse);
			const certain = meant.length > 0 ? meant : all;
			if (certain.length === 1) places.add(certain[0] as number);
			else unclear.set(sku, certain);
		}
		for (const position of places) refused.set(position, [...(refused.get(position) ?? []), message]);
	}
	const suspects: number[][] = [];
	for (const all of unclear.values()) {
		const open = all.filter((position) => !refused.has(position));
		open.forEach((position, layer) => (suspects[layer] ??= []).push(position));
	}
	return { refused, suspects };
}

/** What a message names: SKUs, each with all records that are for it, and positions in the request's list. */
function namedIn(
	message: string,
	positions: readonly number[],
	subjectOf: (position: number) => Subject,
): { skus: Map<string, number[]>; places: Set<number> } {
	const skus = new Map<string, number[]>();
	let text = message.replace(NOT_A_SKU, ' ');
	for (const position of positions) {
		const { sku } = subjectOf(position);
		const known = skus.get(sku);
		if (known) known.push(position);
		else if (text.includes(`'${sku}'`)) skus.set(sku, [position]);
	}
	// Longer SKUs first, and out of the text with them: what else stands within their quotes is not meant.
	for (const sku of [...skus.keys()].sort((a, b) => b.length - a.length)) {
		const quote = `'${sku}'`;
		if (text.includes(quote)) text = text.replaceAll(quote, ' ');
		else skus.delete(sku);
	}
	const places = new Set<number>();
	for (const [, place] of text.matchAll(LIST_POSITION)) {
		const position = positions[Number(place)];
		if (position !== undefined) places.add(position);
	}
	return { skus, places };
}
