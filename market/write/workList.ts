import { noAttempts, type Attempts } from '../pacing/retry';
import { LEFT_OVER, NEVER_SENT, RequestSize } from './requestSize';

/** Records that go together, or a part of them from a position on. */
export interface Piece {
	/** Positions in the list of records. */
	positions: readonly number[];
	/** Where the part that is still to be sent begins. */
	from: number;
	/** Whether no request with these records has been refused yet. */
	isFresh: boolean;
	/** What has happened to the records so far. */
	attempts: Attempts;
	/** Where they come from, if they are some of many of which nothing is known. */
	lot?: Lot;
	/** The refused batch that they are a part of, while it is searched. */
	set?: RefusedSet;
}

/** Records of which nothing is known, in one piece, and how many of them to send at once. */
interface Lot {
	pieces: Piece[];
	size: RequestSize;
}

/** A batch that was refused without a name: at least one of its records is to blame. */
interface RefusedSet {
	/** Records that are held back while the answers to the others of the set are awaited. */
	rest: readonly number[];
	/** How many of the others have not been accepted yet. */
	open: number;
	attempts: Attempts;
}

/** What the pieces of a refused batch have in common. */
type History = Pick<Piece, 'isFresh' | 'attempts' | 'set'>;

/**
 * What is still to be sent: probes first, then pieces of refused batches, then what refused batches have left over and the
 * records that were never sent, in order.
 *
 * A batch that is refused without a name is searched by binary splitting (Hwang 1972): its first half is sent. If that is
 * accepted, the other half is to blame, and is split without being sent whole. If it is refused, all is known about the
 * other half that was known before the batch, so it is left over, and goes out with what other batches have left over.
 */
export class WorkList {
	private readonly neverSent: Lot;
	private readonly leftOver: Lot;
	private readonly pieces: Piece[] = [];
	private readonly probes: Piece[] = [];
	private readonly searched = new Set<RefusedSet>();
	private underWay = 0;
	private changed: Array<() => void> = [];

	/**
	 * @param length number of records
	 * @param maxItems records that a request may hold
	 * @param places requests that may be under way at once to search faster; 1 to make as few as possible
	 */
	constructor(
		length: number,
		maxItems: number,
		private readonly places: number,
	) {
		this.neverSent = { pieces: [], size: new RequestSize(maxItems, NEVER_SENT) };
		this.leftOver = { pieces: [], size: new RequestSize(maxItems, LEFT_OVER) };
		const positions = Array.from({ length }, (_, position) => position);
		fill(this.neverSent, { positions, from: 0, isFresh: true, attempts: noAttempts() });
	}

	get isEmpty(): boolean {
		return this.next.length === 0;
	}

	/** Whether something that was taken is not done yet. */
	get isUnderWay(): boolean {
		return this.underWay > 0;
	}

	/** The most records that the next request should hold. */
	get nextLength(): number {
		const next = this.next.at(-1);
		return next ? Math.min(lengthOf(next), next.lot?.size.length ?? Infinity) : 0;
	}

	/** The next piece, if its records were never sent and it is to be sent by itself. */
	get nextFresh(): Piece | undefined {
		const next = this.next.at(-1);
		return next?.isFresh ? next : undefined;
	}

	/** Takes the next piece, which must exist. Whatever does not fit a request goes back with putBack. */
	take(): Piece {
		const piece = this.next.pop() as Piece;
		this.underWay += 1;
		return { ...piece, attempts: { ...piece.attempts } };
	}

	/** Puts a piece back without the records that were taken. */
	putBack(piece: Piece, taken: number): void {
		const from = piece.from + taken;
		if (from < piece.positions.length)
			(piece.lot?.pieces ?? this.pieces).push({ ...piece, from, attempts: { ...piece.attempts } });
	}

	/** Adds pieces, to be sent next in their order. */
	add(pieces: readonly (readonly number[])[], { isFresh, attempts, set }: History): void {
		for (const positions of [...pieces].reverse()) {
			this.pieces.push({ positions, from: 0, isFresh, attempts: { ...attempts }, set });
		}
	}

	/** So many records of a piece were accepted: the blame is on what is left of its set. */
	accepted({ lot, set }: Piece, records: number): void {
		lot?.size.accepted(records);
		if (!set) return;
		set.open -= records;
		if (set.open === 0 && this.searched.delete(set)) this.search(set.rest, set.attempts);
	}

