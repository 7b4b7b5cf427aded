import type { MarketReply } from '../wire/ports';
import { marketMessages } from '../wire/messages';
import { positionsIn, readMessages, type Wording } from './wording';

/** What to do with a refused batch: some records are refused for good, the others are sent again. */
export interface Isolation {
	/** Records that are to blame, each with the messages that say so. */
	refused: Map<number, string[]>;
	/** Whether the messages name records: then it is not the request as a whole that is refused. */
	isNamed: boolean;
	/** The others: in pieces that are smaller than the batch if it names records, else all together. */
	pieces: number[][];
}

/** What a record is for: a SKU, or a SKU in one warehouse if the method writes to several. */
export interface Subject {
	sku: string;
	warehouseId?: string;
}

/** What the messages of a refusal say about the records of its batch. */
export function readRefusal(
	reply: MarketReply,
	positions: readonly number[],
	subjectOf: (position: number) => Subject,
): Wording[] {
	return readMessages(
		marketMessages(reply),
		positions.map((position) => subjectOf(position).sku),
	);
}

/**
 * Finds out which records of a refused batch are to blame: those that a message names, by SKU or by position in the list,
 * or the only one. If a message names none of several, they must be searched.
 *
 * @param subjectOf what a record is for, by its position
 * @param isFirst whether this is the batch's first refusal: then what is left goes out in one piece
 */
export function isolate(
	reply: MarketReply,
	positions: readonly number[],
	subjectOf: (position: number) => Subject,
	isFirst: boolean,
): Isolation {
	const wordings = readRefusal(reply, positions, subjectOf);
	const [only] = positions;
	const { refused, suspects } = blame(wordings, positions, subjectOf);
	const isNamed = refused.size + suspects.length > 0;
	if (positions.length === 1 && only !== undefined) {
		return {
			refused: new Map([[only, wordings.map(({ message }) => message)]]),
			isNamed,
			pieces: [],
		};
	}
	if (!isNamed) return { refused, isNamed, pieces: [[...positions]] };
	const unclear = new Set(suspects.flat());
	const rest = positions.filter((position) => !refused.has(position) && !unclear.has(position));
	// A message may name one record at a time: halving then limits the quota that refused requests cost.
	const isWhole = (piece: readonly number[]) => isFirst && piece.length < positions.length;
	const pieces = [rest, ...suspects].flatMap((piece) => (isWhole(piece) ? [piece] : halves(piece)));
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
	 * Records one of which is to blame, without the message saying which: a SKU without its warehouse, or one of several
	 * SKUs. Each group has no SKU twice: the next refusal is clearer.
	 */
	suspects: number[][];
}

function blame(
	wordings: readonly Wording[],
	positions: readonly number[],
	subjectOf: (position: number) => Subject,
): Blame {
	const bySku = positionsBySku(positions, subjectOf);
	const refused = new Map<number, string[]>();
	const unclear = new Map<string, readonly number[]>();
	for (const wording of wordings) {
		const named = new Set(positionsIn(wording).flatMap((index) => positions[index] ?? []));
		const { sku, warehouseId, message } = wording;
		if (sku !== undefined) {
			const all = bySku.get(sku) ?? [];
			const meant = all.filter((position) => subjectOf(position).warehouseId === warehouseId);
			const certain = meant.length > 0 ? meant : all;
			if (certain.length === 1) named.add(certain[0] as number);
			else unclear.set(sku, certain);
		}
		for (const name of wording.unclear) unclear.set(name, bySku.get(name) ?? []);
		for (const position of named)
			refused.set(position, [...(refused.get(position) ?? []), message]);
	}
	const suspects: number[][] = [];
	for (const all of unclear.values()) {
		const open = all.filter((position) => !refused.has(position));
		open.forEach((position, layer) => (suspects[layer] ??= []).push(position));
	}
	return { refused, suspects };
}

function positionsBySku(
	positions: readonly number[],
	subjectOf: (position: number) => Subject,
): ReadonlyMap<string, readonly number[]> {
	const bySku = new Map<string, number[]>();
	for (const position of positions) {
		const { sku } = subjectOf(position);
		const known = bySku.get(sku);
		if (known) known.push(position);
		else bySku.set(sku, [position]);
	}
	return bySku;
}
