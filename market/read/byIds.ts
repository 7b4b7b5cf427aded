import { hasNextPage } from './read';

/** How a method lets offers be asked for by SKU. */
interface Chunks {
	/** Most SKUs in one request. */
	most: number;
	/** Most offers on a page of the reply. */
	page: number;
}

/**
 * Asks for offers by SKU, chunk by chunk. The Market's documentation says that SKUs asked for come all at once; should
 * it page them after all, those that are missing are asked for again, no more at once than a page holds.
 *
 * @param ask makes one request and resolves to its reply
 * @param skusOf the SKUs that a reply tells of
 */
export async function* pagesBySku(
	skus: readonly string[],
	{ most, page }: Chunks,
	ask: (some: readonly string[]) => Promise<object>,
	skusOf: (reply: object) => Iterable<string>,
): AsyncGenerator<object> {
	let left = skus;
	let size = most;
	while (left.length > 0) {
		const asked = left.slice(0, size);
		const reply = await ask(asked);
		yield reply;
		left = left.slice(asked.length);
		if (!hasNextPage(reply) || asked.length <= page) continue;
		const found = new Set(skusOf(reply));
		left = [...asked.filter((sku) => !found.has(sku)), ...left];
		size = page;
	}
}
