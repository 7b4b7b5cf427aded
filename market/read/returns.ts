import { MAX_RETURNS_PER_PAGE } from '../contract/bounds';
import { apiMethods } from '../contract/apiMethods';
import { readReturn, type Return } from '../orders/returnedGoods';
import type { RunPorts } from '../pacing/runPorts';
import { MarketReadRefused, PagedList, pagesOf } from './read';

/** Which returns of a store are listed. */
export interface ReturnFilter {
	/** Shipment statuses, such as PICKED; all if empty. */
	shipmentStatuses: readonly string[];
	/** UNREDEEMED or RETURN; both if absent. */
	type?: string;
	/** Changed on this day or later, as YYYY-MM-DD. */
	fromDay?: string;
}

/** Returns of a store and orders that nobody fetched, page by page. @throws MarketReadRefused */
export async function* listReturns(
	campaignId: string,
	{ shipmentStatuses, type, fromDay }: ReturnFilter,
	ports: RunPorts,
): AsyncGenerator<Return[]> {
	const query = {
		limit: MAX_RETURNS_PER_PAGE,
		shipmentStatuses: shipmentStatuses.length > 0 ? shipmentStatuses.join() : undefined,
		type,
		fromDate: fromDay,
	};
	const request = { apiMethod: apiMethods.getReturns, id: campaignId, query };
	yield* pagesOf(new PagedList(request, returnsOn), ports);
}

function returnsOn(page: object): Return[] {
	return ((page as { result?: { returns?: unknown[] } }).result?.returns ?? []).map((raw) => {
		const one = readReturn(raw);
		if (!one.ok) throw new MarketReadRefused(one.refusal);
		return one.value;
	});
}
