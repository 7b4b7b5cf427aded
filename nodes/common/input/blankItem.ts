import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { trimUnseen } from '../../../market/common/text';

/** A field that Google Sheets adds to each row, even to a blank one. */
const ROW_NUMBER = 'row_number';

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
		([name, value]) => name !== ROW_NUMBER && !isBlank(value),
	);
}

/** Whether an item holds nothing at all, like the rows that readers give at the end of a sheet. */
export function isBlankItem(item: INodeExecutionData | undefined): boolean {
	const json = item?.json ?? {};
	return Object.keys(json).every((name) => name === ROW_NUMBER || isBlank(json[name]));
}
