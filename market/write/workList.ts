import { noAttempts, type Attempts } from '../pacing/retry';

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
}

/** What the pieces of a refused batch have in common. */
type History = Pick<Piece, 'isFresh' | 'attempts'>;

/**
 * What is still to be sent: probes first, then pieces of refused batches, then the records that were never sent, in
 * order.
 */
export class WorkList {
	private readonly pieces: Piece[];
	private readonly probes: Piece[] = [];
	private underWay = 0;
	private changed: Array<() => void> = [];

	/** @param length number of records */
	constructor(length: number) {
		const positions = Array.from({ length }, (_, position) => position);
		this.pieces =
			length === 0 ? [] : [{ positions, from: 0, isFresh: true, attempts: noAttempts() }];
	}

	get isEmpty(): boolean {
		return this.pieces.length + this.probes.length === 0;
	}

	/** Whether something that was taken is not done yet. */
	get isUnderWay(): boolean {
		return this.underWay > 0;
	}

	/** Number of records in the next piece. */
	get nextLength(): number {
		const next = this.probes.at(-1) ?? this.pieces.at(-1);
		return next ? next.positions.length - next.from : 0;
	}

	/** Takes the next piece, which must exist. Whatever does not fit a request goes back with putBack. */
	take(): Piece {
		this.underWay += 1;
		const piece = (this.probes.pop() ?? this.pieces.pop()) as Piece;
		return { ...piece, attempts: { ...piece.attempts } };
	}

	/** Puts a piece back without the records that were taken. */
	putBack(piece: Piece, taken: number): void {
		const from = piece.from + taken;
		if (from < piece.positions.length)
			this.pieces.push({ ...piece, from, attempts: { ...piece.attempts } });
	}

	/** Adds pieces, to be sent next in their order. */
	add(pieces: readonly (readonly number[])[], { isFresh, attempts }: History): void {
		for (const positions of [...pieces].reverse()) {
			this.pieces.push({ positions, from: 0, isFresh, attempts: { ...attempts } });
		}
	}

	/** Whether probes (single records from all over) are still to be sent. */
	get hasProbes(): boolean {
		return this.probes.length > 0;
	}

	/** Takes single records from all over what is left, to be sent before anything else, and returns how many. */
	addProbes(count: number): number {
		const left = this.pieces.splice(0);
		const total = left.reduce((sum, { positions, from }) => sum + positions.length - from, 0);
		const step = Math.max(1, Math.floor(total / count));
		let index = 0;
		for (const piece of left) {
			const rest: number[] = [];
			for (const position of piece.positions.slice(piece.from)) {
				if (index++ % step === 0 && this.probes.length < count) {
					this.probes.push({
						...piece,
						positions: [position],
						from: 0,
						attempts: { ...piece.attempts },
					});
				} else {
					rest.push(position);
				}
			}
			this.add(rest.length > 0 ? [rest] : [], piece);
		}
		return this.probes.length;
	}

	/** Takes everything that is left, with the next piece last. */
	takeAll(): Piece[] {
		return [...this.pieces.splice(0), ...this.probes.splice(0)];
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
}
