import type { INodeProperties } from 'n8n-workflow';

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
