import { STORES } from '../../../sandbox';
import { Bench, type Reply } from './bench';

/** An order as the list of orders shows it. */
export interface ShownOrder {
	orderId: number;
	campaignId: number;
	programType: string;
	status: string;
	substatus: string;
	creationDate: string;
	updateDate: string;
	fake: boolean;
	items: Array<{
		id: number;
		offerId: string;
		offerName: string;
		count: number;
		itemStatuses: Array<{ status: string; count: number }>;
	}>;
	delivery: { shipment: { shipmentDate: string } };
	cancelRequested?: boolean;
}

/** A Market with plenty of its first offer, and short ways to order it and to read what was ordered. */
export class OrderBench extends Bench {
	readonly sku = 'SKU-00001';

	/** Orders some units of the first offer. @returns the order's number */
	order(
		store: { campaignId: number } = STORES.fbs,
		{ count = 1, ...options }: { count?: number; fake?: boolean; unpaid?: boolean } = {},
	): number {
		this.market.setBalance(store.campaignId, this.sku, 1_000);
		return this.market.placeOrder(store.campaignId, [{ sku: this.sku, count }], options).orderId;
	}

	/** The list of orders of the usual business. */
	async orders(body: unknown = {}, query = ''): Promise<Reply> {
		return await this.call('POST', `/v1/businesses/1001/orders${query}`, { body });
	}

	/** The numbers of the orders that a filter finds. */
	async found(body?: unknown): Promise<number[]> {
		return shownOrders(await this.orders(body)).map(({ orderId }) => orderId);
	}

	/** Whatever comes back to a store. */
	async returns(query = '', { campaignId }: { campaignId: number } = STORES.fbs): Promise<Reply> {
		return await this.call('GET', `/v2/campaigns/${campaignId}/returns${query}`);
	}
}

/** The orders of a reply. */
export function shownOrders({ body }: Reply): ShownOrder[] {
	return (body as { orders?: ShownOrder[] }).orders ?? [];
}
