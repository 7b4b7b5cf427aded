import type { WriteMethod } from './methods';
import { utf8Length } from '../common/text';

/** Records that go in one request. */
export interface Batch {
	/** Positions in the list of records, in their order. */
	positions: number[];
	/** The request's JSON body. */
	body: string;
	/** The run's stamp that the body was made with. */
	stamp: string;
}

/**
 * Packs as many records as one request may carry: up to the method's maximum of items or the body's bytes, whichever
 * comes first. Order is kept. The bytes counted are those of the very body that is sent.
 *
 * @param queue positions of the records still to be sent
 * @param from where in the queue the batch begins; at least one record is always taken
 * @param most items that may be taken, if the quota allows fewer than the method does
 */
export function takeBatch<R>(
	records: readonly R[],
	queue: readonly number[],
	from: number,
	method: WriteMethod<R>,
	stamp: string,
	most = method.apiMethod.maxItems,
): Batch {
	const { maxBodyBytes } = method.apiMethod;
	const maxItems = Math.min(most, method.apiMethod.maxItems);
	const opening = `{"${method.list}":[`;
	const closing = ']}';
	const positions: number[] = [];
	const elements: string[] = [];
	let bytes = opening.length + closing.length;
	for (let next = from; next < queue.length && positions.length < maxItems; next++) {
		const position = queue[next] as number;
		const element = method.element(records[position] as R, stamp);
		const separator = positions.length === 0 ? 0 : 1;
		const size = utf8Length(element) + separator;
		if (bytes + size > maxBodyBytes && positions.length > 0) break;
		bytes += size;
		positions.push(position);
		elements.push(element);
	}
	return { positions, body: opening + elements.join(',') + closing, stamp };
}
