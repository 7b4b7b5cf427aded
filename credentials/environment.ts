import type { INodeProperties } from 'n8n-workflow';

/** The choice between the real Market, in Russia or Uzbekistan, and a sandbox. Both credentials begin with it. */
export const environmentProperties: INodeProperties[] = [
	{
		displayName: 'Environment',
		name: 'environment',
		type: 'options',
		options: [
			{
				name: 'Market Yandex Go',
				value: 'marketYandexGo',
				description: 'The real Market for sellers in Uzbekistan, which has an address of its own',
			},
			{ name: 'Production', value: 'production', description: 'The real Market' },
			{
				name: 'Sandbox',
				value: 'sandbox',
				description: 'A Market on your own computer, to try things out',
			},
		],
		default: 'production',
	},
	{
		displayName: 'API URL',
		name: 'apiUrl',
		type: 'string',
		default: 'http://127.0.0.1:8780',
		placeholder: 'e.g. http://127.0.0.1:8780',
		description: 'Where the sandbox listens. Use https, or http to this computer only.',
		displayOptions: { show: { environment: ['sandbox'] } },
	},
];
