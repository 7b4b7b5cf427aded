import { accepted, refused, type Checked } from './refusal';
import { quote } from './text';

/** A kind of ID, in a seller's words. */
interface IdKind {
	/** The parameter, such as "Store". */
	label: string;
	/** Such as "campaign ID". */
	name: string;
	/** Where the right one is found, and what it is mistaken for. */
	found: string;
	/** The largest that there can be; absent where it only ever stands in a path, as text. */
	max?: number;
}

const CAMPAIGN: IdKind = {
	label: 'Store',
	name: 'campaign ID',
	found:
		'Choose the store from the list, or give its campaign ID: digits only, found in the seller cabinet ' +
		'under API and modules. It is not the store number.',
};

const BUSINESS: IdKind = {
	label: 'Business',
	name: 'business ID',
	found:
		'Choose the business from the list, or give its business ID: digits only, found in the seller cabinet ' +
		'under API and modules. It is not the campaign ID of a store.',
	max: Number.MAX_SAFE_INTEGER,
};

const WAREHOUSE: IdKind = {
	label: 'Warehouse',
	name: 'warehouse ID',
	found:
		'Choose the warehouse from the list, or give its ID: digits only, found by Get Many of the resource Warehouse in ' +
		'the node Yandex Market, and in the seller cabinet on the page of the warehouse (Logistics). ' +
		"It is neither the warehouse's name nor the campaign ID of its store.",
	max: Number.MAX_SAFE_INTEGER,
};

/** Most digits: the Market's IDs are 64-bit integers [openapi, int64]. */
const ID = /^[1-9]\d{0,18}$/;

/** The shape of an Api-Key token, which no message may repeat. */
const API_KEY_TOKEN = /^ACMA:/i;

/** The ID of a store, which the Market calls a campaign: digits, as they stand in a path. */
export function checkCampaignId(raw: unknown): Checked<string> {
	return checkId(raw, CAMPAIGN);
}

/** The ID of a seller's cabinet, which the Market calls a business: digits, at most 2^53 - 1. */
export function checkBusinessId(raw: unknown): Checked<string> {
	return checkId(raw, BUSINESS);
}

/** The ID of a warehouse: digits, at most 2^53 - 1, because it goes into bodies as a number. */
export function checkWarehouseId(raw: unknown): Checked<string> {
	return checkId(raw, WAREHOUSE);
}

function checkId(raw: unknown, { label, name, found, max = Infinity }: IdKind): Checked<string> {
	const text = typeof raw === 'number' || typeof raw === 'string' ? String(raw).trim() : '';
	if (ID.test(text) && Number(text) <= max) return accepted(text);
	if (text === '') return refused(`${label} is blank`, found);
	if (API_KEY_TOKEN.test(text)) {
		return refused(`${label} is an Api-Key token, not a ${name}`, `The token belongs into the credential. ${found}`);
	}
	return refused(`${label} ${quote(text)} is not a ${name}`, found);
}
