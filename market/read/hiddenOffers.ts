import {
	MAX_HIDDEN_OFFERS_PER_PAGE,
	MAX_QUERY_BYTES,
	PARALLEL_REQUESTS_PER_ENTITY,
} from '../contract/bounds';
import { apiMethods, type Subscription } from '../contract/apiMethods';
import type { RunPorts } from '../pacing/runPorts';
import { PagingBroken, pagesOf, PagedList } from './read';
import { readParts } from './parts';

/** SKUs of all hidden offers of a store, however they were hidden, page by page. @throws MarketReadRefused */
export async function* listHiddenOffers(
	campaignId: string,
	subscription: Subscription,
	ports: RunPorts,
): AsyncGenerator<string[]> {
	const query = { limit: MAX_HIDDEN_OFFERS_PER_PAGE };
	const request = { apiMethod: apiMethods.getHiddenOffers, id: campaignId, query, subscription };
	yield* pagesOf(new PagedList(request, hiddenSkus), ports);
}

/** Which of some SKUs are listed as hidden, and which could not be read, with what was thrown. */
export interface Listed {
	hidden: Set<string>;
	failed: Map<string, unknown>;
}

/**
 * Which of these SKUs the Market lists as hidden. If they fit one query they are asked for by SKU; a query holds as many
 * as its bytes allow: 3 long Cyrillic ones, 240 short ones. For more, all hidden offers are listed; if that takes more
 * pages than the queries would, the rest is asked for by SKU after all. So it costs at most twice as much as the cheaper
 * way.
 *
 * A list that changes while it is read may miss an offer: not being among the hidden does not prove that it is shown.
 */
export async function findHiddenOffers(
	campaignId: string,
	skus: readonly string[],
	subscription: Subscription,
	ports: RunPorts,
): Promise<Listed> {
	const hidden = new Set<string>();
	const failed = new Map<string, unknown>();
	const queries = [...chunksForQuery(skus)];
	if (queries.length > 1) {
		const pages = listHiddenOffers(campaignId, subscription, ports);
		try {
			if (await readList(pages, queries.length, skus, hidden)) return { hidden, failed };
		} catch (error) {
			for (const sku of skus) if (!hidden.has(sku)) failed.set(sku, error);
			return { hidden, failed };
		}
	}
	const rest = [...chunksForQuery(skus.filter((sku) => !hidden.has(sku)))];
	const read = async (some: readonly string[]) => {
		const query = { limit: MAX_HIDDEN_OFFERS_PER_PAGE, offer_id: some };
		const request = { apiMethod: apiMethods.getHiddenOffers, id: campaignId, query, subscription };
		for await (const found of pagesOf(new PagedList(request, hiddenSkus), ports))
			for (const sku of found) hidden.add(sku);
	};
	const errors = await readParts(rest, read, PARALLEL_REQUESTS_PER_ENTITY);
	for (const [some, error] of errors)
		for (const sku of some) if (!hidden.has(sku)) failed.set(sku, error);
	return { hidden, failed };
}

/**
 * Adds the SKUs that are in the list of all hidden offers.
 *
 * @param mostPages if the list is longer, reading stops
 * @returns whether the list was read as far as needed
 * @throws MarketReadRefused
 */
async function readList(
	list: AsyncIterable<string[]>,
	mostPages: number,
	skus: readonly string[],
	hidden: Set<string>,
): Promise<boolean> {
	const wanted = new Set(skus);
	let pages = 0;
	try {
		for await (const page of list) {
			for (const sku of page) if (wanted.delete(sku)) hidden.add(sku);
			pages += 1;
			if (wanted.size === 0) return true;
			if (pages === mostPages && page.length === MAX_HIDDEN_OFFERS_PER_PAGE) return false;
		}
		return true;
	} catch (error) {
		if (error instanceof PagingBroken) return false;
		throw error;
	}
}

function hiddenSkus(page: object): string[] {
	const { result } = page as { result?: { hiddenOffers?: Array<{ offerId: string }> } };
	return (result?.hiddenOffers ?? []).map(({ offerId }) => offerId);
}

/** SKUs in groups that fit one query and one page of the reply. */
function* chunksForQuery(skus: readonly string[]): Generator<string[]> {
	let chunk: string[] = [];
	let bytes = 0;
	for (const sku of skus) {
		const size = 'offer_id=&'.length + encodeURIComponent(sku).length;
		if (
			chunk.length === MAX_HIDDEN_OFFERS_PER_PAGE ||
			(bytes + size > MAX_QUERY_BYTES && chunk.length > 0)
		) {
			yield chunk;
			chunk = [];
			bytes = 0;
		}
		chunk.push(sku);
		bytes += size;
	}
	if (chunk.length > 0) yield chunk;
}
