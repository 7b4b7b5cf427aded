import { noAttempts } from '../../../market/pacing/retry';
import { LEFT_OVER, NEVER_SENT, RequestSize } from '../../../market/write/requestSize';
import { WorkList, type Piece } from '../../../market/write/workList';

/** Takes the next request's records, as the sender does. */
function takeNext(work: WorkList): { piece: Piece; positions: number[] } {
	const length = work.nextLength;
	const piece = work.take();
	const positions = piece.positions.slice(piece.from, piece.from + length);
	work.putBack(piece, positions.length);
	return { piece, positions };
}

/** Takes the next request's records, and has them refused or accepted. */
function answer(work: WorkList, what: 'accepted' | 'refused'): number[] {
	const { piece, positions } = takeNext(work);
	if (what === 'accepted') work.accepted(piece, positions.length);
	else work.refused(piece, positions);
	work.done();
	return positions;
}

/** Positions of all that is left, the next one first. */
function left(work: WorkList): number[] {
	return work
		.takeAll()
		.reverse()
		.flatMap(({ positions, from }) => positions.slice(from));
}

const range = (from: number, to: number) =>
	Array.from({ length: to - from }, (_, index) => from + index);

describe('A batch that is refused without a name', () => {
	it('is halved, and the half that must hold the one to blame is never sent whole', () => {
		const work = new WorkList(8, 8, 1);
		expect(answer(work, 'refused')).toEqual(range(0, 8));
		expect(answer(work, 'accepted')).toEqual(range(0, 4));
		expect(answer(work, 'accepted')).toEqual([4, 5]);
		expect(answer(work, 'accepted')).toEqual([6]);
		// Surely to blame, but nothing is refused for good that was not refused alone.
		expect(answer(work, 'refused')).toEqual([7]);
		expect(work.isEmpty).toBe(true);
	});

	it('leaves over the other half once the first is refused: of that nothing is known', () => {
		const work = new WorkList(8, 8, 1);
		answer(work, 'refused');
		expect(answer(work, 'refused')).toEqual(range(0, 4));
		expect(answer(work, 'refused')).toEqual([0, 1]);
		expect(answer(work, 'refused')).toEqual([0]);
		// In pieces of half a request at first, the neighbours of the one to blame before the others.
		expect(answer(work, 'accepted')).toEqual([1, 2, 3, 4]);
		expect(answer(work, 'accepted')).toEqual([5, 6, 7]);
		expect(work.isEmpty).toBe(true);
	});

	it('has what it leaves over wait until that fills a request, or there is nothing else', () => {
		const work = new WorkList(100, 8, 1);
		answer(work, 'refused');
		answer(work, 'accepted');
		answer(work, 'refused');
		expect(answer(work, 'refused')).toEqual([4]);
		// Three are left over, 5 to 7. A request of them would hold four.
		const next = answer(work, 'refused');
		expect(next[0]).toBe(8);
		expect(answer(work, 'refused')[0]).toBe(8);
		expect(left(work).slice(0, 2)).not.toContain(5);
	});

	it('leaves over what goes out in the order of the records: those to blame are often neighbours', () => {
		const work = new WorkList(16, 8, 1);
		const batches = [takeNext(work), takeNext(work)];
		for (const { piece, positions } of batches.reverse()) {
			work.refused(piece, positions);
			work.done();
		}
		const alone: number[] = [];
		while (alone.length < 2) {
			const positions = answer(work, 'refused');
			if (positions.length === 1) alone.push(...positions);
		}
		expect(alone).toEqual([0, 8]);
		expect(left(work)).toEqual([...range(1, 8), ...range(9, 16)]);
	});

	it('is asked in as many parts at once as there are free places', () => {
		const work = new WorkList(100, 100, 4);
		answer(work, 'refused');
		const parts = range(0, 4).map(() => takeNext(work));
		expect(parts.map(({ positions }) => positions.length)).toEqual([20, 20, 20, 20]);
		expect(work.isEmpty).toBe(true);
		for (const { piece, positions } of parts) {
			work.accepted(piece, positions.length);
			work.done();
		}
		expect(answer(work, 'accepted')).toEqual(range(80, 84));
	});

	it('shares the places with other searches while refusals are rare', () => {
		const work = new WorkList(300, 100, 4);
		const first = takeNext(work);
		const second = takeNext(work);
		work.refused(first.piece, first.positions);
		const parts = range(0, 4).map(() => takeNext(work).positions.length);
		expect(parts).toEqual([20, 20, 20, 20]);
		expect(takeNext(work).positions).toEqual(range(200, 270));
		work.accepted(second.piece, 100);
		expect(work.nextLength).toBe(30);
	});

	it('is asked in one part at a time while refusals are frequent and others are to be sent', () => {
		const work = new WorkList(1_000, 100, 4);
		const batches = range(0, 2).map(() => takeNext(work));
		for (const { piece, positions } of batches) work.refused(piece, positions);
		// The first in four parts, the second, a size later, in one.
		const parts = range(0, 5).map(() => takeNext(work).positions);
		expect(parts.map(([from]) => from)).toEqual([100, 0, 20, 40, 60]);
		expect(takeNext(work).positions).toEqual(range(200, 249));
	});

	it('is searched on only when every record of its parts is accepted, also if the quota has cut one', () => {
		const work = new WorkList(8, 8, 1);
		answer(work, 'refused');
		const piece = work.take();
		work.putBack(piece, 3);
		work.accepted(piece, 3);
		work.done();
		expect(takeNext(work).positions).toEqual([3]);
		expect(work.isEmpty).toBe(true);
	});

	it('whose parts are all accepted after all ends with single records, and blames none', () => {
		const work = new WorkList(16, 16, 2);
		answer(work, 'refused');
		const sent: number[] = [];
		while (!work.isEmpty) sent.push(...answer(work, 'accepted'));
		expect(sent.sort((a, b) => a - b)).toEqual(range(0, 16));
	});

	it('is given up if it is not known what became of a part: what was held back is sent whole', () => {
		const work = new WorkList(8, 8, 1);
		answer(work, 'refused');
		const { piece } = takeNext(work);
		work.acquit(piece.set);
		work.done();
		expect(answer(work, 'accepted')).toEqual([4, 5, 6, 7]);
	});

	it('is told by each of its records whether its answer was lost, and by no other', () => {
		const work = new WorkList(12, 8, 1);
		const { piece, positions } = takeNext(work);
		piece.attempts.faults = 1;
		work.refused(piece, positions);
		work.done();
		answer(work, 'refused');
		const pieces = work.takeAll();
		const lost = pieces.filter(({ attempts }) => attempts.faults > 0);
		expect(lost.flatMap((one) => one.positions.slice(one.from)).sort((a, b) => a - b)).toEqual(
			range(0, 8),
		);
		const others = pieces.filter(({ attempts }) => attempts.faults === 0);
		expect(others.flatMap((one) => one.positions.slice(one.from))).toEqual([8, 9, 10, 11]);
	});

	it('loses nothing of what it holds back if the run ends, or single records are tried', () => {
		const work = new WorkList(8, 8, 1);
		answer(work, 'refused');
		expect(work.addProbes(2)).toBe(2);
		expect(left(work).sort((a, b) => a - b)).toEqual(range(0, 8));
		const other = new WorkList(8, 8, 1);
		answer(other, 'refused');
		expect(left(other).sort((a, b) => a - b)).toEqual(range(0, 8));
	});

	it('says nothing about pieces that were named', () => {
		const work = new WorkList(8, 8, 1);
		work.add([[1, 2]], { isFresh: false, attempts: noAttempts() });
		expect(answer(work, 'accepted')).toEqual([1, 2]);
		expect(work.nextLength).toBe(8);
	});
});

