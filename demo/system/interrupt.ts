const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Aborted when the user presses Ctrl-C or the machine asks the program to end. */
export function onInterrupt(): AbortSignal {
	const controller = new AbortController();
	// The handlers stay: a second Ctrl-C must not cut the tidying up short.
	for (const signal of SIGNALS) process.on(signal, () => controller.abort(new Interrupted()));
	return controller.signal;
}

/** The user asked to stop: not a fault. */
export class Interrupted extends Error {
	constructor() {
		super('Stopped');
	}
}
