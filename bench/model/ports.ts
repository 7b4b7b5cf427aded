import { Lanes } from '../../market/pacing/lanes';
import { noStats, type RunPorts } from '../../market/pacing/runPorts';
import { modelSend } from '../../lab/time/modelSend';
import type { VirtualClock } from '../../lab/time/virtualClock';
import { STORES, type SandboxMarket } from '../../sandbox';

export const STORE_ID = STORES.fbs.campaignId;

/** A model of the Market and the clock it runs on. */
export interface Model {
	market: SandboxMarket;
	clock: VirtualClock;
}

/** What the nodes' own code needs to talk to a model of the Market: no n8n, no HTTP, and time that costs nothing. */
export function modelPorts({ market, clock }: Model): RunPorts {
	const lanes = new Lanes();
	return {
		send: modelSend(market),
		clock,
		signal: { aborted: false, addEventListener() {}, removeEventListener() {} },
		stats: noStats(),
		random: () => Math.random(),
		laneOf: (apiMethod, id = 'account', subscription = 'none') =>
			lanes.open({ apiUrl: 'model', entity: id, apiMethod, subscription }, clock.now()),
	};
}
