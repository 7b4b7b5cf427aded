import type { IExecuteFunctions } from 'n8n-workflow';

import { quote } from '../../market/text';
import { isComputedExpression } from '../common/computedExpression';
import { areFieldsNamed, type Source, type SourceNames } from '../common/sources';

const MAX_EXAMPLES = 3;

/** A source, and what to tell a user of the zeros that it gave. */
export interface WatchedSource {
	source: Source;
	/** @param skuOf the SKU of an item, where it could be read */
	warning(skuOf: (itemIndex: number) => string | undefined): string | undefined;
}

/**
 * Counts the zeros that an expression computes: JavaScript takes a blank field for zero in a computation, so that a
 * blank can come out as a balance that nobody meant. A source that computes nothing is left as it is.
 */
export function watchZeros(context: IExecuteFunctions, { label, expression }: SourceNames, source: Source): WatchedSource {
	const written = context.getNode().parameters[expression];
	if (areFieldsNamed(context) || typeof written !== 'string' || !isComputedExpression(written)) {
		return { source, warning: () => undefined };
	}
	let total = 0;
	const zeros: number[] = [];
	return {
		source: (itemIndex) => {
			const raw = source(itemIndex);
			if (raw.ok) total += 1;
			if (raw.ok && isZero(raw.value)) zeros.push(itemIndex);
			return raw;
		},
		warning: (skuOf) => {
			// A row without a SKU sends nothing, whatever was computed for it.
			const skus = zeros.flatMap((item) => skuOf(item) ?? []);
			if (skus.length === 0) return undefined;
			const examples = skus.slice(0, MAX_EXAMPLES).map(quote);
			return (
				`${skus.length} of ${total} values of ${label} that an expression computes are zero (${examples.join(', ')}` +
				`${skus.length > examples.length ? ' and others' : ''}): in a computation a blank field counts as zero. ` +
				'Use Subtract beside Stock in place of a minus: a blank in either is refused.'
			);
		},
	};
}

function isZero(raw: unknown): boolean {
	return raw === 0 || (typeof raw === 'string' && raw.trim() !== '' && Number(raw) === 0);
}
