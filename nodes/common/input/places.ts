import type { IExecuteFunctions } from 'n8n-workflow';

import type { Checked } from '../../../market/common/refusal';
import type { Row } from '../../../market/records/plan';
import { openLocator } from './locators';

/** Where the record of an item is sent, as the output shows it: IDs by what they identify. */
export interface Place {
	store?: string;
	business?: string;
	warehouse?: string;
}

/** One input item as a node has read it. */
export interface ReadRow<S> extends Row<S> {
	place: Place;
}

/** The store that each item is for, to send to and to show. Consecutive items of one store get the same object. */
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
