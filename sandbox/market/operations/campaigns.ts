import { PAGES } from '../../contract';
import type { Store } from '../../stores';
import { pageOf } from '../pages';
import { findStore, mayUse } from './access';
import type { Apply, Inbound } from './operation';

/** GET campaigns: the stores that the caller sees. The reply has no status wrapper. */
export function getCampaigns(call: Inbound): Apply {
	const stores = call.state.stores.filter((store) => mayUse(call.caller, store));
	const { entries, from, size, nextPageToken } = pageOf(
		stores,
		'campaigns',
		call.query,
		PAGES.getCampaigns,
	);
	call.countItems(entries.length);
	return () => ({
		campaigns: entries.map(describe),
		pager: {
			total: stores.length,
			from: entries.length > 0 ? from + 1 : 0,
			to: from + entries.length,
			currentPage: Math.floor(from / size) + 1,
			pagesCount: Math.ceil(stores.length / size),
			pageSize: size,
		},
		paging: { nextPageToken },
	});
}

/** GET campaigns/{campaignId}: one store, open to the API or not. */
export function getCampaign(call: Inbound): Apply {
	const store = findStore(call);
	call.countItems(1);
	return () => ({ campaign: describe(store) });
}

function describe(store: Store): object {
	return {
		id: store.campaignId,
		domain: store.domain,
		business: { id: store.businessId, name: store.businessName },
		placementType: store.placementType,
		apiAvailability: store.apiAvailability,
	};
}
