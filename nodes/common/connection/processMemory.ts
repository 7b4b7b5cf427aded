import type { MarketId } from '../../../market/records/ids';
import { MAX_ORDER_IDS_PER_REQUEST, MAX_UNTIL_SHOWN_MS } from '../../../market/contract/bounds';
import { Catalogues } from '../../../market/checks/catalogues';
import type { Order } from '../../../market/orders/order';
import { JoinedReads } from '../../../market/read/joinedReads';
import { Memory } from '../../../market/read/memory';
import { Lanes } from '../../../market/pacing/lanes';
import type { Campaign } from '../../../market/read/stores';
import { Remembered } from '../../../market/read/remembered';
import { Subscriptions } from '../../../market/read/subscriptions';
import { WarehouseLists } from '../../../market/read/warehouseLists';

/** The ways to the Market of this n8n process: nodes and executions that write to the same store share its limits. */
export const lanes = new Lanes();

/** The subscription levels that this n8n process has asked for. */
export const subscriptions = new Subscriptions();

/** The warehouses that this n8n process has asked for. */
export const warehouseLists = new WarehouseLists();

/** The SKUs that this n8n process knows to be in catalogues. */
export const catalogues = new Catalogues();

/** Many stores of one run may ask what a wrong ID really is: the list of stores is good for this long. */
const REMEMBER_LIST_MS = 60_000;

/** All stores that credentials open, by the Market's address and the credential. */
export const campaignLists = new Remembered<readonly Campaign[]>(REMEMBER_LIST_MS);

/** A store that could be written to is not checked again for this long: if that changes, the Market itself refuses. */
const REMEMBER_STORES_MS = 10 * 60_000;

/** Stores that were found fit to be written to, by the Market's address, the credential, the API method and the ID. */
export const fitStores = new Memory<Campaign>(REMEMBER_STORES_MS);

/** Businesses that were found open to a credential, with the stores that it opens, for as long. */
export const fitBusinesses = new Memory<readonly Campaign[]>(REMEMBER_STORES_MS);

/** The businesses that own stores, by the Market's address, the credential and the campaign ID. */
export const storeOwners = new Memory<MarketId>(REMEMBER_STORES_MS);

/** When requests got no answer, or that all were answered, by the Market's address, the API method and the store. */
export const lastAnswers = new Memory<{ lostMs?: number }>(MAX_UNTIL_SHOWN_MS);

/** A trigger that has not looked for this long may give the newest states of orders once more: that is harmless. */
const REMEMBER_STATES_MS = 24 * 60 * 60_000;

/** The states of orders that a trigger read when it last looked, by the workflow and the node. */
export const readStates = new Memory<ReadonlySet<string>>(REMEMBER_STATES_MS);

/** What stays wrong until somebody acts is shown as a failed execution once in this time, not for every notification. */
const SHOW_AGAIN_MS = 60 * 60_000;

/** What a trigger has shown as a failed execution, by the workflow, the node and what is to be done. */
export const shownFailures = new Memory<true>(SHOW_AGAIN_MS);

/** Orders that several notifications are about at once, by the Market's address, the credential, the business and the place. */
export const orderReads = new JoinedReads<Order>(MAX_ORDER_IDS_PER_REQUEST);
