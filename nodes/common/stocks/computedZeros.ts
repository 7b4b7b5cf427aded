import type { IExecuteFunctions } from 'n8n-workflow';

import type { Plan } from '../../../market/records/plan';
import type { StockRecord } from '../../../market/records/stockRecord';
import { quote } from '../../../market/common/text';
import { isComputedExpression } from '../input/computedExpression';
import { writtenIn } from '../input/parameters';
import { areFieldsNamed, type Source } from '../input/sources';
import type { SourceNames } from '../panel/properties';

const MAX_EXAMPLES = 3;

/** How a value is named in a warning: as the user sees it. */
const labelsOf = (values: readonly SourceNames[]) => values.map(({ label }) => label).join(' and ');

/** The values that an expression computes. */
export function computedValues(
	context: IExecuteFunctions,
	values: readonly SourceNames[],
): SourceNames[] {
	if (areFieldsNamed(context)) return [];
	return values.filter(({ expression }) => {
		const written = writtenIn(context, expression);
		return typeof written === 'string' && isComputedExpression(written);
	});
}

/**
 * Warns of zeros that expressions computed, for whatever reason: in a computation, JavaScript takes a blank field for
 * zero, so a blank can come out as a balance that nobody meant. A zero that a rule made of units is none of them.
 */
export function computedZeros(
	values: readonly SourceNames[],
	{ targets }: Plan<StockRecord>,
): string[] {
	if (values.length === 0) return [];
	const examples: string[] = [];
	let [zeros, total] = [0, 0];
	for (const { records } of targets) {
		total += records.length;
		for (const { sku, count, zeroedBy } of records) {
			if (count !== 0 || zeroedBy !== undefined) continue;
			zeros += 1;
			if (examples.length < MAX_EXAMPLES) examples.push(quote(sku));
		}
	}
	if (zeros === 0) return [];
	return [
		`${zeros} of ${total} balances, for which an expression computes ${labelsOf(values)}, are zero (${examples.join(', ')}` +
			`${zeros > examples.length ? ' and others' : ''}): in a computation a blank field counts as zero. ` +
			'Use Subtract beside Stock instead of a minus: a blank in either is refused.',
	];
}

/** A source, and what to tell the user about the zeros it gave. */
export interface WatchedSource {
	source: Source;
	warnings(): string[];
}

/** Counts the zeros that an expression computes for Subtract: if a blank became zero, too little is taken off. */
export function watchSubtract(
	context: IExecuteFunctions,
	names: SourceNames,
	source: Source,
): WatchedSource {
	if (computedValues(context, [names]).length === 0) return { source, warnings: () => [] };
	let [zeros, total] = [0, 0];
	return {
		source: (itemIndex) => {
			const raw = source(itemIndex);
			if (raw.ok) total += 1;
			if (raw.ok && isZero(raw.value)) zeros += 1;
			return raw;
		},
		warnings: () => {
			if (zeros === 0) return [];
			return [
				`${zeros} of ${total} values of ${names.label} that an expression computes are zero: in a computation a blank ` +
					'field counts as zero, and then too much is sent. Let Subtract name the field itself.',
			];
		},
	};
}

function isZero(raw: unknown): boolean {
	return raw === 0 || (typeof raw === 'string' && raw.trim() !== '' && Number(raw) === 0);
}
