import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { apiMethods } from '../../market/contract/apiMethods';
import { MAX_CREATION_DAYS } from '../../market/contract/bounds';
import type { Order } from '../../market/orders/order';
import { readMs } from '../../market/orders/order';
import { stateOf, type OrderState } from '../../market/orders/orderState';
import { limitsUntil, portsWithin } from '../../market/pacing/limits';
import type { RunPorts } from '../../market/pacing/runPorts';
import { listOrders } from '../../market/read/orders';
import { readAccount } from '../common/connection/account';
import { readStates } from '../common/connection/processMemory';
import { marketPorts, type NodePorts } from '../common/connection/transport';
import { readError, refusalError } from '../common/engine/nodeError';
import {
	hasTriggerOption,
	triggerBusiness,
	triggerOption,
	wantedOrders,
	type WantedOrders,
} from '../common/input/triggerParameters';
import { orderItems } from '../common/output/orderItems';
import { startFrom } from './startFrom';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

/** How far before the newest change that was seen each poll begins: the Market may show a change late. */
const OVERLAP_MS = 10 * 60_000;

/** Most time that one poll catches up, so that a long standstill does not become one huge execution. */
const SPAN_MS = DAY_MS;

/** A poll waits for quotas this long: the next one comes anyway. */
const MAX_WAIT_MS = 2 * 60_000;

/** How many orders a test in the editor shows. */
const SAMPLE = 5;

/** What is looked for, and with what. */
interface Watch {
	context: IPollFunctions;
	businessId: string;
	wanted: WantedOrders;
	ports: RunPorts;
}

/** What n8n keeps for the node between polls. */
interface Kept {
	/** The newest change seen so far, as ISO 8601. */
	updatedAt?: string;
	/** The business in which it was seen. */
	businessId?: string;
}

/**
 * Gives the orders that have changed since the last poll, each at least once: n8n keeps the newest change apart from the
 * execution, so after a crash the last minutes come again. Null if there is nothing new.
 *
 * @throws NodeOperationError if the Market refuses, or a parameter is not as declared
 */
export async function pollOrders(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	let ports: NodePorts | undefined;
	try {
		const businessId = triggerBusiness(context);
		const wanted = wantedOrders(context);
		ports = marketPorts(context, await readAccount(context));
		const nowMs = ports.clock.now();
		const bounded = portsWithin(ports, limitsUntil(nowMs + MAX_WAIT_MS, nowMs));
		const watch = { context, businessId, wanted, ports: bounded };
		const states = context.getMode() === 'manual' ? await sample(watch) : await news(watch);
		const items = states.flatMap((state) => orderItems(state, wanted.isPerLine));
		return items.length === 0 ? null : [items.map((json) => ({ json }))];
	} catch (error) {
		throw readError(context.getNode(), error);
	} finally {
		ports?.close();
	}
}

/** The states that are new since the last poll, the oldest first. */
async function news(watch: Watch): Promise<OrderState[]> {
	const { businessId, context, ports, wanted } = watch;
	const kept = context.getWorkflowStaticData('node') as IDataObject & Kept;
	const nowMs = ports.clock.now();
	// Of another business it says nothing: that would skip changes which this one had earlier.
	const known = kept.businessId === businessId ? readMs(kept.updatedAt) : undefined;
	const sinceMs = known ?? firstMoment(context, nowMs);
	const fromMs = Math.max((sinceMs ?? nowMs) - OVERLAP_MS, nowMs - MAX_CREATION_DAYS * DAY_MS);
	const toMs = fromMs + SPAN_MS < nowMs ? fromMs + SPAN_MS : undefined;
	const orders = await read(watch, fromMs, toMs);
	const marketMs = marketTimeOf(watch);
	const newestMs = Math.max(
		sinceMs ?? marketMs,
		toMs ?? -Infinity,
		...orders.map(({ updatedMs = -Infinity }) => Math.min(updatedMs, marketMs)),
	);
	if (newestMs !== known)
		Object.assign(kept, { updatedAt: new Date(newestMs).toISOString(), businessId });
	const states = orders.filter((order) => wanted.wants(order)).map((one) => stateIn(one, watch));
	const fresh = withoutRead(states, context, nowMs);
	// Without a beginning, the first poll only says from when on.
	return sinceMs === undefined ? [] : fresh;
}

/** From when on the first poll gives orders; undefined if only those that change from now on are wanted. */
function firstMoment(context: IPollFunctions, nowMs: number): number | undefined {
	if (!hasTriggerOption(context, startFrom)) return undefined;
	return nowMs - triggerOption<number>(context, startFrom) * HOUR_MS;
}

async function read(
	{ businessId, wanted: { campaignIds, tests }, ports }: Watch,
	updatedFromMs: number,
	updatedToMs: number | undefined,
): Promise<Order[]> {
	const orders: Order[] = [];
	for (const isFake of tests ? [false, true] : [false]) {
		const filter = { campaignIds, isFake, updatedFromMs, updatedToMs };
		for await (const page of listOrders(businessId, filter, ports)) orders.push(...page);
	}
	return orders;
}

/** The Market's time, never later than it really is: our own clock may be ahead, and changes would be missed. */
function marketTimeOf({ businessId, ports }: Watch): number {
	const { least } = ports.laneOf(apiMethods.getBusinessOrders, businessId).clockOffset;
	return ports.clock.now() + (Number.isFinite(least) ? least : 0);
}

/** States that were not there when the trigger last looked, by their versions. Remembers those that are there now. */
function withoutRead(
	states: readonly OrderState[],
	context: IPollFunctions,
	nowMs: number,
): OrderState[] {
	const whose = JSON.stringify([context.getWorkflow().id, context.getNode().id]);
	const before = readStates.recall(whose, nowMs);
	readStates.remember(whose, new Set(states.map(({ key }) => key)), nowMs);
	return states
		.filter(({ key }) => !before?.has(key))
		.sort((a, b) => (a.version < b.version ? -1 : 1));
}

/** The newest of the orders that come first: enough to build a flow on. */
async function sample(watch: Watch): Promise<OrderState[]> {
	const { context, businessId, wanted, ports } = watch;
	for (const isFake of wanted.tests ? [false, true] : [false]) {
		const filter = { campaignIds: wanted.campaignIds, isFake };
		for await (const page of listOrders(businessId, filter, ports)) {
			const some = page.filter((order) => wanted.wants(order));
			const states = some.map((order) => stateIn(order, watch));
			if (states.length > 0)
				return states.sort((a, b) => (a.version < b.version ? 1 : -1)).slice(0, SAMPLE);
		}
	}
	throw refusalError(context.getNode(), {
		reason: `Business ${businessId} has no order of the last ${MAX_CREATION_DAYS} days to show`,
		advice:
			'Place a test order in the seller cabinet and add the option Include Test Orders, or publish the workflow: it starts with the first order.',
	});
}

function stateIn(order: Order, { businessId, ports }: Watch): OrderState {
	return stateOf(order, businessId, ports.clock.now());
}
