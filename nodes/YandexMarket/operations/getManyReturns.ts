import type { INodeProperties } from 'n8n-workflow';

import type { Return } from '../../../market/orders/returnedGoods';
import { listReturns } from '../../../market/read/returns';
import { addedOptions, readOption } from '../../common/input/parameters';
import { lineItems } from '../../common/output/orderItems';
import { oneItemPerLine } from '../../common/panel/orderOptions';
import { listAt } from '../reading/listAt';
import type { ReadOperation } from '../reading/operation';
import { storePlace } from '../reading/places';
import { limitProperties, onceForEachPlace, readingOptions, store } from '../reading/properties';
import type { ReadRun } from '../reading/readRun';
import { isOn } from '../reading/wishes';

const DAY_MS = 24 * 60 * 60_000;

/** All shipment statuses of a return. Source: ReturnShipmentStatusType in the Market's OpenAPI. */
const shipmentStatuses: INodeProperties = {
	displayName: 'Shipment Statuses',
	name: 'shipmentStatuses',
	type: 'multiOptions',
	options: [
		{ name: 'Cancelled', value: 'CANCELLED' },
		{ name: 'Created', value: 'CREATED' },
		{ name: 'Disposed Of', value: 'UTILIZED' },
		{ name: 'Expired', value: 'EXPIRED' },
		{ name: 'Handed to the Shop', value: 'PICKED', description: 'To be checked and put back' },
		{ name: 'In Transit', value: 'IN_TRANSIT' },
		{ name: 'Lost', value: 'LOST' },
		{ name: 'Not Fetched From the Post', value: 'NOT_IN_DEMAND' },
		{ name: 'Ready for Pick-Up by the Shop', value: 'READY_FOR_PICKUP' },
		{ name: 'Received at the Market', value: 'FULFILMENT_RECEIVED' },
		{ name: 'Received From the Buyer', value: 'RECEIVED' },
		{ name: 'Received to Be Resold', value: 'RECEIVED_FOR_EXPROPRIATION' },
		{ name: 'To Be Disposed Of', value: 'PREPARED_FOR_UTILIZATION' },
		{ name: 'To Be Resold', value: 'READY_FOR_EXPROPRIATION' },
		{ name: 'Unknown', value: 'UNKNOWN' },
	],
	default: [],
	description:
		'Return only returns in one of these statuses. Leave empty to return returns in any.',
};

const returnType: INodeProperties = {
	displayName: 'Type',
	name: 'returnType',
	type: 'options',
	options: [
		{ name: 'All', value: 'all' },
		{ name: 'Not Fetched by the Buyer', value: 'UNREDEEMED' },
		{ name: 'Returned by the Buyer', value: 'RETURN' },
	],
	default: 'all',
};

const updatedWithin: INodeProperties = {
	displayName: 'Updated Within (Days)',
	name: 'updatedWithinDays',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 7,
	description: 'Return only returns that have changed in the last so many days',
};

/** Returns of a store, with the units that the shop has in its hands again. */
export const getManyReturns: ReadOperation = {
	resource: 'return',
	option: {
		name: 'Get Many',
		value: 'getAll',
		description:
			'Read the returns of a store, with the units that were handed to the shop. They are not in your stock before you have checked them.',
		action: 'Get many returns',
	},
	properties: [
		store,
		onceForEachPlace,
		...limitProperties,
		readingOptions([oneItemPerLine, shipmentStatuses, returnType, updatedWithin]),
	],
	async run(reading) {
		const { context, ports } = reading;
		const isPerLine = await isOn(reading, oneItemPerLine);
		const type = await readOption<string>(context, returnType);
		const filter = {
			shipmentStatuses: await readOption<string[]>(context, shipmentStatuses),
			type: type === 'all' ? undefined : type,
			fromDay: await firstDay(reading),
		};
		await listAt(reading, {
			placeOf: storePlace(context),
			read: (place, at) => listReturns(place.store, filter, at),
			show: (returns, place) =>
				returns.flatMap((one) =>
					lineItems(shownReturn(one, place.store, ports.clock.now()), isPerLine, NO_LINE),
				),
			nothing: (place) => `Store ${place.store} has no such returns.`,
		});
	},
};

const NO_LINE = { sku: null, count: null, picked: null, fit: null };

/** A return as the output shows it. Its key is the same in all its states: it is one receipt. */
function shownReturn(one: Return, campaignId: string, readMs: number) {
	const { returnId, orderId, returnType: type, shipmentStatus, refundStatus, lines } = one;
	return {
		key: `return:${campaignId}:${returnId}`,
		event: 'RETURN_READ',
		returnId,
		orderId,
		campaignId,
		returnType: type,
		shipmentStatus,
		refundStatus,
		version: new Date(one.updatedMs ?? readMs).toISOString(),
		lines,
	};
}

/** Days of the Market begin earlier than those of UTC, so none of them is cut. */
async function firstDay({ context, ports }: ReadRun): Promise<string | undefined> {
	if (addedOptions(context)[updatedWithin.name] === undefined) return undefined;
	const days = await readOption<number>(context, updatedWithin);
	return new Date(ports.clock.now() - days * DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length);
}
