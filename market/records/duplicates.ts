import type { StockRow } from './stockRecord';
import { TERM_LABELS, type Terms } from './terms';
import { addUnits } from './units';
import type { RepeatedRow } from './plan';
import { accepted, refused, type Checked } from '../common/refusal';
import { firstFew, itemNumber, quote } from '../common/text';

/** Which balance stands if a SKU comes more than once. Identical ones are merged, unless balances are added up. */
export type DuplicateRule = 'refuse' | 'last' | 'newest' | 'sum';

const ONE_ROW_EACH =
	'Leave one row for each SKU in the source, or choose another rule in the option Duplicate SKUs.';

/** A row that could be read. */
interface ReadableRow<R> {
	index: number;
	line?: number;
	record: R;
}

/**
 * Combines all rows of one SKU, using their raw numbers: what the Market would not accept is judged on the result. A row
 * that could not be read spoils them all: without it, neither the last, nor the newest, nor the sum is known.
 */
export function resolveDuplicates<R extends StockRow>(
	rows: ReadonlyArray<RepeatedRow<R>>,
	rule: DuplicateRule,
): Checked<R> {
	const read: Array<ReadableRow<R>> = [];
	for (const { record, index, line } of rows) {
		if (!record) {
			return refused(
				`The same SKU stands in item ${itemNumber(index, line)}, whose balance could not be read`,
				'Correct that item: without it the balance of this SKU is not known.',
			);
		}
		read.push({ record, index, line });
	}
	switch (rule) {
		case 'last':
			return accepted((read[read.length - 1] as ReadableRow<R>).record);
		case 'newest':
			return newest(read);
		case 'sum':
			return sum(read);
		case 'refuse':
			return agreed(read);
	}
}

/** The one balance that all rows give, as of the newest of their moments. */
function agreed<R extends StockRow>(rows: ReadonlyArray<ReadableRow<R>>): Checked<R> {
	const newestRow = newestOf(rows);
	if (rows.some(({ record }) => record.units !== newestRow.record.units)) {
		return refused(
			`The SKU comes more than once with different balances: ${listed(rows)}`,
			ONE_ROW_EACH,
		);
	}
	return differingTerms(rows) ?? accepted(newestRow.record);
}

/** Adds up the balances; the sum was true at the newest of their moments. */
function sum<R extends StockRow>(rows: ReadonlyArray<ReadableRow<R>>): Checked<R> {
	// All rows count in a sum: one that is too old has no part in a current balance.
	const untimely = rows.find(({ record }) => record.untimely);
	if (untimely?.record.untimely) {
		const { reason, advice } = untimely.record.untimely;
		return refused(
			`The SKU's sum is not known: in item ${itemNumber(untimely.index, untimely.line)}, ${reason}`,
			advice,
		);
	}
	const units = addUnits(rows.map(({ record }) => record.units));
	if (!units.ok) return units;
	const total = {
		...newestOf(rows).record,
		units: units.value,
		origin: `the sum of ${listed(rows)}`,
	};
	return differingTerms(rows) ?? accepted(total);
}

function newest<R extends StockRow>(rows: ReadonlyArray<ReadableRow<R>>): Checked<R> {
	const winner = newestOf(rows);
	const rivals = rows.filter(({ record }) => !isNewer(winner.record, record));
	if (rivals.some(({ record }) => record.units !== winner.record.units)) {
		return refused(
			`The SKU comes more than once with different balances of the same moment, ${winner.record.updatedAt ?? 'the run'}`,
			ONE_ROW_EACH,
		);
	}
	return differingTerms(rivals) ?? accepted(winner.record);
}

function newestOf<R extends StockRow>(rows: ReadonlyArray<ReadableRow<R>>): ReadableRow<R> {
	return rows.reduce((best, row) => (isNewer(row.record, best.record) ? row : best));
}

function isNewer(a: StockRow, b: StockRow): boolean {
	return (a.momentMs ?? 0) > (b.momentMs ?? 0);
}

/** What a row without a rule counts as: rows with and without such a rule do not contradict each other. */
const WITHOUT: Readonly<Record<keyof Terms, number | string>> = {
	share: 100,
	reserve: 0,
	minimum: 0,
	maximum: 'none',
};

/** Refuses rows that are combined but differ in their terms: it is not known how much to show of them. */
function differingTerms(rows: ReadonlyArray<ReadableRow<StockRow>>): Checked<never> | undefined {
	const [first] = rows as [ReadableRow<StockRow>];
	for (const term of Object.keys(WITHOUT) as Array<keyof Terms>) {
		const termOf = ({ record }: ReadableRow<StockRow>) => record[term] ?? WITHOUT[term];
		const other = rows.find((row) => termOf(row) !== termOf(first));
		if (!other) continue;
		const label = TERM_LABELS[term];
		return refused(
			`The SKU comes more than once with different values of ${label}: ${termOf(first)} in item ${itemNumber(first.index, first.line)}, ` +
				`${termOf(other)} in item ${itemNumber(other.index, other.line)}`,
			`Give all rows of a SKU the same ${label}, or choose another rule in the option Duplicate SKUs.`,
		);
	}
	return undefined;
}

const MAX_LISTED = 3;

function listed(rows: ReadonlyArray<ReadableRow<StockRow>>): string {
	return firstFew(rows, MAX_LISTED, ({ index, line, record: { units, updatedAt } }) => {
		const moment = updatedAt === undefined ? '' : ` at ${quote(updatedAt)}`;
		return `${units} in item ${itemNumber(index, line)}${moment}`;
	});
}
