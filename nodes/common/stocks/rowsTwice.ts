import type { INodeExecutionData } from 'n8n-workflow';

import type { Plan } from '../../../market/records/plan';

/**
 * Warns if every row comes several times with all that it holds, and rows of a SKU are added up: every balance is then
 * a multiple. Many nodes read their whole source once for each item that comes in.
 */
export function rowsTwice(
	items: readonly INodeExecutionData[],
	{ targets }: Plan<unknown>,
): string[] {
	let times: number | undefined;
	// The first SKU of which that is not so ends it: usually the very first.
	for (const { records, together } of targets) {
		for (let position = 0; position < records.length; position++) {
			const own = timesOf((together.get(position) ?? []).map((item) => items[item]));
			if (own === undefined || (times ??= own) !== own) return [];
		}
	}
	if (times === undefined) return [];
	return [
		`Every row comes ${times} times with all its fields, and Duplicate SKUs is Send the Sum: every balance is ${times} times that of its row. If the node before reads its source once for each item that it gets, turn on Execute Once in its settings.`,
	];
}

/** How many times each of these rows comes; undefined if only once, or not each as often. */
function timesOf(rows: ReadonlyArray<INodeExecutionData | undefined>): number | undefined {
	const times = new Map<string, number>();
	for (const row of rows) {
		const text = textOf(row?.json);
		if (text === undefined) return undefined;
		times.set(text, (times.get(text) ?? 0) + 1);
	}
	const [first = 1, ...others] = times.values();
	return first > 1 && others.every((count) => count === first) ? first : undefined;
}

/** A row as a text; undefined if it cannot be one, such as an object that holds itself. */
function textOf(json: object | undefined): string | undefined {
	try {
		return JSON.stringify(json);
	} catch {
		return undefined;
	}
}
