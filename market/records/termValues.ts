import { MAX_COUNT } from '../contract/bounds';
import { accepted, refused, type Checked } from '../common/refusal';
import { quote, trimUnseen } from '../common/text';
import { SHARE_DECIMALS, TERM_LABELS, type Terms } from './terms';
import { readUnits, type DecimalSeparator } from './units';

const PERCENT_SIGN = /\s*%$/;

const NOT_APPLIED = 'Leave the cell blank where the rule does not apply.';

/**
 * Reads a rule from a field of an item. A blank cell is a rule that does not apply to this row (undefined): a sheet
 * gives such a number where it matters, and leaves the others blank.
 *
 * @param raw what the field holds
 */
export function readTerm(
	term: keyof Terms,
	raw: unknown,
	separator: DecimalSeparator,
): Checked<number | undefined> {
	const cell = typeof raw === 'string' ? trimUnseen(raw) : raw;
	if (cell === null || cell === '') return accepted(undefined);
	if (term === 'share') return readShare(cell, separator);
	const label = TERM_LABELS[term];
	const wanted = `a whole number from 0 to ${MAX_COUNT}`;
	const value = { label, wanted: `${label} must be ${wanted}.`, zero: NOT_APPLIED };
	const units = readUnits(cell, value, separator);
	if (!units.ok || (units.value >= 0 && Number.isInteger(units.value))) return units;
	return refused(
		`${label} must be ${wanted}, not ${quote(cell)}`,
		`Correct it in the source. ${NOT_APPLIED}`,
	);
}

/** Reads a share from a cell, as a number of percent or with the sign: 30, "30", "12,5 %". */
function readShare(cell: unknown, separator: DecimalSeparator): Checked<number> {
	const label = TERM_LABELS.share;
	const wanted = 'a number from 0 to 100';
	const value = { label, wanted: `${label} must be ${wanted}.`, zero: NOT_APPLIED };
	const isMarked = typeof cell === 'string' && PERCENT_SIGN.test(cell);
	const bare = isMarked ? cell.replace(PERCENT_SIGN, '') : cell;
	const percent = readUnits(bare, value, separator);
	if (!percent.ok) return percent;
	if (percent.value < 0 || percent.value > 100) {
		return refused(
			`${label} must be ${wanted}, not ${quote(cell)}`,
			`Correct it in the source. ${NOT_APPLIED}`,
		);
	}
	return isMarked ? accepted(rounded(percent.value)) : checkShare(percent.value);
}

/**
 * Checks a share that was given as a number without a sign, and rounds it to the decimals that count: what an
 * expression computes may be 28.999999999999996 where 29 is meant.
 * What is above 0 and not above 1 is refused: a cell in the format percent holds 0.3 where it shows 30 %, and 1 where
 * it shows 100 %.
 *
 * @param percent from 0 to 100
 */
export function checkShare(percent: number): Checked<number> {
	const share = rounded(percent);
	if (percent === 0 || share > 1) return accepted(share);
	return refused(
		`${TERM_LABELS.share} ${quote(percent)} may be ${share} % or ${rounded(percent * 100)} %: a cell in the format percent holds 0.3 where it shows 30 %`,
		'Give the number of percent, such as 30. In a field of the items, a text with the sign is clear too, such as "0.5 %".',
	);
}

function rounded(percent: number): number {
	return Number(percent.toFixed(SHARE_DECIMALS));
}
