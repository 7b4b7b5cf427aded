import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { refused, type Checked, type Refusal } from '../../../market/common/refusal';
import { stateOf } from '../../../market/orders/orderState';
import { findOrders } from '../../../market/read/orders';
import { checkOrderId } from '../../../market/records/ids';
import { inTurns } from '../../common/engine/turns';
import { openEvaluation } from '../../common/input/evaluation';
import { mayVary } from '../../common/input/fixedExpression';
import { writtenIn } from '../../common/input/parameters';
import { orderItems } from '../../common/output/orderItems';
import { oneItemPerLine } from '../../common/panel/orderOptions';
import { includeInputFields } from '../../common/panel/properties';
import type { ReadOperation } from '../reading/operation';
import { placeRefusal } from '../reading/placeRefusal';
import { businessPlace } from '../reading/places';
import { business, readingOptions } from '../reading/properties';
import type { ReadRun } from '../reading/readRun';
import { isOn } from '../reading/wishes';

const orderId: INodeProperties = {
	displayName: 'Order ID',
	name: 'orderId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. {{ $json.orderId }}',
	description:
		"The order's number, as the seller cabinet and the triggers show it. An expression may give a different one for each item.",
};

/** One order for each input item. Orders of one business are asked for together. */
export const getOrder: ReadOperation = {
	resource: 'order',
	option: {
		name: 'Get',
		value: 'get',
		description: 'Read one order: its status, its lines, and what it takes from your stock',
		action: 'Get order',
	},
	properties: [business, orderId, readingOptions([includeInputFields, oneItemPerLine])],
	async run(reading) {
		const { output, signal } = reading;
		const keepsInput = await isOn(reading, includeInputFields);
		const isPerLine = await isOn(reading, oneItemPerLine);
		const wanted = await wantedOrders(reading);
		if (signal.aborted) return;
		await output.throwIfStopping();
		for (const [businessId, byOrder] of wanted) {
			const read = await readOrders(businessId, [...byOrder.keys()], isPerLine, reading);
			if (signal.aborted) return;
			for (const [id, items] of byOrder) {
				const shown = read.get(id) ?? notFound(id, businessId);
				for (const item of items) {
					if ('reason' in shown) output.fail(item, shown, { place: { business: businessId } });
					else for (const json of shown) output.add(item, json, keepsInput);
				}
			}
			await output.throwIfStopping();
		}
	},
};

/** Which orders are wanted, by their business, each with the items that want it. Items that name none fail. */
async function wantedOrders({
	context,
	items,
	output,
	signal,
}: ReadRun): Promise<Map<string, Map<string, number[]>>> {
	const placeOf = businessPlace(context);
	const idOf = orderIds(context);
	const wanted = new Map<string, Map<string, number[]>>();
	const sort = (_: unknown, item: number) => {
		const [place, id] = [placeOf(item), idOf(item)];
		if (!place.ok) return output.fail(item, place.refusal);
		if (!id.ok) return output.fail(item, id.refusal, { place: place.value });
		const byOrder = wanted.get(place.value.business) ?? new Map<string, number[]>();
		byOrder.set(id.value, [...(byOrder.get(id.value) ?? []), item]);
		wanted.set(place.value.business, byOrder);
	};
	await inTurns(items, sort, signal);
	return wanted;
}

/** What is shown of each order that was found; of each, why nothing could be read. */
async function readOrders(
	businessId: string,
	ids: readonly string[],
	isPerLine: boolean,
	reading: ReadRun,
): Promise<Map<string, IDataObject[] | Refusal>> {
	const { ports } = reading;
	try {
		const found = await findOrders(businessId, ids, { tests: true, older: true }, ports);
		const nowMs = ports.clock.now();
		return new Map(
			Array.from(found, ([id, order]) => [
				id,
				orderItems(stateOf(order, businessId, nowMs), isPerLine),
			]),
		);
	} catch (error) {
		const refusal = await placeRefusal(error, { business: businessId }, reading);
		return new Map(ids.map((id) => [id, refusal]));
	}
}

function notFound(id: string, businessId: string): Refusal {
	return {
		reason: `The Market shows no order ${id} in business ${businessId}`,
		advice:
			'Check the number and the business. A new order may take some minutes to appear; one that is older than about 90 days is not looked for.',
	};
}

/** The order that each item names. Evaluated once, unless it is an expression that may vary. */
function orderIds(context: IExecuteFunctions): (itemIndex: number) => Checked<string> {
	const written = writtenIn(context, orderId.name);
	const evaluate = openEvaluation(context, written, (item) =>
		context.getNodeParameter(orderId.name, item),
	);
	const read = (item: number): Checked<string> => {
		try {
			return checkOrderId(evaluate(item));
		} catch (error) {
			return refused(
				`Order ID could not be evaluated: ${error instanceof Error ? error.message : String(error)}`,
				'Check the expression of Order ID for this item.',
			);
		}
	};
	if (mayVary(written)) return read;
	const fixed = read(0);
	return () => fixed;
}
