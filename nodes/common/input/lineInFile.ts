import type { INodeExecutionData } from 'n8n-workflow';

/** The field in which a step that reads a file says from which of its lines, or rows of a sheet, an item comes, from 1. */
const LINE_FIELD = 'lineInFile';

/** The line of the file that an item was read from; undefined if the item does not say. */
export function lineInFile(item: INodeExecutionData | undefined): number | undefined {
	const line = item?.json[LINE_FIELD];
	return typeof line === 'number' && Number.isInteger(line) && line >= 1 ? line : undefined;
}
