import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { readNotification, type OrderNotification } from '../../market/orders/notification';
import { stateOf, unverifiedState, type OrderState } from '../../market/orders/orderState';
import { isMarketAddress } from '../../market/orders/senderAddress';
import { shownFailures } from '../common/connection/processMemory';
import { INTEGRATION } from '../common/connection/transport';
import { refusalError } from '../common/engine/nodeError';
import {
	triggerBusiness,
	triggerOption,
	triggerParameter,
	wantedOrders,
	type WantedOrders,
} from '../common/input/triggerParameters';
import { orderItems } from '../common/output/orderItems';
import { checkSenderAddress, events, integrationName, readOrder } from './properties';
import { readNotified, type Notified } from './readNotified';

/** An order that could not be read for so long is given unread: nobody would hear of it otherwise. */
const GIVE_UP_MS = 24 * 60 * 60_000;

/** Longest name in an answer [Notification OpenAPI, NotificationReplyDTO]. */
const MAX_NAME_LENGTH = 100;

/** Why a request is not taken [Notification OpenAPI, NotificationErrorReplyDTO]. */
type WhyNot = 'UNKNOWN' | 'WRONG_EVENT_FORMAT';

/**
 * Answers a request to the trigger's address. An event is answered once n8n has stored its execution; everything else at
 * once, without an execution, and a PING without the network.
 *
 * @throws NodeOperationError if a parameter is not as declared, or the Market refuses to show orders at all
 */
export async function answerNotification(
	context: IWebhookFunctions,
): Promise<IWebhookResponseData> {
	const nowMs = Date.now();
	const { ip, rawBody } = context.getRequestObject();
	if (triggerOption<boolean>(context, checkSenderAddress) && !isMarketAddress(ip ?? '')) {
		log(context, `a request from ${ip} was refused: it is not an address of the Market`);
		return notTaken(context, 403, 'UNKNOWN', "The sender's address is not the Market's");
	}
	const told = readNotification(rawBody?.toString('utf8') ?? '');
	if (told.kind === 'broken') {
		log(context, `a request was refused: ${told.message}`);
		return notTaken(context, 400, 'WRONG_EVENT_FORMAT', told.message);
	}
	const taken: IWebhookResponseData = { webhookResponse: reply(context, nowMs) };
	const isSelected =
		told.kind === 'order' && triggerParameter<string[]>(context, events).includes(told.event);
	if (!isSelected) return taken;
	const wanted = wantedOrders(context);
	const { campaignIds, isPerLine } = wanted;
	if (campaignIds.length > 0 && !campaignIds.includes(told.campaignId)) return taken;
	const state = await stateToGive(context, told, wanted, nowMs);
	if (state === 'unwanted') return taken;
	if (state === 'later')
		return notTaken(context, 500, 'UNKNOWN', 'The order cannot be read yet: notify again');
	const items = orderItems(state, isPerLine).map((json): INodeExecutionData => ({ json }));
	return { ...taken, workflowData: [items] };
}

/** What a notification comes to: a state, or nothing that is wanted, or nothing yet. */
async function stateToGive(
	context: IWebhookFunctions,
	told: OrderNotification,
	wanted: WantedOrders,
	nowMs: number,
): Promise<OrderState | 'unwanted' | 'later'> {
	if (triggerParameter(context, readOrder) === 'off') return unverifiedState(told, null);
	const businessId = triggerBusiness(context);
	const notified = await readNotified(context, businessId, told);
	if ('order' in notified) {
		const { order } = notified;
		return wanted.wants(order) ? stateOf(order, businessId, Date.now(), told) : 'unwanted';
	}
	const { reason, advice } = notified.refusal;
	log(context, `order ${told.orderId} could not be read: ${reason}. ${advice}`);
	if (nowMs - told.atMs > GIVE_UP_MS) return unverifiedState(told, businessId);
	showLasting(context, notified, nowMs);
	return 'later';
}

/** @throws NodeOperationError if it stays so until somebody acts, and was not shown lately: n8n answers 500 then too */
function showLasting(
	context: IWebhookFunctions,
	{ refusal, isLasting }: Extract<Notified, { refusal: unknown }>,
	nowMs: number,
): void {
	const key = JSON.stringify([context.getWorkflow().id, context.getNode().id, refusal.advice]);
	if (!isLasting || shownFailures.recall(key, nowMs)) return;
	shownFailures.remember(key, true, nowMs);
	throw refusalError(context.getNode(), refusal);
}

/** What the Market wants to read [Notification OpenAPI, NotificationReplyDTO]. */
function reply(context: IWebhookFunctions, startedMs: number): object {
	const [byDefault = '', version] = INTEGRATION.split('/');
	const name = triggerOption<string>(context, integrationName).trim() || byDefault;
	return {
		version,
		name: name.slice(0, MAX_NAME_LENGTH),
		time: new Date(startedMs).toISOString(),
	};
}

/** Only so can n8n give another status with a body. The Market does not repeat what got a 400, and all else it does. */
function notTaken(
	context: IWebhookFunctions,
	status: number,
	type: WhyNot,
	message: string,
): IWebhookResponseData {
	context.getResponseObject().status(status).json({ error: { type, message } });
	return { noWebhookResponse: true };
}

function log({ logger }: IWebhookFunctions, text: string): void {
	logger.warn(`Yandex Market Trigger: ${text}`);
}
