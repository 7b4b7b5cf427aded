import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Refusal } from '../../../market/common/refusal';
import { filledFields, isBlank, isBlankItem } from './blankItem';
import { openSource, type Source } from './sources';
import type { SourceNames } from '../panel/properties';
import { inTurns } from '../engine/turns';

const ADVICE = 'Nothing is sent for it. If it should hold something, fill it in at the source.';

/** What the output says about a row with nothing in it. */
export const BLANK_ROW: Refusal = { reason: 'The row is blank', advice: ADVICE };

/** A row from which nothing can be sent, because it holds nothing that is mapped. */
export interface Blankness {
	/** Whether mapped fields are absent rather than blank: the row may be of another kind. */
	isAbsent: boolean;
	/** What the output says about the row if it is skipped. */
	refusal: Refusal;
}

/** A value that is mapped, with the name by which the user knows it. */
interface Mapped {
	label: string;
	/** Undefined if it is absent. */
	valueOf(itemIndex: number): unknown;
}

/**
 * Checks whether items hold nothing in all the mapped fields.
 *
 * @param names the values that a node reads; those that the user has not mapped do not matter
 * @param beside what else is mapped to a field of the items, and its label
 */
export function openBlankness(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	names: readonly SourceNames[],
	beside?: { label: string; source: Source },
): (itemIndex: number) => Blankness | undefined {
	const mapped = names.flatMap((name) => openMapped(name.label, openSource(context, items, name)));
	if (beside) mapped.push(...openMapped(beside.label, beside.source));
	const labels = listed(mapped.map(({ label }) => label));
	const blank: Blankness = {
		isAbsent: false,
		refusal: { reason: `${labels} are blank`, advice: ADVICE },
	};
	const absent: Blankness = {
		isAbsent: true,
		refusal: { reason: `${labels} are blank or absent`, advice: ADVICE },
	};
	return (itemIndex) => {
		const item = items[itemIndex];
		if (isBlankItem(item)) return { isAbsent: false, refusal: BLANK_ROW };
		// If only the SKU is mapped, a blank one beside fields that are filled is a SKU that is missing.
		if (mapped.length < 2) return undefined;
		const values = mapped.map(({ valueOf }) => valueOf(itemIndex));
		if (!values.every(isBlank)) return undefined;
		if (values.every((value) => value !== undefined)) return blank;
		return filledFields(item).some(([, value]) => typeof value === 'object') ? undefined : absent;
	};
}

/** An absent field is nothing; an expression that throws may have had something to read, and keeps its refusal. */
function openMapped(label: string, source: Source | undefined): Mapped[] {
	if (!source) return [];
	const valueOf = (itemIndex: number) => {
		const value = source(itemIndex);
		if (value.ok) return value.value;
		return value.isAbsent ? undefined : value;
	};
	return [{ label, valueOf }];
}

function listed(labels: readonly string[]): string {
	return `${labels.slice(0, -1).join(', ')} and ${labels.at(-1)}`;
}

/**
 * The rows to skip, and what the output says about them: blank ones among others, such as n8n's readers give at the end
 * of a sheet. If all rows are blank, none is skipped, because that is what a wrong field name looks like. A row that
 * lacks the mapped fields is skipped only if the fields that it fills are also filled in rows with a SKU: otherwise it
 * is of another kind, and has its SKU elsewhere.
 */
export async function rowsToSkip(
	rows: ReadonlyArray<{ index: number; sku?: string }>,
	items: readonly INodeExecutionData[],
	blanknessOf: (itemIndex: number) => Blankness | undefined,
	signal?: { readonly aborted: boolean },
): Promise<Map<number, Refusal>> {
	const skipped = new Map<number, Refusal>();
	const absent = new Map<number, Refusal>();
	const look = ({ index, sku }: { index: number; sku?: string }) => {
		if (sku !== undefined) return;
		const blankness = blanknessOf(index);
		if (blankness) (blankness.isAbsent ? absent : skipped).set(index, blankness.refusal);
	};
	await inTurns(rows, look, signal);
	if (skipped.size + absent.size === rows.length) return new Map();
	if (absent.size === 0) return skipped;
	const filled = new Set<string>();
	const note = ({ index, sku }: { index: number; sku?: string }) => {
		if (sku !== undefined) for (const [name] of filledFields(items[index])) filled.add(name);
	};
	await inTurns(rows, note, signal);
	for (const [index, refusal] of absent) {
		if (filledFields(items[index]).every(([name]) => filled.has(name))) skipped.set(index, refusal);
	}
	return skipped;
}
