import axios, { type AxiosResponse } from 'axios';

import type { CredentialReference, Workflow } from '../../../lab/n8n/workflow';
import { STORES } from '../../../sandbox';
import { chainFrom, node } from './flow';
import { PACKAGE_NAME } from './places';

const { fbs } = STORES;

/** The offer that is ordered. */
export const SKU = 'SKU-00001';

const business = { __rl: true, mode: 'id', value: String(fbs.businessId) };

/** A flow that notifications start; n8n listens at this path. */
export function notifiedFlow(path: string, apiKey: CredentialReference): Workflow {
	const parameters = { authentication: 'apiKey', business, options: {} };
	const type = `${PACKAGE_NAME}.yandexMarketTrigger`;
	const trigger = {
		...node('Orders', type, 2, parameters),
		webhookId: path,
		credentials: { yandexMarketApi: apiKey },
	};
	return chainFrom(trigger, path, node('Taken', 'n8n-nodes-base.noOp', 1));
}

/** A flow that asks for orders once a minute. */
export function polledFlow(name: string, apiKey: CredentialReference): Workflow {
	const parameters = {
		authentication: 'apiKey',
		business,
		options: {},
		pollTimes: { item: [{ mode: 'everyMinute' }] },
	};
	const type = `${PACKAGE_NAME}.yandexMarketOrdersTrigger`;
	const trigger = {
		...node('Orders', type, 1, parameters),
		credentials: { yandexMarketApi: apiKey },
	};
	return chainFrom(trigger, name, node('Taken', 'n8n-nodes-base.noOp', 1));
}

/** What the Market sends when it connects. */
export const PING = { notificationType: 'PING', time: '2026-11-26T10:00:00Z' };

/** What it sends of a new order. */
export function created(orderId: number): object {
	return {
		notificationType: 'ORDER_CREATED',
		orderId,
		campaignId: fbs.campaignId,
		items: [{ offerId: SKU, count: 2 }],
		createdAt: new Date().toISOString(),
	};
}

/** A request of the Market, whatever comes of it. It waits for ten seconds. */
export async function notify(url: string, body: unknown): Promise<AxiosResponse> {
	return await axios.post(url, body, {
		proxy: false,
		validateStatus: null,
		timeout: 10_000,
		headers: { 'content-type': 'application/json' },
	});
}

/** What the Market takes for an answer. */
export const TAKEN = {
	version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
	name: 'n8n-nodes-yandex-market',
	time: expect.stringMatching(/^\d{4}-.*Z$/),
};
