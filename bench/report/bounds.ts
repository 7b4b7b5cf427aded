import { figure } from './format';
import type { Table } from './table';

/** Something that was promised, and what was measured. */
export interface Bound {
	what: string;
	measured: number;
	/** The unit, as it follows the number. */
	unit:
		'times' | 'MB' | '%' | 'µs' | 's' | 'rows' | 'replies' | 'requests' | 'items' | 'bytes an item';
	limit: { most: number } | { least: number };
}

export function isMet({ measured, limit }: Bound): boolean {
	return 'most' in limit ? measured <= limit.most : measured >= limit.least;
}

/** The bounds for the report: the first thing in it. */
export function boundsTable(bounds: readonly Bound[]): Table {
	return {
		title: 'Measured against what was promised',
		head: ['', 'measured', 'promised', ''],
		rows: bounds.map((bound) => {
			return [
				bound.what,
				measuredText(bound),
				limitText(bound),
				isMet(bound) ? 'ok' : '**missed**',
			];
		}),
	};
}

/** The bounds for the terminal: the last thing printed. */
export function boundsLines(bounds: readonly Bound[]): string[] {
	const width = Math.max(...bounds.map(({ what }) => what.length));
	return bounds.map((bound) => {
		const verdict = isMet(bound) ? 'ok    ' : 'MISSED';
		return `  ${verdict}  ${bound.what.padEnd(width)}  ${measuredText(bound)} (${limitText(bound)})`;
	});
}

function measuredText({ measured, unit }: Bound): string {
	return `${figure(measured)} ${unit}`;
}

function limitText({ limit, unit }: Bound): string {
	return 'most' in limit
		? `at most ${figure(limit.most)} ${unit}`
		: `at least ${figure(limit.least)} ${unit}`;
}
