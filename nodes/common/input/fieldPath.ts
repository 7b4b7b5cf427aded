/** A name, a name in quotes and brackets, or a position in brackets. */
const SEGMENT = /\[(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(\d+))\]|([^.[\]]+)/g;

/**
 * Splits the name of a field into its segments. Accepts what drag and drop gives and what people type: `stock`,
 * `warehouse.stock`, `rows[0].stock`, `["Stock, pcs"]`.
 */
export function parseFieldPath(path: string): string[] {
	return Array.from(
		path.matchAll(SEGMENT),
		([, double, single, position, name]) =>
			(double ?? single)?.replace(/\\(.)/g, '$1') ?? position ?? name ?? '',
	);
}

/**
 * The value of a field, or undefined if there is none. A field whose whole name equals the path wins, so that a column
 * called "stock.free" is found. Only the item's own fields are ever read.
 */
export function readField(json: object, path: string, segments: readonly string[]): unknown {
	if (Object.hasOwn(json, path)) return (json as Record<string, unknown>)[path];
	let value: unknown = json;
	for (const segment of segments) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment))
			return undefined;
		value = (value as Record<string, unknown>)[segment];
	}
	return segments.length === 0 ? undefined : value;
}