describe('The size of requests', () => {
	it('is full until one is refused, then less, and full again after some that are accepted', () => {
		const size = new RequestSize(2_000, NEVER_SENT);
		size.accepted(2_000);
		expect(size.length).toBe(2_000);
		size.refused(2_000);
		expect(size.length).toBe(1_400);
		size.accepted(1_400);
		expect(size.length).toBe(1_820);
		size.accepted(1_820);
		expect(size.length).toBe(2_000);
	});

	it('is large until two in a row are refused', () => {
		const size = new RequestSize(2_000, NEVER_SENT);
		size.refused(2_000);
		expect(size.isLarge).toBe(true);
		size.refused(1_400);
		expect([size.length, size.isLarge]).toEqual([980, false]);
	});

	it('goes by the records that were sent if they were fewer', () => {
		const size = new RequestSize(2_000, NEVER_SENT);
		size.refused(1_000);
		expect(size.length).toBe(700);
		size.accepted(699);
		expect(size.length).toBe(700);
	});

	it('is one record at least, and grows from there', () => {
		const size = new RequestSize(10, LEFT_OVER);
		expect(size.length).toBe(5);
		for (let time = 0; time < 9; time++) size.refused(1);
		expect(size.length).toBe(1);
		size.accepted(1);
		expect(size.length).toBe(2);
	});
});
