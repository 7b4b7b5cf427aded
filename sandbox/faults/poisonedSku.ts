import { objectOf, oneOf, takes } from '../checks';

const NAMINGS = ['named', 'listed', 'unnamed'] as const;

/** A SKU that the Market refuses for reasons of its own, together with the whole request. */
export interface PoisonedSku {
	sku: string;
	/** Whether the message names the SKU, gives its position in the list, or says only that something is wrong. */
	naming: (typeof NAMINGS)[number];
}

/** Whether a value is a poisoned SKU. */
export const isPoisonedSku = objectOf({
	sku: takes('a SKU', (value) => typeof value === 'string' && value !== ''),
	naming: oneOf(NAMINGS),
});
