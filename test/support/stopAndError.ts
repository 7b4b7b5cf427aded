import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { runNode } from './engine';

/** The message part of n8n's own node Stop and Error, which ends a flow with a text that the user writes. */
class StopAndError implements INodeType {
	description = {
		displayName: 'Stop and Error',
		name: 'stopAndError',
		group: ['input'],
		version: 1,
		description: '',
		defaults: { name: 'Stop and Error' },
		inputs: ['main'],
		outputs: [],
		properties: [
			{ displayName: 'Error Message', name: 'errorMessage', type: 'string', default: '' },
		],
	} as unknown as INodeTypeDescription;

	async execute(this: IExecuteFunctions): Promise<never> {
		throw new NodeOperationError(
			this.getNode(),
			this.getNodeParameter('errorMessage', 0) as string,
		);
	}
}

/** The message that a user sees in red if a flow ends with this text, or expression, for these items. */
export async function redMessage(
	errorMessage: string,
	items: IDataObject[],
): Promise<string | undefined> {
	const { error } = await runNode({
		node: new StopAndError(),
		parameters: { errorMessage },
		items,
		credential: { type: 'yandexMarketApi', data: {} },
	});
	return error?.message;
}
