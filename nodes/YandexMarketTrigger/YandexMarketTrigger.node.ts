import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { TRIGGERS_PAGE } from '../common/panel/documentation';
import { searchBusinesses } from '../common/panel/pickers/searchBusinesses';
import { chosenIn } from '../common/panel/subtitle';
import { answerNotification } from './answerNotification';
import { checkAccess } from './checkAccess';
import { notificationCredentials, notificationProperties } from './properties';

export class YandexMarketTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Yandex Market Trigger',
		name: 'yandexMarketTrigger',
		icon: { light: 'file:yandexMarketTrigger.svg', dark: 'file:yandexMarketTrigger.dark.svg' },
		group: ['trigger'],
		// In nodes of version 1, n8n evaluates an expression for each request before it asks the node.
		version: 2,
		subtitle: `={{ ${chosenIn('business')} }}`,
		// n8n lists this trigger under the node Yandex Market and shows this text for both.
		description:
			'Reads stocks, offers and orders. As a trigger: starts the workflow when the Market notifies of an order or a return.',
		documentationUrl: TRIGGERS_PAGE,
		defaults: { name: 'Yandex Market Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: notificationCredentials,
		// With responseData empty, n8n answers what the node says, as JSON, once the execution is stored.
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: '',
				path: '',
				isFullPath: true,
			},
			// The Market adds this to the address that is entered in the cabinet.
			{
				name: 'setup',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: '',
				path: 'notification',
				ndvHideUrl: true,
			},
		],
		properties: notificationProperties,
	};

	methods = { listSearch: { searchBusinesses } };

	webhookMethods = {
		default: {
			/** The address is entered in the seller cabinet, and no method of the Market tells of it. */
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await checkAccess(this);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await answerNotification(this);
	}
}
