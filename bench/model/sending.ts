import type { WriteMethod } from '../../market/write/methods';
import { Lanes } from '../../market/pacing/lanes';
import { noStats, type RunPorts } from '../../market/pacing/runPorts';
import { RunStamp } from '../../market/records/runStamp';
import type { SendReport } from '../../market/write/outcome';
import { sendRecords } from '../../market/write/sender';
import { STORES, type SandboxMarket } from '../../sandbox';
import { modelSend } from '../../lab/time/modelSend';
import type { VirtualClock } from '../../lab/time/virtualClock';

export const STORE_ID = STORES.fbs.campaignId;

/** A model of the Market and the clock it runs on. */
export interface Model {
	market: SandboxMarket;
	clock: VirtualClock;
}

/**
 * Sends records with the nodes' own sender to a model of the Market: no n8n, no HTTP, and time that costs nothing.
 * The only place in the bench that knows what the sender needs.
 */
export async function sendToModel<R extends { sku: string; updatedAt?: string }>(
	{ market, clock }: Model,
	method: WriteMethod<R>,
	records: readonly R[],
): Promise<SendReport> {
	const lanes = new Lanes();
	const ports: RunPorts = {
		send: modelSend(market),
		clock,
		signal: { aborted: false, addEventListener() {}, removeEventListener() {} },
		stats: noStats(),
		random: () => Math.random(),
		laneOf: (apiMethod, id = 'account', subscription = 'none') =>
			lanes.open({ apiUrl: 'model', entity: id, apiMethod, subscription }, clock.now()),
	};
	return await sendRecords(
		{
			method,
			targetId: String(STORE_ID),
			records,
			stamp: RunStamp.ofRun(clock.now()),
			subscription: 'none',
			deadlineMs: Infinity,
		},
		ports,
	);
}
