import { sleep } from 'n8n-workflow';

/** How long, in milliseconds, a loop may hold the process: other flows, webhooks and the editor wait meanwhile. */
const SLICE_MS = 10;

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
	for (let index = 0; index < list.length; index++) {
		if (Date.now() - sinceMs >= SLICE_MS) {
			await sleep(0);
			if (signal?.aborted) return;
			sinceMs = Date.now();
		}
		work(list[index] as T, index);
	}
}
