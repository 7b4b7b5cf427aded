import { accepted, refused, type Checked } from '../common/refusal';
import { quote } from '../common/text';

/** An ID as a reply gives it: a number, or a string if a number could not hold it exactly (see `json.ts`). */
export type MarketId = number | string;

/** An ID from a user, in the form a reply would give it. */
export function asMarketId(digits: string): MarketId {
	const number = Number(digits);
	return Number.isSafeInteger(number) ? number : digits;
}

/** A kind of ID, in a seller's words. */
interface IdKind {
	/** The parameter's name, such as "Store". */
	label: string;
	/** Such as "campaign ID". */
	name: string;
	/** Where to find the right one, and what it is mistaken for. */
	advice: string;
}

const CAMPAIGN: IdKind = {
	label: 'Store',
	name: 'campaign ID',
	advice:
		'Choose the store from the list, or give its campaign ID: digits only, found in the seller cabinet ' +
		'under API and modules. It is not the store number.',
};

const BUSINESS: IdKind = {
	label: 'Business',
	name: 'business ID',
	advice:
		'Choose the business from the list, or give its business ID: digits only, found in the seller cabinet ' +
		'under API and modules. It is not the campaign ID of a store.',
};

const WAREHOUSE: IdKind = {
	label: 'Warehouse',
	name: 'warehouse ID',
	advice:
		'Choose the warehouse from the list, or give its ID: digits only, found by Get Many of the resource Warehouse in ' +
		'the node Yandex Market, and in the seller cabinet on the page of the warehouse (Logistics). ' +
		"It is neither the warehouse's name nor the campaign ID of its store.",
};

const ORDER: IdKind = {
	label: 'Order ID',
	name: 'number of an order',
	advice:
		'Give the number of the order as the seller cabinet and the triggers show it: digits only. It is not the number that your own system gave it.',
};

/** The Market's IDs are 64-bit integers [openapi, int64]: at most 19 digits, and no larger than this. */
const ID = /^[1-9]\d{0,18}$/;
const MAX_ID = '9223372036854775807';

/** The shape of an Api-Key token, which no message may repeat. */
const API_KEY_TOKEN = /^ACMA:/i;

/** An ID in what the Market writes, as text; undefined if it is none. A number that may have lost digits is none. */
export function readMarketId(raw: unknown): string | undefined {
	const isExact = typeof raw === 'string' || Number.isSafeInteger(raw);
	const text = String(raw);
	return isExact && isId(text) ? text : undefined;
}

/** The ID of a store, which the Market calls a campaign: digits, as they appear in a path. */
export function checkCampaignId(raw: unknown): Checked<string> {
	return checkId(raw, CAMPAIGN);
}

/** The ID of a business: digits, as they appear in a path. */
export function checkBusinessId(raw: unknown): Checked<string> {
	return checkId(raw, BUSINESS);
}

/** The ID of a warehouse: digits, as they appear in a body. */
export function checkWarehouseId(raw: unknown): Checked<string> {
	return checkId(raw, WAREHOUSE);
}

/** The ID of an order: digits, as they appear in a body. */
export function checkOrderId(raw: unknown): Checked<string> {
	return checkId(raw, ORDER);
}

function checkId(raw: unknown, { label, name, advice }: IdKind): Checked<string> {
	const text = typeof raw === 'number' || typeof raw === 'string' ? String(raw).trim() : '';
	if (typeof raw === 'number' && Math.abs(raw) > Number.MAX_SAFE_INTEGER) {
		return refused(
			`${label} ${text} is a number that has lost digits, so it is a different ${name}`,
			`Give it as text: a number is exact only up to 15 digits. ${advice}`,
		);
	}
	if (isId(text)) return accepted(text);
	if (text === '') return refused(`${label} is blank`, advice);
	if (API_KEY_TOKEN.test(text)) {
		return refused(
			`${label} is an Api-Key token, not a ${name}`,
			`The token belongs in the credential. ${advice}`,
		);
	}
	return refused(`${label} ${quote(text)} is not a ${name}`, advice);
}

function isId(text: string): boolean {
	return ID.test(text) && (text.length < MAX_ID.length || text <= MAX_ID);
}
