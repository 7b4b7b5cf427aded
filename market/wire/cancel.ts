import type { CancelSignal } from './ports';

const works = new WeakMap<CancelSignal, Set<() => void>>();

/**
 * Does something when the run is cancelled. One listener per signal, however many wait: Node warns of a leak from 11 on.
 *
 * @returns a function that takes it back
 */
export function onAbort(signal: CancelSignal, work: () => void): () => void {
	let all = works.get(signal);
	if (!all) {
		const added = new Set<() => void>();
		signal.addEventListener('abort', () => {
			for (const one of [...added]) one();
		});
		works.set(signal, added);
		all = added;
	}
	const known = all.add(work);
	return () => void known.delete(work);
}

const waiting = new WeakMap<CancelSignal, Promise<'aborted'>>();

/** Resolves when the run is cancelled. One promise and one listener per signal, however many requests race it. */
export function whenAborted(signal: CancelSignal): Promise<'aborted'> {
	const known = waiting.get(signal);
	if (known) return known;
	const aborted = new Promise<'aborted'>((resolve) => {
		if (signal.aborted) resolve('aborted');
		else onAbort(signal, () => resolve('aborted'));
	});
	waiting.set(signal, aborted);
	return aborted;
}
