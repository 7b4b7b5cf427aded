import { findBusiness } from './access';
import type { Apply, Inbound } from './operation';

/** POST businesses/{businessId}/settings: a business and its paid subscription. */
export function getBusinessSettings(call: Inbound): Apply {
	const { businessId, businessName } = findBusiness(call);
	call.countItems(1);
	return () => ({
		status: 'OK',
		result: {
			info: { id: businessId, name: businessName },
			settings: { onlyDefaultPrice: false, currency: 'RUR' },
			subscriptionLevel: call.state.switches.subscription,
		},
	});
}
