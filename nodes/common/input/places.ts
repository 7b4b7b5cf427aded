import type { IExecuteFunctions } from 'n8n-workflow';

import type { Checked } from '../../../market/common/refusal';
import { openLocator } from './locators';

/** Where the record of an item is sent, as the output says it: IDs by what they are of. */
export interface Place {
	store?: string;
	business?: string;
	warehouse?: string;
}

/** The store that each item is for: to send to, and to tell. The same object for all items of one store in a row. */
export function openStorePlace(
	context: IExecuteFunctions,
): (itemIndex: number) => { target: Checked<string>; place: Place } {
	const storeOf = openLocator(context, 'store');
	let last: { target: Checked<string>; place: Place } | undefined;
	return (itemIndex) => {
		const target = storeOf(itemIndex);
		if (last?.target === target) return last;
		last = { target, place: target.ok ? { store: target.value } : {} };
		return last;
	};
}
