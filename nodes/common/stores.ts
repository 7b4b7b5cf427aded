import type { IExecuteFunctions, INodeParameterResourceLocator } from 'n8n-workflow';

import { accepted, refused, type Checked } from '../../market/refusal';
import { quote } from '../../market/text';
import { isFixedExpression } from './fixedExpression';

const CAMPAIGN_ID = /^[1-9]\d{0,18}$/;

/** The campaign ID that each item is for. Evaluated once, unless it is an expression that may vary. */
export function openStore(context: IExecuteFunctions): (itemIndex: number) => Checked<string> {
	const raw = context.getNode().parameters.store as INodeParameterResourceLocator | string | undefined;
	const value = typeof raw === 'object' ? raw.value : raw;
	if (typeof value === 'string' && value.startsWith('=') && !isFixedExpression(value)) {
		return (itemIndex) => readStore(context, itemIndex);
	}
	const fixed = readStore(context, 0);
	return () => fixed;
}

function readStore(context: IExecuteFunctions, itemIndex: number): Checked<string> {
	try {
		return checkCampaignId(context.getNodeParameter('store', itemIndex, '', { extractValue: true }));
	} catch (error) {
		return refused(
			`Store could not be read: ${error instanceof Error ? error.message : String(error)}`,
			'Choose the store from the list, or give its campaign ID.',
		);
	}
}

function checkCampaignId(raw: unknown): Checked<string> {
	const text = typeof raw === 'number' || typeof raw === 'string' ? String(raw).trim() : '';
	if (CAMPAIGN_ID.test(text)) return accepted(text);
	const found = text === '' ? 'Store is blank' : `Store ${quote(text)} is not a campaign ID`;
	return refused(
		found,
		'Choose the store from the list, or give its campaign ID: digits only, found in the seller cabinet ' +
			'under API and modules. It is not the store number.',
	);
}
