import { STORES } from '../../sandbox';

/** An item of a new order, by whichever node: nothing of it is packed, and it takes all its units from the stock. */
export function newOrderItem(
	event: string,
	orderId: number,
	items: ReadonlyArray<{ sku: string; count: number }>,
): object {
	const { campaignId, businessId } = STORES.fbs;
	const units = items.reduce((sum, { count }) => sum + count, 0);
	return {
		key: expect.stringMatching(
			new RegExp(`^order:${campaignId}:${orderId}:.*Z:PROCESSING:STARTED:${units}$`),
		),
		event,
		orderId: String(orderId),
		campaignId: String(campaignId),
		businessId: String(businessId),
		status: 'PROCESSING',
		substatus: 'STARTED',
		packed: false,
		fake: false,
		programType: 'FBS',
		createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
		version: expect.stringMatching(/^\d{4}-.*Z$/),
		verified: true,
		lines: items.map(({ sku, count }) => ({ sku, count, held: count })),
		return: null,
	};
}
