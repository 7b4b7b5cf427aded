import type { INodeExecutionData } from 'n8n-workflow';

/**
 * Items that all have the same fields in the same order, null where an item says nothing: n8n's table shows a red
 * "undefined" for each that is absent. The order is that of the item with the most fields, then what only others have.
 * Items for the error output stay unchanged, because n8n takes them only as they are.
 */
export function withSameFields(items: readonly INodeExecutionData[]): INodeExecutionData[] {
	const shown = items.filter(({ json }) => json.error === undefined);
	const counts = shown.map(({ json }) => Object.keys(json).length);
	const most = counts.reduce((one, other) => Math.max(one, other), 0);
	const names = new Set(Object.keys(shown[counts.indexOf(most)]?.json ?? {}));
	for (const { json } of shown) for (const name of Object.keys(json)) names.add(name);
	const blank = Object.fromEntries(Array.from(names, (name) => [name, null]));
	return items.map((item) =>
		item.json.error === undefined ? { ...item, json: { ...blank, ...item.json } } : item,
	);
}
