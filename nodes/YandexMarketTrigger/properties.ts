import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

import { ORDER_EVENTS } from '../../market/orders/notification';
import { triggerBusiness } from '../common/panel/locators';
import { triggerOptions } from '../common/panel/orderOptions';
import { authentication } from '../common/panel/properties';

/** How the trigger makes sure of what it is told. */
export const readOrder: INodeProperties = {
	displayName: 'Read Order',
	name: 'readOrder',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Before Answering',
			value: 'beforeAnswering',
			description:
				'Notifications are unsigned, so the order is read from the Market. While that is not possible, the Market is asked to notify again, which it does for 14 days.',
		},
		{
			name: 'Off',
			value: 'off',
			description:
				'What the notification says, unproven (verified is false). It does not say what the order takes from your stock.',
		},
	],
	default: 'beforeAnswering',
};

const WHEN_READING = { show: { readOrder: ['beforeAnswering'] } };

/** Which notifications start the workflow. */
export const events: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	noDataExpression: true,
	options: [
		{
			name: 'Order Cancellation Requested',
			value: 'ORDER_CANCELLATION_REQUEST',
			description: 'Only DBS: the seller decides',
		},
		{ name: 'Order Cancelled', value: 'ORDER_CANCELLED' },
		{ name: 'Order Created', value: 'ORDER_CREATED' },
		{
			name: 'Order Dates Changed',
			value: 'ORDER_UPDATED',
			description: 'Its shipment or delivery has another date',
		},
		{ name: 'Order Status Changed', value: 'ORDER_STATUS_UPDATED' },
		{ name: 'Return Created', value: 'ORDER_RETURN_CREATED' },
		{ name: 'Return Status Changed', value: 'ORDER_RETURN_STATUS_UPDATED' },
	],
	default: [...ORDER_EVENTS],
	description: 'Which notifications start the workflow. All others are answered and left alone.',
};

/** Whether only the Market's own addresses are listened to. */
export const checkSenderAddress: INodeProperties = {
	displayName: 'Check Sender Address',
	name: 'checkSenderAddress',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	description:
		"Whether to refuse notifications that do not come from the Market's networks. Behind a proxy, n8n knows the sender only if N8N_PROXY_HOPS says how many proxies there are; otherwise every notification is refused.",
};

/** The name that answers carry. */
export const integrationName: INodeProperties = {
	displayName: 'Integration Name',
	name: 'integrationName',
	type: 'string',
	noDataExpression: true,
	default: 'n8n-nodes-yandex-market',
	description:
		'The name in the answers, as the log of notifications in the seller cabinet shows it',
};

/** A credential is needed only to read orders. */
export const notificationCredentials: INodeCredentialDescription[] = [
	{
		name: 'yandexMarketApi',
		required: true,
		displayOptions: { show: { authentication: ['apiKey'], readOrder: ['beforeAnswering'] } },
	},
	{
		name: 'yandexMarketOAuth2Api',
		required: true,
		displayOptions: { show: { authentication: ['oAuth2'], readOrder: ['beforeAnswering'] } },
	},
];

const setUp: INodeProperties = {
	displayName:
		'1. Publish this workflow. 2. In the seller cabinet open <b>Settings → API and modules → API notifications</b> and press <b>Connect</b>. 3. Choose the cabinet or a store and the events below, and paste the <b>Production URL</b> from above: the Market adds /notification to it by itself. 4. Save: the Market asks once whether somebody is there, and notifies within two minutes.',
	name: 'setUpNotice',
	type: 'notice',
	default: '',
};

/** The panel of Yandex Market Trigger. */
export const notificationProperties: INodeProperties[] = [
	setUp,
	readOrder,
	{ ...authentication, displayOptions: WHEN_READING },
	{ ...triggerBusiness, displayOptions: WHEN_READING },
	events,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...triggerOptions, checkSenderAddress, integrationName].sort((a, b) =>
			a.displayName.localeCompare(b.displayName),
		),
	},
];
