import type { INodeExecutionData } from 'n8n-workflow';

import { firstFew, itemNumber } from '../../../market/common/text';
import { readSerial, serialOf } from '../../../market/records/localTime';
import { lineInFile } from '../input/lineInFile';

const MAX_EXAMPLES = 3;

/**
 * Notes balances that are the numbers by which a spreadsheet holds days of this year, the last and the next: who types
 * 5.11 into Excel gets a day of November, and a program that reads the file gets 46331.
 */
export class DateNumbers {
	private readonly found: Array<{ days: number; itemIndex: number }> = [];
	private readonly first: number;
	private readonly last: number;

	constructor(nowMs: number) {
		const year = new Date(nowMs).getUTCFullYear();
		this.first = serialOf(Date.UTC(year - 1, 0, 1));
		this.last = serialOf(Date.UTC(year + 1, 11, 31));
	}

	/** @param raw a balance as it came; in a text, a date is not a number of days */
	look(raw: unknown, itemIndex: number): void {
		if (typeof raw !== 'number' || raw < this.first || raw > this.last) return;
		if (Number.isInteger(raw)) this.found.push({ days: raw, itemIndex });
	}

	warnings(items: readonly INodeExecutionData[]): string[] {
		const { found } = this;
		if (found.length === 0) return [];
		const examples = firstFew(found, MAX_EXAMPLES, ({ days, itemIndex }) => {
			const day = new Date(readSerial(days)).toISOString().slice(0, 10);
			return `${days} in item ${itemNumber(itemIndex, lineInFile(items[itemIndex]))} is ${day}`;
		});
		return [
			`${found.length} of the balances may be dates, which a spreadsheet holds as numbers of days (${examples}). If they are, format the column as text or number and type them again.`,
		];
	}
}
