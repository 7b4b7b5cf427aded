import type { IDataObject } from 'n8n-workflow';

/** An output item of Hide Offers or Unhide Offers: what is given, and null for what every item has. */
export function offerRow(said: IDataObject): IDataObject {
	return { sku: null, status: null, store: null, ...said };
}

/** An output item of Update Stocks, sent to a store: what is given, and null for what every item has. */
export function stockRow(said: IDataObject): IDataObject {
	return offerRow({ count: null, updatedAt: null, ...said });
}

/** An output item of Update Stocks, sent to a warehouse: what is given, and null for what every item has. */
export function warehouseRow(said: IDataObject): IDataObject {
	const place = { business: null, warehouse: null };
	return { sku: null, status: null, count: null, updatedAt: null, ...place, ...said };
}

/** What an item says of failures if it is well itself, but others of its run have failed. */
export const AMONG_FAILED = { reason: null, advice: null, mayBeHeld: null, input: null };

/** What a run says above its output if the Market has accepted everything. */
export function allAccepted(items: number, requests = 1): string {
	return `${items} of ${items} accepted by the Market, ${requests} ${requests === 1 ? 'request' : 'requests'}.`;
}

/** The same as a hint. */
export function greenHint(items: number, requests?: number): object {
	return { message: allAccepted(items, requests), type: 'info', location: 'outputPane' };
}

/** What an item says, without the fields that are null. */
export function said(json: IDataObject | undefined): IDataObject {
	return Object.fromEntries(Object.entries(json ?? {}).filter(([, value]) => value !== null));
}
