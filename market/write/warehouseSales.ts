import { apiMethods } from '../contract/apiMethods';
import type { RunPorts } from '../pacing/runPorts';
import { MarketReadRefused, read } from '../read/read';

/** How a warehouse works with the Market [openapi, WarehouseProgramType]. */
export type WarehouseModel = 'FBS' | 'DBS' | 'EXPRESS';

/** One model of a warehouse, and whether it is to sell. */
export interface SalesSwitch {
	businessId: string;
	warehouseId: string;
	model: WarehouseModel;
	isOn: boolean;
}

/** That the seller has switched a model off [openapi, WarehouseModelStatusType]. */
export const OFF_BY_SELLER = 'DISABLED_MANUALLY';

/**
 * Switches all sales of one model of a warehouse on or off. To switch twice does no harm, so a lost answer is followed by
 * the same request, as with readings.
 *
 * @returns what the Market says of the model then: DISABLED_MANUALLY, OTHER (on, or switched off by the Market itself) or
 *   another word; undefined if it does not say
 * @throws MarketReadRefused, which says so if the Market may have switched nevertheless
 */
export async function switchSales(
	{ businessId, warehouseId, model, isOn }: SalesSwitch,
	ports: RunPorts,
): Promise<string | undefined> {
	const unanswered = ports.stats.unanswered;
	const request = {
		apiMethod: apiMethods.updateWarehouseModelStatus,
		id: businessId,
		// The digits as they are: a number would lose some digits of a long ID.
		body: `{"partnerWarehouseId":${warehouseId},"model":"${model}","enabled":${isOn}}`,
	};
	try {
		const { result } = (await read(request, ports)) as { result?: { status?: string } };
		return result?.status;
	} catch (error) {
		const isLost = ports.stats.unanswered > unanswered;
		throw isLost && error instanceof MarketReadRefused ? mayBeDone(error) : error;
	}
}

function mayBeDone({ refusal, status }: MarketReadRefused): MarketReadRefused {
	return new MarketReadRefused(
		{
			reason: `${refusal.reason}. The Market may have switched nevertheless`,
			advice: 'Run again: to switch the same way twice does no harm.',
		},
		status,
	);
}
