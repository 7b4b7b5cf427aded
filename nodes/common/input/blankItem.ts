import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { trimUnseen } from '../../../market/common/text';

/** Fields that say where a row stands, even a blank one: Google Sheets adds the first, the step that reads a file the second. */
const PLACES = ['row_number', 'lineInFile'];

/** Whether a value is nothing, or a text that shows nothing. */
export function isBlank(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && trimUnseen(value) === '')
	);
}

/** The fields of an item that hold something, by their names. */
export function filledFields(
	item: INodeExecutionData | undefined,
): Array<[name: string, value: IDataObject[string]]> {
	return Object.entries(item?.json ?? {}).filter(
		([name, value]) => !PLACES.includes(name) && !isBlank(value),
	);
}

/** Whether an item holds nothing at all, like the rows that readers give at the end of a sheet. */
export function isBlankItem(item: INodeExecutionData | undefined): boolean {
	const json = item?.json ?? {};
	return Object.keys(json).every((name) => PLACES.includes(name) || isBlank(json[name]));
}
