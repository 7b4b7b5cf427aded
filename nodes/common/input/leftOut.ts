import type { INodeExecutionData } from 'n8n-workflow';

/** Field of the first row in which the step that reads a file says what it has left out. */
const LEFT_OUT = 'leftOut';

/** Longest text of such a field that a hint repeats, in UTF-16 code units: more than the step ever writes. */
const MAX_LENGTH = 500;

/** Says which rows of a file never became items: blank ones, those above the header, a total. */
export function leftOutOfFile(items: readonly INodeExecutionData[]): string[] {
	const leftOut = items[0]?.json[LEFT_OUT];
	return typeof leftOut === 'string'
		? [`Left out of the file: ${leftOut.slice(0, MAX_LENGTH)}`]
		: [];
}
