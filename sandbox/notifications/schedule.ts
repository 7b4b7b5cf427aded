import { REPETITIONS } from '../contract';

/**
 * How long the Market waits before it repeats a notification that has failed for so long, in milliseconds; undefined if
 * it gives up.
 */
export function pauseAfter(failingForMs: number): number | undefined {
	return REPETITIONS.find(({ untilMs }) => failingForMs < untilMs)?.everyMs;
}
