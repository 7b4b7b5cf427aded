import type { Subscription } from '../contract/apiMethods';
import type { RunPorts } from '../pacing/runPorts';
import { told, type Told } from './read';
import { getSubscription } from './stores';
import { Remembered } from './remembered';
import type { ListKey } from './warehouseLists';

/** Subscriptions change rarely, and asking uses one of 100 requests an hour. */
const REMEMBER_MS = 60 * 60_000;

/** Subscription levels of businesses, asked for once and remembered. */
export class Subscriptions {
	private readonly known = new Remembered<Subscription>(REMEMBER_MS);

	/**
	 * The level of a business. If the Market does not tell, the lower amounts apply: every reply corrects them. A refusal to
	 * tell is remembered too; a failure to answer is not.
	 */
	async levelOf(
		{ apiUrl, accessKey, businessId }: ListKey,
		ports: RunPorts,
	): Promise<Subscription> {
		const ask = async () => await askFor(businessId, ports);
		const level = await this.known.get([apiUrl, accessKey, businessId], ports, ask);
		return level.ok ? level.value : 'none';
	}
}

async function askFor(businessId: string, ports: RunPorts): Promise<Told<Subscription>> {
	const level = await told(getSubscription(businessId, ports));
	return !level.ok && level.isDefinite ? { ok: true, value: 'none' } : level;
}
