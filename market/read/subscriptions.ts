import type { Subscription } from '../contract/apiMethods';
import type { Ports } from '../wire/ports';
import { MarketReadRefused } from './read';
import { getSubscription } from './stores';
import { Remembered, type Told } from './remembered';
import type { SendStats } from '../pacing/exchange';
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
		ports: Ports,
		stats: SendStats,
	): Promise<Subscription> {
		const ask = async () => await askFor(businessId, ports, stats);
		const level = await this.known.get([apiUrl, accessKey, businessId], ports, ask);
		return level.ok ? level.value : 'none';
	}
}

async function askFor(
	businessId: string,
	ports: Ports,
	stats: SendStats,
): Promise<Told<Subscription>> {
	try {
		return { ok: true, value: await getSubscription(businessId, ports, stats) };
	} catch (error) {
		if (!(error instanceof MarketReadRefused)) throw error;
		return error.isDefinite
			? { ok: true, value: 'none' }
			: { ok: false, refusal: error.refusal, isDefinite: false };
	}
}
