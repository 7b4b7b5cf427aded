import type { IDataObject } from 'n8n-workflow';

/** What comes out of every write node if it says nothing about the item. */
const NOTHING_SAID = {
	sku: null,
	status: null,
	reason: null,
	advice: null,
	mayBeHeld: null,
	note: null,
	input: null,
};

/** An output item of Hide Offers or Unhide Offers: what is given, and null for all else. */
export function offerRow(said: IDataObject): IDataObject {
	return { ...NOTHING_SAID, store: null, ...said };
}

/** An output item of Update Stocks, sent to a store: what is given, and null for all else. */
export function stockRow(said: IDataObject): IDataObject {
	return offerRow({ count: null, updatedAt: null, ...said });
}

/** An output item of Update Stocks, sent to a warehouse: what is given, and null for all else. */
export function warehouseRow(said: IDataObject): IDataObject {
	const balance = { count: null, updatedAt: null, business: null, warehouse: null };
	return { ...NOTHING_SAID, ...balance, ...said };
}

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
