/**
 * Stores or businesses that are served at the same time; each has its own quota and its own limit of requests at once.
 */
export const TARGETS_AT_ONCE = 8;

/** Works through a list, this many at a time. */
export async function forEachAtOnce<T>(
	list: readonly T[],
	atOnce: number,
	work: (one: T) => Promise<void>,
): Promise<void> {
	const left = list.values();
	const worker = async () => {
		for (const one of left) await work(one);
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, list.length) }, worker));
}
