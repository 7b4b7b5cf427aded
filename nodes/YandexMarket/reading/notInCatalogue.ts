import type { IDataObject } from 'n8n-workflow';

/** What the output says of a SKU that a store does not have. */
export function notInCatalogue({ store }: { store: string }): IDataObject {
	return {
		status: 'not in the catalogue',
		reason: `The Market knows no such SKU in store ${store}: it is not in the catalogue there`,
		advice:
			'Check that the SKU is written exactly as in the catalogue: 557722 and 0557722 are different.',
	};
}
