import { Memory } from './memory';
import type { Subscription } from './operations';
import type { Ports } from './ports';
import { MarketReadRefused } from './read';
import { getSubscription } from './reads/stores';
import type { SendStats } from './sender/exchange';

/** Subscriptions change rarely, and the question costs one of 100 an hour. */
const REMEMBER_MS = 60 * 60_000;

/** Subscription levels of cabinets, asked once and remembered. */
export class Subscriptions {
	private readonly known = new Memory<Promise<Subscription>>(REMEMBER_MS);

	/**
	 * The level of a cabinet. Where the Market does not tell, the lower amounts hold: every reply corrects them.
	 *
	 * @param apiUrl address of the Market, because a sandbox has cabinets of its own
	 */
	async levelOf(apiUrl: string, businessId: number, ports: Ports, stats: SendStats): Promise<Subscription> {
		const key = JSON.stringify([apiUrl, businessId]);
		const nowMs = ports.clock.now();
		const known = this.known.recall(key, nowMs);
		if (known) return await known;
		// Remembered before it is answered: the stores of one cabinet are served at the same time.
		const level = ask(businessId, ports, stats);
		this.known.remember(key, level, nowMs);
		level.catch(() => this.known.forget(key));
		return await level;
	}
}

async function ask(businessId: number, ports: Ports, stats: SendStats): Promise<Subscription> {
	try {
		return await getSubscription(businessId, ports, stats);
	} catch (error) {
		if (error instanceof MarketReadRefused) return 'none';
		throw error;
	}
}
