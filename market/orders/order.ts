import { MAX_COUNT, MAX_WORD_LENGTH } from '../contract/bounds';
import { accepted, refused, type Checked } from '../common/refusal';
import { quote } from '../common/text';
import { readMarketId } from '../records/ids';
import { readAbsolute } from '../records/updatedAt';

/** One line of an order, as the Market writes it: several lines may have one SKU. */
export interface OrderLine {
	sku: string;
	/** Units. Whether those removed from the order are among them is not documented. */
	count: number;
	/** Units by their own status, as far as the Market tells them. */
	units: ReadonlyMap<string, number>;
}

/** An order, as far as this package uses it. IDs are texts: they may be longer than a number is exact. */
export interface Order {
	orderId: string;
	campaignId: string;
	/** FBY, FBS, DBS, EXPRESS or LAAS; null if the Market does not say. Others may come. */
	programType: string | null;
	/** Such as PROCESSING. Others than those documented may come. */
	status: string;
	/** Such as READY_TO_SHIP, or the reason of a cancellation. */
	substatus: string | null;
	/** Whether it is a test order. */
	isFake: boolean;
	/** When it was placed, in milliseconds since 1970; undefined if the Market does not say. */
	createdMs: number | undefined;
	/** When it was last changed, in milliseconds since 1970; undefined if the Market does not say. */
	updatedMs: number | undefined;
	lines: readonly OrderLine[];
}

const ADVICE = 'Run again later. If it stays so, tell the support of the Market.';

/**
 * Reads an order of getBusinessOrders. Fields that are not used may be missing; one that is used and cannot be read
 * refuses the order, since half an order would be a wrong number. Source: BusinessOrderDTO in the Market's OpenAPI.
 */
export function readOrder(raw: unknown): Checked<Order> {
	const order = fieldsOf(raw);
	const orderId = readMarketId(order.orderId);
	const campaignId = readMarketId(order.campaignId);
	const status = readWord(order.status);
	if (orderId === undefined || campaignId === undefined || status === undefined) {
		return refused(
			`The Market sent an order whose orderId, campaignId or status cannot be read: ${quote(order.orderId)}, ${quote(order.campaignId)}, ${quote(order.status)}`,
			ADVICE,
		);
	}
	const lines = readLines(order.items);
	if (lines === undefined)
		return refused(`The Market sent order ${orderId} with items that cannot be read`, ADVICE);
	return accepted({
		orderId,
		campaignId,
		programType: readWord(order.programType) ?? null,
		status,
		substatus: readWord(order.substatus) ?? null,
		isFake: order.fake === true,
		createdMs: readMs(order.creationDate),
		updatedMs: readMs(order.updateDate),
		lines,
	});
}

/** A count of units, or undefined. */
export function readUnits(raw: unknown): number | undefined {
	return typeof raw === 'number' && Number.isInteger(raw) && raw >= 0 && raw <= MAX_COUNT
		? raw
		: undefined;
}

/** A word such as a type or a status: any text but a blank or a very long one. */
export function readWord(raw: unknown): string | undefined {
	return typeof raw === 'string' && raw !== '' && raw.length <= MAX_WORD_LENGTH ? raw : undefined;
}

/** A moment with an offset, in milliseconds since 1970, or undefined. */
export function readMs(raw: unknown): number | undefined {
	return typeof raw === 'string' && raw.length <= MAX_WORD_LENGTH
		? readAbsolute(raw)?.ms
		: undefined;
}

/** The fields of an object; none if it is something else. */
export function fieldsOf(raw: unknown): Readonly<Record<string, unknown>> {
	return typeof raw === 'object' && raw !== null && !Array.isArray(raw)
		? (raw as Record<string, unknown>)
		: {};
}

function readLines(raw: unknown): OrderLine[] | undefined {
	if (!Array.isArray(raw)) return undefined;
	const lines: OrderLine[] = [];
	for (const one of raw) {
		const { offerId, count, itemStatuses } = fieldsOf(one);
		const units = readStatuses(itemStatuses);
		const whole = readUnits(count);
		if (typeof offerId !== 'string' || offerId === '' || whole === undefined || !units)
			return undefined;
		lines.push({ sku: offerId, count: whole, units });
	}
	return lines;
}

function readStatuses(raw: unknown): Map<string, number> | undefined {
	const units = new Map<string, number>();
	if (raw === undefined || raw === null) return units;
	if (!Array.isArray(raw)) return undefined;
	for (const one of raw) {
		const { status, count } = fieldsOf(one);
		const [word, some] = [readWord(status), readUnits(count)];
		if (word === undefined || some === undefined) return undefined;
		units.set(word, (units.get(word) ?? 0) + some);
	}
	return units;
}
