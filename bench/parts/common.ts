import { STORES, TOKENS } from '../../sandbox';

/** The store that flows send to, and the token that opens it. */
export const PLAIN_STORE = { campaignId: STORES.fbs.campaignId, apiKey: TOKENS.allMethods };
