import type { IExecuteFunctions } from 'n8n-workflow';

/** Warns of a setting with which n8n drops all items but the first before the node sees them: nothing else shows it. */
export function executedOnce(context: IExecuteFunctions): string[] {
	if (!context.getNode().executeOnce) return [];
	return [
		'Execute Once is on in the settings of this node: n8n hands it only the first of the items that come in. Turn it off to send all.',
	];
}
