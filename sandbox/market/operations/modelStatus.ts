import { WAREHOUSE_MODELS, type WarehouseModel } from '../../contract';
import { readBody } from '../body';
import { readBoolean, readerOf, requireId } from '../fields';
import { modelOf } from '../modelStatuses';
import { Violations } from '../violations';
import { findBusiness } from './access';
import { refuseWithGroups } from './groups';
import type { Apply, Inbound } from './operation';

const readModel = readerOf(WAREHOUSE_MODELS);

/** POST v3 warehouse/models/status: switches one model of a warehouse on or off, and tells its new status. */
export function updateWarehouseModelStatus(call: Inbound): Apply {
	const { state } = call;
	const business = findBusiness(call);
	refuseWithGroups(business, state);
	const { partnerWarehouseId, model, enabled } = readSwitch(call);
	const stores = state.partnerWarehouses.find(business.businessId, partnerWarehouseId)?.stores;
	const isKnown = stores?.some((store) => modelOf(store) === model) === true;
	// It is not documented what the real Market does with a warehouse or a model that the business does not have.
	if (!isKnown && state.switches.unknownWarehouse === 'refuse') {
		const violations = new Violations();
		violations.add(
			stores === undefined
				? `Unknown partner warehouse '${partnerWarehouseId}'`
				: `Partner warehouse '${partnerWarehouseId}' has no model ${model}`,
		);
		violations.throwIfAny();
	}
	return () => {
		if (isKnown) state.models.set(partnerWarehouseId, model, enabled);
		const status = isKnown ? state.models.statusOf(partnerWarehouseId, model) : 'OTHER';
		return { status: 'OK', result: { status } };
	};
}

function readSwitch({ request }: Inbound): {
	partnerWarehouseId: number;
	model: WarehouseModel;
	enabled: boolean;
} {
	const body = readBody(request);
	const violations = new Violations();
	const partnerWarehouseId = requireId(violations, body.partnerWarehouseId, 'partnerWarehouseId');
	for (const name of ['model', 'enabled']) {
		if ((body[name] ?? null) === null) violations.add(`${name} must not be null`);
	}
	violations.throwIfAny();
	const model = readModel(violations, body.model, 'model') as WarehouseModel;
	const enabled = readBoolean(violations, body.enabled, 'enabled') ?? false;
	violations.throwIfAny();
	return { partnerWarehouseId, model, enabled };
}
