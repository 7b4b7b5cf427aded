/** How a store works with the Market. The Market's own list of stores shows EXPRESS stores as FBS. */
export type PlacementType = 'FBS' | 'DBS' | 'FBY' | 'LAAS';

/** Whether a store may be used through the API. */
export type ApiAvailability =
	| 'AVAILABLE'
	| 'DISABLED_BY_INACTIVITY'
	| 'DISABLED_BY_NO_ACTIVE_CONTRACT'
	| 'MANUALLY_DISABLED'
	| 'DISABLED_BY_NO_PLACEMENT_TYPE';

/** What keeps an offer of a store from being sold, if anything does [openapi, OfferCampaignStatusType]. */
export const OFFER_STATUSES = [
	'PUBLISHED',
	'CHECKING',
	'DISABLED_BY_PARTNER',
	'DISABLED_AUTOMATICALLY',
	'REJECTED_BY_MARKET',
	'CREATING_CARD',
	'NO_CARD',
	'NO_STOCKS',
	'ARCHIVED',
	'READY_FOR_PUBLICATION',
] as const;

/** The status of an offer in one store. */
export type OfferStatus = (typeof OFFER_STATUSES)[number];

/** State of an offer's card [openapi, OfferCardStatusType]. */
export const CARD_STATUSES = [
	'HAS_CARD_CAN_NOT_UPDATE',
	'HAS_CARD_CAN_UPDATE',
	'HAS_CARD_CAN_UPDATE_ERRORS',
	'HAS_CARD_CAN_UPDATE_PROCESSING',
	'NO_CARD_NEED_CONTENT',
	'NO_CARD_MARKET_WILL_CREATE',
	'NO_CARD_ERRORS',
	'NO_CARD_PROCESSING',
	'NO_CARD_ADD_TO_CAMPAIGN',
] as const;

/** Paid subscriptions of a business [openapi, BusinessSubscriptionLevelType]. LIGHT has no amounts of its own. */
export const SUBSCRIPTIONS = ['NONE', 'LIGHT', 'MEDIUM'] as const;

/** The paid subscription of a business. */
export type Subscription = (typeof SUBSCRIPTIONS)[number];
