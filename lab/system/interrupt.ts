const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const PARENT_CHECK_MS = 1_000;

/** Aborted when the user presses Ctrl+C, when the machine asks the program to end, or when its caller is gone. */
export function onInterrupt(): AbortSignal {
	const controller = new AbortController();
	// The handlers stay: a second Ctrl+C must not cut the clean-up short.
	for (const signal of SIGNALS) process.on(signal, () => controller.abort());
	// npm does not pass on every signal: without this the program would live on after `npm run` was ended.
	const parent = process.ppid;
	setInterval(() => process.ppid !== parent && controller.abort(), PARENT_CHECK_MS).unref();
	return controller.signal;
}
