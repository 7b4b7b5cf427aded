import { countInBounds } from './count';
import type { StockRecord } from './stockRecord';
import type { RepeatedRow } from '../plan';
import { accepted, refused, type Checked } from '../refusal';
import { quote } from '../text';

/** Which balance stands when a SKU comes more than once. Identical ones are merged, except where they are added up. */
export type DuplicateRule = 'refuse' | 'last' | 'newest' | 'sum';

const ONE_ROW_EACH = 'Leave one row for each SKU in the source, or choose another rule in the option Duplicate SKUs.';

/**
 * Makes one record of all rows of one SKU. A row that could not be read spoils them all:
 * neither the last, nor the newest, nor the sum is known without it.
 */
export function resolveDuplicates<R extends StockRecord>(
	rows: ReadonlyArray<RepeatedRow<R>>,
	rule: DuplicateRule,
): Checked<R> {
	const records: R[] = [];
	for (const { record, index } of rows) {
		if (!record) {
			return refused(
				`The same SKU stands in item ${index}, whose balance could not be read`,
				'Correct that item: until then the balance of this SKU is not known.',
			);
		}
		records.push(record);
	}
	const [first, ...rest] = records as [R, ...R[]];
	if (rule === 'sum') return sum(first, rest);
	if (rest.every((record) => record.count === first.count && record.momentMs === first.momentMs)) {
		return accepted(first);
	}
	if (rule === 'last') return accepted(rest[rest.length - 1] ?? first);
	if (rule === 'newest') return newest(records);
	return refused(`The SKU comes more than once with different balances: ${listed(rows)}`, ONE_ROW_EACH);
}

/** Adds the balances up; the sum was true at the newest of their moments. */
function sum<R extends StockRecord>(first: R, rest: readonly R[]): Checked<R> {
	const total = { ...first };
	for (const record of rest) {
		total.count += record.count;
		if (isNewer(record, total)) {
			total.updatedAt = record.updatedAt;
			total.momentMs = record.momentMs;
		}
	}
	const inBounds = countInBounds(total.count);
	return inBounds.ok ? accepted(total) : inBounds;
}

function newest<R extends StockRecord>(records: readonly R[]): Checked<R> {
	const winner = records.reduce((best, record) => (isNewer(record, best) ? record : best));
	const rivals = records.filter((record) => !isNewer(winner, record));
	if (rivals.every((rival) => rival.count === winner.count)) return accepted(winner);
	return refused(
		`The SKU comes more than once with different balances of the same moment, ${winner.updatedAt ?? 'the run'}`,
		ONE_ROW_EACH,
	);
}

function isNewer(a: StockRecord, b: StockRecord): boolean {
	return (a.momentMs ?? 0) > (b.momentMs ?? 0);
}

const MAX_LISTED = 3;

function listed(rows: readonly RepeatedRow<StockRecord>[]): string {
	const shown = rows
		.slice(0, MAX_LISTED)
		.map(({ index, record }) => {
			const moment = record?.updatedAt === undefined ? '' : ` at ${quote(record.updatedAt)}`;
			return `${record?.count} in item ${index}${moment}`;
		});
	if (rows.length > MAX_LISTED) shown.push(`${rows.length - MAX_LISTED} more`);
	return shown.join(', ');
}
