import type { StockRecord } from '../../market/records/stockRecord';
import { refuseZeros } from '../../market/records/zeroGuard';
import { inTurns } from '../common/engine/turns';
import type { SendJob } from '../common/write/job';
import type { UpdateOptions } from './options';

/**
 * The guard that the option Zero Guard makes; undefined if it is not added.
 *
 * @param placeOf the store or warehouse of a record, as messages name it: each one is judged separately
 */
export function zeroGuard<R extends StockRecord>(
	{ zeroGuard: mostPercent }: UpdateOptions,
	placeOf: (record: R, targetId: string) => string,
): SendJob<R>['guard'] {
	if (mostPercent === undefined) return undefined;
	return async ({ targetId, records }) =>
		await refuseZeros(records, mostPercent, (record) => placeOf(record, targetId), inTurns);
}
