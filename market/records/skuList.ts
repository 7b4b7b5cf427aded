import { refused, type Checked } from '../refusal';
import { quote } from '../text';

const SEPARATOR = /[,;\n]/;
/** A piece that can be a SKU by itself: "5" of "A-12,5" is none. */
const PIECE = /^\s*\S{2,255}\s*$/;
const JSON_LIST = /^\s*\[[\s\S]*\]\s*$/;

/**
 * Refuses what looks like several SKUs in one text, as a model gives them: there it would be one SKU that no catalogue
 * holds. For a caller of whom only one is wanted; elsewhere a SKU may well have a comma.
 *
 * @returns undefined where it looks like one SKU
 */
export function refuseSkuList(raw: unknown): Checked<never> | undefined {
	if (!isList(raw)) return undefined;
	return refused(
		`SKU ${quote(raw)} looks like several SKUs`,
		'Call once for each SKU: one call takes one SKU as plain text, without others beside it.',
	);
}

function isList(raw: unknown): boolean {
	if (typeof raw !== 'string') return Array.isArray(raw);
	if (JSON_LIST.test(raw)) return true;
	const pieces = raw.trim().split(SEPARATOR);
	return pieces.length > 1 && pieces.every((piece) => PIECE.test(piece));
}
