import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { MAX_WAREHOUSES_PER_PAGE } from '../../../../market/contract/bounds';
import { checkBusinessId } from '../../../../market/records/ids';
import { MarketReadRefused } from '../../../../market/read/read';
import type { PartnerWarehouse } from '../../../../market/read/warehouses';
import type { Refusal } from '../../../../market/common/refusal';
import { refusalError } from '../../engine/nodeError';
import { warehouseList } from './lists';
import { answerPicker, pageOf, startOf } from './search';

const BUSINESS_FIRST: Refusal = {
	reason: 'Choose the business first: a list of warehouses belongs to one business',
	advice:
		'Choose it in the parameter Business above. If Business is an expression that has no value here, ' +
		'give the warehouse by its ID.',
};

/**
 * Fills the list of warehouses of the chosen business, page by page: name, models and ID. It holds only those outside
 * warehouse groups. @throws NodeOperationError
 */
export async function searchWarehouses(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const wanted = { filter, paginationToken };
	return await answerPicker(this, async (account, ports) => {
		const businessId = chosenBusiness(this);
		return await warehouseList(
			account,
			businessId,
			ports,
		)(async (list) => {
			const page = await pageOf(
				shown(list.from(startOf(wanted), ports)),
				wanted,
				MAX_WAREHOUSES_PER_PAGE,
			);
			if (list.isEmpty) throw new MarketReadRefused(noWarehouses(businessId));
			return page;
		});
	});
}

/** @throws NodeOperationError if none is chosen */
function chosenBusiness(context: ILoadOptionsFunctions): string {
	const raw = businessValue(context);
	const isChosen = raw !== undefined && raw !== null && raw !== '';
	if (!isChosen) throw refusalError(context.getNode(), BUSINESS_FIRST);
	const business = checkBusinessId(raw);
	if (!business.ok) throw refusalError(context.getNode(), business.refusal);
	return business.value;
}

/** Undefined if Business is an expression that cannot be evaluated in the panel. */
function businessValue(context: ILoadOptionsFunctions): unknown {
	try {
		return context.getNodeParameter('business', '', { extractValue: true });
	} catch {
		return undefined;
	}
}

function noWarehouses(businessId: string): Refusal {
	return {
		reason: `Business ${businessId} has no warehouse outside warehouse groups`,
		advice:
			'The balances of warehouses in a group go by store: choose Store instead of Warehouse (in Update Stocks: ' +
			'set Send To to Store). A business without any warehouse gets one in the seller cabinet, under Logistics.',
	};
}

async function* shown(
	warehouses: AsyncIterable<PartnerWarehouse>,
): AsyncGenerator<INodeListSearchItems> {
	for await (const { id, name, models } of warehouses) {
		const placements = [
			...new Set((models ?? []).flatMap(({ placementType }) => placementType ?? [])),
		];
		const details = [...placements, id].join(', ');
		yield { name: `${name || 'Warehouse'} (${details})`, value: String(id) };
	}
}
