import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

import { MAX_UNTIL_SHOWN_MS } from '../../../market/contract/bounds';
import { inputModeProperties } from './inputMode';
import { store } from './locators';

/** A value that a node reads from a field of each item. */
export interface FieldNames {
	/** As the user sees it, such as "SKU". */
	label: string;
	/** Parameter with the field's name; for an option, `options.` and its name. */
	field: string;
	/** What to do to give the value by an expression. @default set Read Items to By Expressions */
	instead?: string;
}

/** A value that a node needs from each item, and the two parameters that can say where it is. */
export interface SourceNames extends FieldNames {
	/** Parameter with the expression; for an option, likewise. */
	expression: string;
}

/** The two ways to sign in, one of which the user chooses. */
export const credentials: INodeCredentialDescription[] = [
	{
		name: 'yandexMarketApi',
		required: true,
		displayOptions: { show: { authentication: ['apiKey'] } },
	},
	{
		name: 'yandexMarketOAuth2Api',
		required: true,
		displayOptions: { show: { authentication: ['oAuth2'] } },
	},
];

/** Which of the two ways. */
export const authentication: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Api-Key Token',
			value: 'apiKey',
			description: 'Recommended by the Market: bound to one business, does not expire',
		},
		{ name: 'OAuth2', value: 'oAuth2', description: 'Signs in as a Yandex user' },
	],
	default: 'apiKey',
};

/** Authentication, Store and Read Items, which the nodes for offers begin with. */
export const offersProperties: INodeProperties[] = [authentication, store, ...inputModeProperties];

/** The SKU, which every write node reads. */
export const skuValue: SourceNames = { label: 'SKU', field: 'skuField', expression: 'sku' };

export const skuProperties: INodeProperties[] = [
	{
		displayName: 'SKU Field',
		name: 'skuField',
		type: 'string',
		requiresDataPath: 'single',
		required: true,
		default: 'sku',
		placeholder: 'e.g. sku',
		description:
			'Name of the field with the SKU, exactly as it is in the catalogue. Drag it here from the input panel, or type it; dots lead into objects.',
		displayOptions: { show: { inputMode: ['fieldNames'] } },
	},
	{
		displayName: 'SKU',
		name: 'sku',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. {{ $json.sku }}',
		description:
			'Expression that gives the SKU, exactly as it is in the catalogue. One SKU only, even from an agent.',
		displayOptions: { show: { inputMode: ['expressions'] } },
	},
];

/** Whether output items carry what came in. */
export const includeInputFields: INodeProperties = {
	displayName: 'Include Input Fields',
	name: 'includeInputFields',
	type: 'boolean',
	default: false,
	description: 'Whether each output item also carries its input item, in a field called input',
};

const MINUTE_MS = 60_000;

/** How long the Market may take to show a change, in minutes. */
const UNTIL_SHOWN = MAX_UNTIL_SHOWN_MS / MINUTE_MS;

/** Most minutes that the options Maximum Wait and Verify take: a day. */
const MAX_MINUTES = 24 * 60;

/** How long a run may take. */
export const maximumWait: INodeProperties = {
	displayName: 'Maximum Wait (Minutes)',
	name: 'maximumWait',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: MAX_MINUTES },
	default: 10,
	description:
		"How long to wait for the Market's quotas and answers, counted from the start of the run. What is left by then is reported as not sent or not read. Without this option, the run waits for everything.",
};

/** Options that every write node has. */
export const commonOptions: readonly INodeProperties[] = [
	{
		displayName: 'All or Nothing',
		name: 'allOrNothing',
		type: 'boolean',
		default: false,
		description:
			'Whether to send nothing at all if any item is found invalid before sending. An item that only the Market refuses is reported alone: the others have been sent by then.',
	},
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: false,
		description:
			'Whether to only check the items, ask the Market about their stores or warehouses, and plan the requests, without sending anything',
	},
	includeInputFields,
	maximumWait,
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{ name: 'One Item per Input Item', value: 'items', description: 'What became of each item' },
			{
				name: 'Summary',
				value: 'summary',
				description: 'One item with totals and the first failed items. Best for very large runs.',
			},
		],
		default: 'items',
	},
	{
		displayName: 'Verify (Minutes)',
		name: 'verify',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: MAX_MINUTES },
		default: UNTIL_SHOWN,
		description:
			"Read the Market back until it shows what was sent, in the store's own warehouse, or until this time is up. The status becomes confirmed or unconfirmed. With 0, it is read once.",
	},
];

/** Decides the quota for hiding and showing; the quota for stocks is the same for everybody. */
export const subscriptionOption: INodeProperties = {
	displayName: 'Subscription Level',
	name: 'subscription',
	type: 'options',
	options: [
		{ name: 'Automatic', value: 'auto', description: 'Asks the Market once for each business' },
		{ name: 'Medium', value: 'medium' },
		{ name: 'None or Light', value: 'none' },
	],
	default: 'auto',
	description:
		'The paid subscription of the business, which decides how fast offers may be hidden and shown',
};

/** The collection Options: the common ones and a node's own, sorted by name as n8n wants it. */
export function optionsProperty(own: INodeProperties[] = []): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...commonOptions, ...own].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}
