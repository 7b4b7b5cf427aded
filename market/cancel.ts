import type { CancelSignal } from './ports';

const waiting = new WeakMap<CancelSignal, Promise<'aborted'>>();

/** Resolves when the run is cancelled. One promise and one listener a signal, however many requests race it. */
export function whenAborted(signal: CancelSignal): Promise<'aborted'> {
	const known = waiting.get(signal);
	if (known) return known;
	const aborted = new Promise<'aborted'>((resolve) => {
		if (signal.aborted) resolve('aborted');
		else signal.addEventListener('abort', () => resolve('aborted'));
	});
	waiting.set(signal, aborted);
	return aborted;
}
