import { accepted, refused, type Checked } from '../common/refusal';
import { quote } from '../common/text';
import { readMarketId } from '../records/ids';
import { fieldsOf, readMs, readUnits, readWord } from './order';

/** Units of a SKU that come back. */
export interface ReturnedUnits {
	sku: string;
	count: number;
	/** Those that were handed to the shop. */
	picked: number;
	/** Those of them that the Market found fit for sale; null if it says nothing about any of them. */
	fit: number | null;
}

/** A return of a buyer, or an order that nobody fetched. */
export interface Return {
	returnId: string;
	orderId: string;
	/** UNREDEEMED or RETURN. */
	returnType: string | null;
	/** Such as PICKED: handed to the shop. */
	shipmentStatus: string | null;
	refundStatus: string | null;
	/** When it was last changed, in milliseconds since 1970; undefined if the Market does not say. */
	updatedMs: number | undefined;
	/** By SKU, sorted. */
	lines: readonly ReturnedUnits[];
}

/** The status of a return, and of single units, that the shop has in its hands again [openapi, ReturnInstanceStatusType]. */
const PICKED = 'PICKED';

const FIT = 'FIT';

/** Reads a return of getReturns, as strictly as an order. Source: ReturnDTO in the Market's OpenAPI. */
export function readReturn(raw: unknown): Checked<Return> {
	const fields = fieldsOf(raw);
	const [returnId, orderId] = [readMarketId(fields.id), readMarketId(fields.orderId)];
	const shipmentStatus = readWord(fields.shipmentStatus) ?? null;
	const lines = readLines(fields.items, shipmentStatus);
	if (returnId === undefined || orderId === undefined || lines === undefined) {
		return refused(
			`The Market sent a return that cannot be read: id ${quote(fields.id)}, orderId ${quote(fields.orderId)}`,
			'Run again later. If it stays so, tell the support of the Market.',
		);
	}
	return accepted({
		returnId,
		orderId,
		returnType: readWord(fields.returnType) ?? null,
		shipmentStatus,
		refundStatus: readWord(fields.refundStatus) ?? null,
		updatedMs: readMs(fields.updateDate),
		lines,
	});
}

function readLines(raw: unknown, shipmentStatus: string | null): ReturnedUnits[] | undefined {
	if (!Array.isArray(raw)) return undefined;
	const bySku = new Map<string, ReturnedUnits>();
	for (const one of raw) {
		const { shopSku: sku, count: some, instances } = fieldsOf(one);
		const count = readUnits(some);
		if (typeof sku !== 'string' || sku === '' || count === undefined) return undefined;
		const { picked, fit } = handedOver(count, instances, shipmentStatus);
		const sum = bySku.get(sku) ?? { sku, count: 0, picked: 0, fit: null };
		bySku.set(sku, {
			sku,
			count: sum.count + count,
			picked: sum.picked + picked,
			fit: fit === null ? sum.fit : (sum.fit ?? 0) + fit,
		});
	}
	return [...bySku.values()].sort((a, b) => (a.sku < b.sku ? -1 : 1));
}

/** If the Market tells of single units, they count; else the status of the whole return does. */
function handedOver(
	count: number,
	instances: unknown,
	shipmentStatus: string | null,
): Pick<ReturnedUnits, 'picked' | 'fit'> {
	const units = (Array.isArray(instances) ? instances : []).map(fieldsOf);
	const isTold = units.some(({ status }) => status !== undefined);
	const picked = isTold
		? units.filter(({ status }) => status === PICKED)
		: shipmentStatus === PICKED
			? units
			: [];
	const whole = shipmentStatus === PICKED ? count : 0;
	const graded = picked.filter(({ stockType }) => stockType !== undefined);
	return {
		picked: isTold ? Math.min(picked.length, count) : whole,
		fit: graded.length === 0 ? null : graded.filter(({ stockType }) => stockType === FIT).length,
	};
}