	/** These records of a piece were refused together, and none named. A single one is refused for good. */
	refused({ lot, set, attempts }: Piece, positions: readonly number[]): void {
		lot?.size.refused(positions.length);
		this.acquit(set);
		if (positions.length > 1) this.search(positions, attempts);
	}

	/** Nothing is known any more about what is held back of a set: others of it may be to blame. */
	acquit(set: RefusedSet | undefined): void {
		if (!set || !this.searched.delete(set)) return;
		const { rest, attempts } = set;
		// Records whose answer was lost keep to themselves: that must be told of no others.
		if (attempts.faults > 0) return this.add([rest], { isFresh: false, attempts });
		const [others] = this.leftOver.pieces.splice(0);
		const positions = [...rest, ...(others?.positions.slice(others.from) ?? [])];
		// Those to blame are often neighbours: searches that lie apart must not mix them with others.
		positions.sort((one, other) => one - other);
		fill(this.leftOver, { positions, from: 0, isFresh: false, attempts: noAttempts() });
	}

	/** Whether probes (single records from all over) are still to be sent. */
	get hasProbes(): boolean {
		return this.probes.length > 0;
	}

	/** Takes single records from all over what is left, to be sent before anything else, and returns how many. */
	addProbes(count: number): number {
		this.acquitAll();
		const total = this.stacks.flat().reduce((sum, piece) => sum + lengthOf(piece), 0);
		const step = Math.max(1, Math.floor(total / count));
		let index = 0;
		for (const stack of this.stacks) {
			for (const piece of stack.splice(0)) {
				const { attempts } = piece;
				const rest: number[] = [];
				for (const position of piece.positions.slice(piece.from)) {
					if (index++ % step === 0 && this.probes.length < count) {
						const probe = { positions: [position], from: 0, attempts: { ...attempts } };
						this.probes.push({ ...piece, ...probe, lot: undefined });
					} else {
						rest.push(position);
					}
				}
				if (rest.length > 0) stack.push({ ...piece, positions: rest, from: 0 });
			}
		}
		return this.probes.length;
	}

	/** Takes everything that is left, with the next piece last. */
	takeAll(): Piece[] {
		this.acquitAll();
		return [...this.stacks, this.probes].flatMap((stack) => stack.splice(0));
	}

	/** Something that was taken has its outcome, or has come back in pieces. */
	done(): void {
		this.underWay -= 1;
		for (const wake of this.changed.splice(0)) wake();
	}

	/** Resolves when something that was taken is done. */
	async nextChange(): Promise<void> {
		await new Promise<void>((resolve) => this.changed.push(resolve));
	}

	/** All but the probes, the next last. */
	private get stacks(): Piece[][] {
		return [this.neverSent.pieces, this.leftOver.pieces, this.pieces];
	}

	/** Where the next piece is the last one. */
	private get next(): Piece[] {
		const { neverSent, leftOver } = this;
		const [left] = leftOver.pieces;
		// What is left over waits until it fills a request: otherwise each refused batch would cost another one.
		const isDue = left && lengthOf(left) >= leftOver.size.length;
		const lots = isDue ? [leftOver.pieces] : [neverSent.pieces, leftOver.pieces];
		return [this.probes, this.pieces, ...lots].find(({ length }) => length > 0) ?? [];
	}

	/** Sends parts of records one of which is to blame, and holds the rest back. */
	private search(positions: readonly number[], attempts: Attempts): void {
		const parts: number[][] = [];
		let from = 0;
		for (let left = this.share; left > 0 && from < positions.length; left--) {
			const even = Math.ceil((positions.length - from) / (left + 1));
			const to = from + Math.min(even, this.neverSent.size.length);
			parts.push(positions.slice(from, to));
			from = to;
		}
		const set = { rest: positions.slice(from), open: from, attempts };
		if (set.rest.length > 0) this.searched.add(set);
		this.add(parts, { isFresh: false, attempts, set });
	}

	/**
	 * Requests that a search may make at once. Several take less time and fewer items than one, but are more requests. So
	 * all searches share the places while refusals are rare, and when the places are not needed for anything else.
	 */
	private get share(): number {
		const { pieces, size } = this.neverSent;
		const isShared = size.isLarge || pieces.length === 0;
		return isShared ? Math.max(1, Math.floor(this.places / (this.searched.size + 1))) : 1;
	}

	private acquitAll(): void {
		for (const set of this.searched) this.acquit(set);
	}
}

function lengthOf({ positions, from }: Piece): number {
	return positions.length - from;
}

function fill(lot: Lot, piece: Piece): void {
	if (piece.positions.length > 0) lot.pieces.push({ ...piece, lot });
}
