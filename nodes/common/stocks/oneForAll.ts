import type { IExecuteFunctions } from 'n8n-workflow';

import type { Plan } from '../../../market/records/plan';
import type { StockRecord } from '../../../market/records/stockRecord';
import { writtenIn } from '../input/parameters';
import { areFieldsNamed } from '../input/sources';
import type { SourceNames } from '../panel/properties';

const NODE = String.raw`(?:\$\((?:"[^"]*"|'[^']*')\)|\$input)`;
/** One certain item of a node: what n8n proposes if it does not know which item belongs to which. */
const CERTAIN_ITEM = new RegExp(
	String.raw`${NODE}\s*\??\.(?:(?:first|last)\(|all\([^()]*\)\s*(?:\?\.)?\[\d+\])|\$items\([^()]*\)\s*\[\d+\]`,
);
/** What differs between items. */
const BY_ITEM =
	/\$(?:json|itemIndex|binary|data|node|runIndex|position|fromAI)\b|\.(?:item|itemMatching)\b/;

/**
 * Warns of expressions that take one certain item of a node for all: every SKU then gets the number of the first row.
 */
export function oneForAll(
	context: IExecuteFunctions,
	values: readonly SourceNames[],
	{ targets }: Plan<StockRecord>,
): string[] {
	const total = targets.reduce((sum, { records }) => sum + records.length, 0);
	if (areFieldsNamed(context) || total < 2) return [];
	return values.flatMap(({ label, expression }) => {
		const written = writtenIn(context, expression);
		if (typeof written !== 'string' || !written.startsWith('=')) return [];
		if (!CERTAIN_ITEM.test(written) || BY_ITEM.test(written)) return [];
		return [
			`The expression of ${label} takes one certain item of a node, and gives the same number for all ${total} balances. For the number of each item use $json, or .item instead of .first(), .last() and [0].`,
		];
	});
}
