import type { WriteMethod } from '../../market/write/methods';
import { RunStamp } from '../../market/records/runStamp';
import type { SendReport } from '../../market/write/outcome';
import { sendRecords } from '../../market/write/sender';
import { modelPorts, STORE_ID, type Model } from './ports';

/** Sends records with the nodes' own sender. The only place in the bench that knows what the sender needs. */
export async function sendToModel<R extends { sku: string; updatedAt?: string }>(
	model: Model,
	method: WriteMethod<R>,
	records: readonly R[],
): Promise<SendReport> {
	return await sendRecords(
		{
			method,
			targetId: String(STORE_ID),
			records,
			stamp: RunStamp.ofRun(model.clock.now()),
			subscription: 'none',
			deadlineMs: Infinity,
		},
		modelPorts(model),
	);
}
