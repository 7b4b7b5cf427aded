import { PARALLEL_REQUESTS_PER_ENTITY } from '../contract/bounds';
import { partsOf } from './parts';
import { hasNextPage } from './read';

/** How many offers a method can be asked for by SKU. */
interface Chunks {
	/** Maximum SKUs in one request. */
	most: number;
	/** Maximum offers on a page of the reply. */
	page: number;
}

/**
 * Asks for offers by SKU, chunk by chunk, as many at once as the Market allows. According to the Market's documentation
 * all SKUs asked for come at once; if it pages them after all, the missing ones are asked for again, no more at once than
 * a page holds.
 *
 * @param ask makes one request and resolves to its reply
 * @param skusOf the SKUs that a reply covers
 * @throws what `ask` threw first, once all requests under way have ended
 */
export async function* pagesBySku(
	skus: readonly string[],
	{ most, page }: Chunks,
	ask: (some: readonly string[]) => Promise<object>,
	skusOf: (reply: object) => Iterable<string>,
): AsyncGenerator<object> {
	const atOnce = most * PARALLEL_REQUESTS_PER_ENTITY;
	for (const some of partsOf(skus, atOnce)) {
		const parts = [...partsOf(some, most)];
		const read = await Promise.allSettled(
			parts.map((part) => pagesOfChunk(part, page, ask, skusOf)),
		);
		for (const pages of read) {
			if (pages.status === 'rejected') throw pages.reason;
			yield* pages.value;
		}
	}
}

async function pagesOfChunk(
	skus: readonly string[],
	page: number,
	ask: (some: readonly string[]) => Promise<object>,
	skusOf: (reply: object) => Iterable<string>,
): Promise<object[]> {
	const whole = await ask(skus);
	if (!hasNextPage(whole) || skus.length <= page) return [whole];
	const found = new Set(skusOf(whole));
	const missing = skus.filter((sku) => !found.has(sku));
	const replies = [whole];
	for (const part of partsOf(missing, page)) replies.push(await ask(part));
	return replies;
}
