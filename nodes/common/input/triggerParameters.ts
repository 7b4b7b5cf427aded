import type { INodeProperties } from 'n8n-workflow';

import type { Checked } from '../../../market/common/refusal';
import { isOfTheMarket } from '../../../market/orders/held';
import type { Order } from '../../../market/orders/order';
import { checkBusinessId } from '../../../market/records/ids';
import { refusalError } from '../engine/nodeError';
import type { TriggerContext } from '../engine/triggerContext';
import { includeFby, includeTestOrders, oneItemPerLine, orderStores } from '../panel/orderOptions';
import { readDeclared } from './declared';
import { readStoreList } from './storeList';

/**
 * A parameter of a trigger. Only an expression is evaluated: with n8n's default engine that takes longer than the Market
 * waits for the answer to a PING.
 *
 * @throws NodeOperationError if it is not as declared
 */
export function triggerParameter<T>(context: TriggerContext, declared: INodeProperties): T {
	const { parameters } = context.getNode();
	return read(context, declared, parameters[declared.name], declared.name);
}

/** An option of a trigger, likewise; if it is not added, its default. @throws NodeOperationError likewise */
export function triggerOption<T>(context: TriggerContext, declared: INodeProperties): T {
	const options = (context.getNode().parameters.options ?? {}) as Record<string, unknown>;
	return read(context, declared, options[declared.name], `options.${declared.name}`);
}

/** Whether the user has added an option. */
export function hasTriggerOption(context: TriggerContext, { name }: INodeProperties): boolean {
	return Object.hasOwn((context.getNode().parameters.options ?? {}) as object, name);
}

/** The business of a trigger, as digits. @throws NodeOperationError if it is none */
export function triggerBusiness(context: TriggerContext): string {
	return demand(
		context,
		checkBusinessId(context.getNodeParameter('business', '', { extractValue: true })),
	);
}

/** Which orders a trigger gives, and how. */
export interface WantedOrders {
	/** Campaign IDs; all stores if empty. */
	campaignIds: readonly string[];
	isPerLine: boolean;
	/** Test orders too. */
	tests: boolean;
	wants(order: Order): boolean;
}

/** What the options of a trigger say of the orders that it gives. @throws NodeOperationError if one is not as declared */
export function wantedOrders(context: TriggerContext): WantedOrders {
	const campaignIds = demand(context, readStoreList(triggerOption<string>(context, orderStores)));
	const tests = triggerOption<boolean>(context, includeTestOrders);
	const ofTheMarket = triggerOption<boolean>(context, includeFby);
	return {
		campaignIds,
		tests,
		isPerLine: triggerOption<boolean>(context, oneItemPerLine),
		wants: (order) =>
			(campaignIds.length === 0 || campaignIds.includes(order.campaignId)) &&
			(tests || !order.isFake) &&
			(ofTheMarket || !isOfTheMarket(order)),
	};
}

function read<T>(
	context: TriggerContext,
	declared: INodeProperties,
	written: unknown,
	path: string,
): T {
	const isExpression = typeof written === 'string' && written.startsWith('=');
	const raw: unknown = isExpression ? context.getNodeParameter(path) : written;
	return demand(context, readDeclared(declared, raw ?? declared.default)) as T;
}

function demand<T>(context: TriggerContext, checked: Checked<T>): T {
	if (checked.ok) return checked.value;
	throw refusalError(context.getNode(), checked.refusal);
}
