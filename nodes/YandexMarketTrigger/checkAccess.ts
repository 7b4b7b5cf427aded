import type { IHookFunctions } from 'n8n-workflow';

import { limitsUntil, portsWithin } from '../../market/pacing/limits';
import { listOrders } from '../../market/read/orders';
import { IMPATIENT, MarketReadRefused } from '../../market/read/read';
import { readAccount } from '../common/connection/account';
import { marketPorts } from '../common/connection/transport';
import { readError } from '../common/engine/nodeError';
import { triggerBusiness, triggerParameter } from '../common/input/triggerParameters';
import { readOrder } from './properties';

/**
 * Asks the Market for orders once, when the workflow is published: a wrong business or token is told then, and not by
 * notifications that come again for days. A Market that does not answer just now is no reason not to listen.
 *
 * @throws NodeOperationError if orders could not be read later either
 */
export async function checkAccess(context: IHookFunctions): Promise<void> {
	if (triggerParameter(context, readOrder) === 'off') return;
	const businessId = triggerBusiness(context);
	const ports = marketPorts(context, await readAccount(context));
	const nowMs = ports.clock.now();
	const bounded = portsWithin(ports, limitsUntil(nowMs, nowMs));
	try {
		await listOrders(businessId, {}, bounded, IMPATIENT).next();
	} catch (error) {
		if (error instanceof MarketReadRefused && !error.isDefinite) return;
		throw readError(context.getNode(), error);
	} finally {
		ports.close();
	}
}
