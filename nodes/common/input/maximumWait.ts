const MINUTE_MS = 60_000;

/** Our time after which no quota is waited for, in milliseconds since 1970; Infinity where Maximum Wait is not set. */
export function deadlineOf({ maximumWait }: { maximumWait?: number }, startMs: number): number {
	return maximumWait === undefined ? Infinity : startMs + maximumWait * MINUTE_MS;
}
