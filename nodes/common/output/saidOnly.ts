import type { IDataObject } from 'n8n-workflow';

/** Without the fields in which an item says nothing: for a model, and inside the field `error`. */
export function saidOnly(json: IDataObject): IDataObject {
	const said: IDataObject = {};
	for (const [key, value] of Object.entries(json)) {
		if (value !== null && value !== false) said[key] = value;
	}
	return said;
}
