import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';

import { refused, type Checked } from '../../../market/common/refusal';
import { quote } from '../../../market/common/text';
import { filledFields } from './blankItem';

/** Field in which a step before this node says why a row gives no balance: it could not be read, or computed. */
const NOT_READ = 'notRead';

/** Files that hold a table, by their ending or, if they have none, by their MIME type. */
const TABLE_FILE = /^(?:csv|tsv|txt|xlsx?|xlsm|xlsb|ods)$/i;
const TABLE_TYPE = /^text\/(?:csv|plain|tab-separated-values)|spreadsheet|ms-excel/i;

/**
 * Why an item that lacks a field is no row at all: it is a file that nobody has read yet, a row that could not be read,
 * or the empty item that a source without rows gives. Undefined if it is a row.
 */
export function refuseNoRow(item: INodeExecutionData): Checked<never> | undefined {
	const { json, binary = {} } = item;
	const notRead = json[NOT_READ];
	if (typeof notRead === 'string') return withoutBalance(notRead, filledFields(item).length === 1);
	const file = Object.values(binary).find(isTable);
	if (file || (typeof json.mimeType === 'string' && typeof json.fileName === 'string')) {
		const name = file?.fileName ?? json.fileName;
		return refused(
			`The item is a file${typeof name === 'string' ? ` (${quote(name)})` : ''}, not rows`,
			'Put the node Extract From File between the node that gives the file and this one.',
		);
	}
	if (Object.keys(json).length > 0) return undefined;
	return refused(
		'The source has no rows',
		'The node before this one gave a single empty item. Check that its file, sheet, table or call holds rows.',
	);
}

/** @param isAll whether the item says nothing else: not even its SKU could be read */
function withoutBalance(why: string, isAll: boolean): Checked<never> {
	return isAll
		? refused(
				`The row was not read: ${why}`,
				'Correct what it names at the source. If cells of a CSV file run into one another, save the file as .xlsx.',
			)
		: refused(`Its balance could not be computed: ${why}`, 'Correct what it names at the source.');
}

function isTable({ fileExtension, mimeType }: IBinaryData): boolean {
	return fileExtension ? TABLE_FILE.test(fileExtension) : TABLE_TYPE.test(mimeType);
}
