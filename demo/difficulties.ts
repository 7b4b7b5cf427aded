/** The parts used here of what the sandbox records about a call. */
export interface Call {
	/** When it came and when its reply left, in milliseconds by the Market's clock. */
	at: number;
	finishedAt: number;
	operation?: string;
	status: number;
	/** The fault that was injected. */
	fault?: string;
}

/** What got in the way of a run, as the Market saw it. */
export interface Difficulties {
	calls: number;
	/** Calls that met a fault. */
	faults: number;
	/** How many kinds of faults there were. */
	kinds: number;
	/** Writing calls that had to be made again. */
	repeated: number;
	/** Calls refused because a quota was used up or too many came at once; faults do not count. */
	refused: number;
	/** Seconds in which the steps waited for the next window of their quota. */
	waitedSeconds: number;
}

const WINDOW_MS = 60_000;

/** @param methods those that the steps of the flow write with */
export function difficultiesOf(calls: readonly Call[], methods: readonly string[]): Difficulties {
	const struck = calls.flatMap(({ fault }) => (fault === undefined ? [] : [fault]));
	const writes = calls.filter(({ operation = '' }) => methods.includes(operation));
	return {
		calls: calls.length,
		faults: struck.length,
		kinds: new Set(struck).size,
		repeated: writes.filter(isRepeated).length,
		refused: calls.filter(({ status, fault }) => status === 420 && fault === undefined).length,
		waitedSeconds: methods.reduce((sum, method) => sum + waitedMs(writes, method), 0) / 1_000,
	};
}

/** A slow reply is still good; after every other fault, and every refusal, the call is made again. */
function isRepeated({ status, fault }: Call): boolean {
	return status !== 200 || (fault !== undefined && fault !== 'slow');
}

/** Time between the last reply in one window and the first call in the next. */
function waitedMs(calls: readonly Call[], method: string): number {
	const own = calls.filter(({ operation }) => operation === method).sort((a, b) => a.at - b.at);
	let waited = 0;
	let idleSince = Infinity;
	let window: number | undefined;
	for (const { at, finishedAt } of own) {
		const present = Math.floor(at / WINDOW_MS);
		if (window !== undefined && present > window) waited += Math.max(0, at - idleSince);
		idleSince = window === undefined ? finishedAt : Math.max(idleSince, finishedAt);
		window = present;
	}
	return waited;
}
