import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { ReadRun } from './readRun';

/** What an operation is about. */
export type Resource = 'hiddenOffer' | 'offer' | 'stock' | 'store' | 'token' | 'warehouse';

/** One operation of the node. */
export interface ReadOperation {
	resource: Resource;
	/** As it stands in the list Operation of its resource. */
	option: INodePropertyOptions & { value: string };
	/** Its own parameters, shown for it alone. */
	properties: INodeProperties[];
	/** Reads what is wanted into its output. */
	run(reading: ReadRun): Promise<void>;
}

/** Parameters that are shown only if others have these values, in addition to their own conditions. */
export function shownFor(
	show: Readonly<Record<string, string[]>>,
	properties: readonly INodeProperties[],
): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			show: { ...show, ...property.displayOptions?.show },
		},
	}));
}
