import type { INodeProperties } from 'n8n-workflow';

import { MAX_CREATION_DAYS } from '../../../market/contract/bounds';
import { stateOf } from '../../../market/orders/orderState';
import { listOrders } from '../../../market/read/orders';
import { refusalError } from '../../common/engine/nodeError';
import { addedOptions, readOption } from '../../common/input/parameters';
import { readStoreList } from '../../common/input/storeList';
import { orderItems } from '../../common/output/orderItems';
import { oneItemPerLine, orderStores } from '../../common/panel/orderOptions';
import { listAt } from '../reading/listAt';
import type { ReadOperation } from '../reading/operation';
import { businessPlace } from '../reading/places';
import { business, limitProperties, onceForEachPlace, readingOptions } from '../reading/properties';
import type { ReadRun } from '../reading/readRun';
import { isOn } from '../reading/wishes';

const HOUR_MS = 60 * 60_000;

/** All statuses of an order. Source: OrderStatusType in the Market's OpenAPI. */
const statuses: INodeProperties = {
	displayName: 'Statuses',
	name: 'orderStatuses',
	type: 'multiOptions',
	options: [
		{ name: 'Being Delivered', value: 'DELIVERY' },
		{ name: 'Being Placed', value: 'PLACING' },
		{ name: 'Cancelled', value: 'CANCELLED' },
		{ name: 'Delivered', value: 'DELIVERED' },
		{ name: 'In Processing', value: 'PROCESSING', description: 'To be packed, or packed' },
		{ name: 'Partially Returned', value: 'PARTIALLY_RETURNED' },
		{ name: 'Pending', value: 'PENDING', description: 'Waits for the seller' },
		{ name: 'Pick-Up Point', value: 'PICKUP' },
		{ name: 'Reserved', value: 'RESERVED', description: 'Only LaaS' },
		{ name: 'Returned', value: 'RETURNED' },
		{ name: 'Unknown', value: 'UNKNOWN' },
		{ name: 'Unpaid', value: 'UNPAID' },
	],
	default: [],
	description: 'Return only orders in one of these statuses. Leave empty to return orders in any.',
};

const testOrders: INodeProperties = {
	displayName: 'Test Orders',
	name: 'testOrders',
	type: 'boolean',
	default: false,
	description: 'Whether to read test orders instead of real ones: the Market never lists both',
};

const updatedWithin: INodeProperties = {
	displayName: 'Updated Within (Hours)',
	name: 'updatedWithinHours',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_CREATION_DAYS * 24 },
	default: 24,
	description: 'Return only orders that have changed in the last so many hours',
};

/** Orders of a business, each with what it takes from the seller's stock. */
export const getManyOrders: ReadOperation = {
	resource: 'order',
	option: {
		name: 'Get Many',
		value: 'getAll',
		description: `Read the orders of a business that were created in the last ${MAX_CREATION_DAYS} days, with what each takes from your stock`,
		action: 'Get many orders',
	},
	properties: [
		business,
		onceForEachPlace,
		...limitProperties,
		readingOptions([oneItemPerLine, orderStores, statuses, testOrders, updatedWithin]),
	],
	async run(reading) {
		const { context, ports } = reading;
		const isPerLine = await isOn(reading, oneItemPerLine);
		const filter = {
			campaignIds: await storesOf(reading),
			statuses: await readOption<string[]>(context, statuses),
			isFake: await isOn(reading, testOrders),
			updatedFromMs: await updatedFrom(reading),
		};
		await listAt(reading, {
			placeOf: businessPlace(context),
			read: (place) => listOrders(place.business, filter, ports),
			show: (orders, place) =>
				orders.flatMap((order) =>
					orderItems(stateOf(order, place.business, ports.clock.now()), isPerLine),
				),
			nothing: (place) => `Business ${place.business} has no such orders.`,
		});
	},
};

/** The option Stores. @throws NodeOperationError if one of them is no campaign ID */
async function storesOf({ context }: ReadRun): Promise<string[]> {
	const ids = readStoreList(await readOption<string>(context, orderStores));
	if (!ids.ok) throw refusalError(context.getNode(), ids.refusal);
	return ids.value;
}

async function updatedFrom({ context, ports }: ReadRun): Promise<number | undefined> {
	if (addedOptions(context)[updatedWithin.name] === undefined) return undefined;
	return ports.clock.now() - (await readOption<number>(context, updatedWithin)) * HOUR_MS;
}
