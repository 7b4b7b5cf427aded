import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import { refused } from '../../../market/common/refusal';
import { quote } from '../../../market/common/text';
import { cutTextsIn } from '../input/cutTexts';
import { isPiecedTogether, textRisksOf } from '../input/joinedTexts';
import { writtenIn } from '../input/parameters';
import { areFieldsNamed, type Source } from '../input/sources';
import type { SourceNames } from '../panel/properties';

/**
 * Refuses texts that an expression may have joined instead of adding numbers: "10" + "5" is "105".
 *
 * @throws NodeOperationError if the parameter pieces its value together
 */
export function refuseJoined(
	context: IExecuteFunctions,
	{ label, expression }: SourceNames,
	source: Source,
): Source {
	const written = writtenExpression(context, expression);
	if (written === undefined) return source;
	if (isPiecedTogether(written)) {
		throw new NodeOperationError(
			context.getNode(),
			`${label} is pieced together from an expression and what stands beside it`,
			{
				description: `A number cannot be pieced together: "1" and "234" would make 1234. Compute it in one {{ }} with nothing around it, such as {{ Number($json.a) + Number($json.b) }}.`,
			},
		);
	}
	if (!textRisksOf(written).joins) return source;
	return (itemIndex) => {
		const raw = source(itemIndex);
		if (!raw.ok || typeof raw.value !== 'string' || raw.value.trim() === '') return raw;
		return refused(
			`The expression of ${label} puts texts together: it gives the text ${quote(raw.value)}`,
			'A plus joins texts: "10" + "5" is "105". Use Number() on each value, such as {{ Number($json.a) + Number($json.b) }}, with nothing around the braces.',
		);
	};
}

/** What to tell the user about an expression whose form may give a wrong number that its result does not reveal. */
export function joinWarnings(
	context: IExecuteFunctions,
	{ label, expression }: SourceNames,
): string[] {
	const written = writtenExpression(context, expression) ?? '';
	const { hidesJoin, isLenient } = textRisksOf(written);
	const { dropsSigns, takesPart } = cutTextsIn(written);
	const risks = [
		...(hidesJoin ? ['a plus joins texts ("10" + "5" - "1" is 104)'] : []),
		...(isLenient
			? ['parseInt and parseFloat read only the beginning of a text ("1 234" is 1)']
			: []),
		...(dropsSigns
			? [
					'without its signs a text is another number ("10,000" is 10000, "-5" is 5, "10-20" is 1020)',
				]
			: []),
		...(takesPart ? ['a part of a text may be another number ("1 234" up to the space is 1)'] : []),
	];
	if (risks.length === 0) return [];
	return [
		`The expression of ${label} may give wrong numbers if fields hold texts: ${risks.join('; ')}. Use Number() on each value.`,
	];
}

function writtenExpression(context: IExecuteFunctions, expression: string): string | undefined {
	const written = writtenIn(context, expression);
	return !areFieldsNamed(context) && typeof written === 'string' ? written : undefined;
}
