import { sleep } from 'n8n-workflow';

/** How long, in milliseconds, a loop may hold the process: other flows, webhooks and the editor wait meanwhile. */
const SLICE_MS = 10;

/** Most elements between two looks at the clock. */
const MOST_AT_ONCE = 32;

/**
 * Does something with each element of a list, in order, and lets the rest of the process have its turn now and then: an
 * expression takes up to a millisecond to evaluate, and 20,000 items have two or three each. A turn costs about a
 * millisecond. Ends early if the run was stopped.
 *
 * @param signal absent if the loop must run to its end
 */
export async function inTurns<T>(
	list: readonly T[],
	work: (one: T, index: number) => void,
	signal?: { readonly aborted: boolean },
): Promise<void> {
	let sinceMs = Date.now();
	let nowMs = sinceMs;
	let index = 0;
	// As many at once as certainly take no time: to look at the clock costs as much as some of what is done here.
	for (let atOnce = 1; index < list.length;) {
		const end = Math.min(index + atOnce, list.length);
		for (; index < end; index++) work(list[index] as T, index);
		const lookedMs = Date.now();
		atOnce = lookedMs === nowMs ? Math.min(2 * atOnce, MOST_AT_ONCE) : 1;
		nowMs = lookedMs;
		if (nowMs - sinceMs < SLICE_MS || index === list.length) continue;
		await sleep(0);
		if (signal?.aborted) return;
		sinceMs = nowMs = Date.now();
	}
}
