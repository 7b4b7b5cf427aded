import type { IDataObject, IExecuteFunctions, INodeType, IRequestOptions } from 'n8n-workflow';

/**
 * A node that asks as n8n's HTTP Request node does: with n8n's request helper, authenticated by a credential.
 * Its parameters `uri` and `method` describe the request.
 *
 * @param credential type of the credential
 */
export function askingNode(
	credential: string,
	requestOf: (context: IExecuteFunctions) => IRequestOptions | Promise<IRequestOptions>,
): INodeType {
	return {
		description: {
			displayName: 'As HTTP Request',
			name: 'asHttpRequest',
			group: ['input'],
			version: 1,
			description: '',
			defaults: { name: 'As HTTP Request' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: credential }],
			properties: [
				{ displayName: 'URI', name: 'uri', type: 'string', default: '' },
				{ displayName: 'Method', name: 'method', type: 'string', default: 'GET' },
			],
		},
		async execute() {
			const request = await requestOf(this);
			const json = (await this.helpers.requestWithAuthentication.call(
				this,
				credential,
				request,
			)) as IDataObject;
			return [[{ json, pairedItem: { item: 0 } }]];
		},
	};
}
