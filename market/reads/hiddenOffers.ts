import { MAX_HIDDEN_OFFERS_PER_PAGE, MAX_QUERY_BYTES } from '../bounds';
import { operations, type Subscription } from '../operations';
import type { Ports } from '../ports';
import { readPages } from '../read';
import type { SendStats } from '../sender/exchange';

/** SKUs of all hidden offers of a store, however they were hidden, page by page. @throws MarketReadRefused */
export async function* listHiddenOffers(
	campaignId: string,
	subscription: Subscription,
	ports: Ports,
	stats: SendStats,
): AsyncGenerator<string[]> {
	const query = { limit: MAX_HIDDEN_OFFERS_PER_PAGE };
	const request = { operation: operations.getHiddenOffers, id: campaignId, query, subscription };
	yield* readPages(request, hiddenSkus, ports, stats);
}

/** Which of these SKUs are hidden. @throws MarketReadRefused */
export async function* findHiddenOffers(
	campaignId: string,
	skus: readonly string[],
	subscription: Subscription,
	ports: Ports,
	stats: SendStats,
): AsyncGenerator<string> {
	for (const some of chunksForQuery(skus)) {
		const query = { limit: MAX_HIDDEN_OFFERS_PER_PAGE, offer_id: some };
		const request = { operation: operations.getHiddenOffers, id: campaignId, query, subscription };
		for await (const found of readPages(request, hiddenSkus, ports, stats)) yield* found;
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
		if (chunk.length === MAX_HIDDEN_OFFERS_PER_PAGE || (bytes + size > MAX_QUERY_BYTES && chunk.length > 0)) {
			yield chunk;
			chunk = [];
			bytes = 0;
		}
		chunk.push(sku);
		bytes += size;
	}
	if (chunk.length > 0) yield chunk;
}
