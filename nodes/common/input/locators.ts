import type { IExecuteFunctions, INodeParameterResourceLocator } from 'n8n-workflow';

import { refused, type Checked } from '../../../market/common/refusal';
import { checkBusinessId, checkCampaignId, checkWarehouseId } from '../../../market/records/ids';
import { openEvaluation } from './evaluation';
import { mayVary } from './fixedExpression';

/** What the value of each locator must be. */
const locators = {
	store: { label: 'Store', idName: 'campaign ID', check: checkCampaignId },
	business: { label: 'Business', idName: 'business ID', check: checkBusinessId },
	warehouse: { label: 'Warehouse', idName: 'ID', check: checkWarehouseId },
};

/** The name of a parameter that is a locator. */
export type LocatorName = keyof typeof locators;

/** The ID that a locator gives for each item. Evaluated once, unless it is an expression that may vary. */
export function openLocator(
	context: IExecuteFunctions,
	name: LocatorName,
): (itemIndex: number) => Checked<string> {
	const raw = context.getNode().parameters[name] as
		INodeParameterResourceLocator | string | undefined;
	const written = typeof raw === 'object' ? raw.value : raw;
	const evaluate = openEvaluation(context, written, (itemIndex) =>
		context.getNodeParameter(name, itemIndex, '', { extractValue: true }),
	);
	const read = (itemIndex: number) => readLocator(name, () => evaluate(itemIndex));
	if (mayVary(written)) return read;
	const fixed = read(0);
	return () => fixed;
}

function readLocator(name: LocatorName, evaluate: () => unknown): Checked<string> {
	const { label, idName, check } = locators[name];
	try {
		return check(evaluate());
	} catch (error) {
		return refused(
			`${label} could not be read: ${error instanceof Error ? error.message : String(error)}`,
			`Choose the ${name} from the list, or give its ${idName}.`,
		);
	}
}
