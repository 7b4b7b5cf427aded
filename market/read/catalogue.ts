import {
	MAX_OFFER_IDS_PER_MAPPINGS_REQUEST,
	MAX_OFFER_IDS_PER_OFFERS_REQUEST,
	PARALLEL_REQUESTS_PER_ENTITY,
} from '../contract/bounds';
import type { RunPorts } from '../pacing/runPorts';
import { findOfferNames, findOffers, listOffers, listSkus } from './offers';
import { partsOf, readParts } from './parts';
import type { Patience } from './read';

/** Where SKUs of a catalogue can be read. */
export interface SkuSource {
	/** Most SKUs in one request. */
	perRequest: number;
	/** Which of these SKUs it has, in no order. @throws MarketReadRefused */
	find(skus: readonly string[], patience?: Patience): AsyncIterable<string>;
	/** All SKUs, page by page. @throws MarketReadRefused */
	list(patience?: Patience): AsyncIterable<string[]>;
}

/** The offers of a store. Asked for by SKU, those in its archive are among them. */
export function skusOfStore(campaignId: string, ports: RunPorts): SkuSource {
	return {
		perRequest: MAX_OFFER_IDS_PER_OFFERS_REQUEST,
		find: async function* (skus, patience) {
			const offers = findOffers(campaignId, skus, 'none', ports, patience);
			for await (const { offerId } of offers) yield offerId;
		},
		list: async function* (patience) {
			for await (const page of listOffers(campaignId, [], ports, patience))
				yield page.map(({ offerId }) => offerId);
		},
	};
}

/** The catalogue of a business, likewise. */
export function skusOfBusiness(businessId: string, ports: RunPorts): SkuSource {
	return {
		perRequest: MAX_OFFER_IDS_PER_MAPPINGS_REQUEST,
		find: async function* (skus, patience) {
			for await (const { sku } of findOfferNames(businessId, skus, ports, patience)) yield sku;
		},
		list: (patience) => listSkus(businessId, ports, patience),
	};
}

/** What the Market says about SKUs. */
export interface Asked {
	/** Those that it says it does not have. */
	missing: string[];
	/** Those about which it did not say anything, by request, with what was thrown. */
	failed: Map<string[], unknown>;
}

/**
 * Asks which of these SKUs a source has, as many requests at once as the Market allows.
 *
 * @param onFound receives those that it has, request by request
 */
export async function askFor(
	skus: readonly string[],
	source: SkuSource,
	onFound: (found: string[]) => void,
): Promise<Asked> {
	const missing: string[] = [];
	const failed = await readParts(
		partsOf(skus, source.perRequest),
		async (part) => {
			const found = new Set<string>();
			for await (const sku of source.find(part)) found.add(sku);
			onFound([...found]);
			for (const sku of part) if (!found.has(sku)) missing.push(sku);
		},
		PARALLEL_REQUESTS_PER_ENTITY,
	);
	return { missing, failed };
}
