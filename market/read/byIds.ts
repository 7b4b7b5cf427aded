import { hasNextPage } from './read';

/** How many offers a method can be asked for by SKU. */
interface Chunks {
	/** Maximum SKUs in one request. */
	most: number;
	/** Maximum offers on a page of the reply. */
	page: number;
}

/**
 * Asks for offers by SKU, chunk by chunk. According to the Market's documentation all SKUs asked for come at once; if it
 * pages them after all, the missing ones are asked for again, no more at once than a page holds.
 *
 * @param ask makes one request and resolves to its reply
 * @param skusOf the SKUs that a reply covers
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
