import type { Subscription } from '../contract/apiMethods';
import type { RunPorts } from '../pacing/runPorts';
import { told, type Told } from './read';
import { getSubscription } from './stores';
import { Remembered } from './remembered';
import type { ListKey } from './warehouseLists';

/** Subscriptions change rarely, and the question costs one of 100 an hour. */
const REMEMBER_MS = 60 * 60_000;

/** Subscription levels of cabinets, asked once and remembered. */
export class Subscriptions {
	private readonly known = new Remembered<Subscription>(REMEMBER_MS);

	/**
	 * The level of a cabinet. Where the Market does not tell, the lower amounts hold: every reply corrects them. That it
	 * refuses to tell is remembered likewise; that it could not answer is not.
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
