import type { OperationContract, OperationName } from '../contract';
import type { Switches } from '../switches';
import { askedByPhantoms } from './phantoms';
import { Refusal } from './refusal';

/** Whose quota of which method a call uses. */
export interface Account {
	operation: OperationName;
	contract: OperationContract;
	entity: string;
	/** Whether the call gets the amount of a Medium subscription. */
	isMedium: boolean;
}

/** The amount of a quota and what is left of it. */
export interface Allowance {
	limit: number;
	remaining: number;
	/** When the window ends, in milliseconds. */
	until: number;
}

/** What became of one quota in one window of time. */
export interface QuotaWindow {
	operation: OperationName;
	/** As in the Market's messages, such as `campaignId 21000001`. */
	entity: string;
	/** When the window opens and ends, in milliseconds of the Market's clock. */
	start: number;
	until: number;
	/** The amount at the time of the latest call. */
	limit: number;
	/** What calls used. */
	used: number;
	/** What other programs had used by the latest call, according to the switch `phantom`. */
	usedByOthers: number;
	/** How many calls got a 420, for the quota or for too many at once. Faults do not count. */
	refused: { resource: number; parallel: number };
}

interface Entry {
	window: QuotaWindow;
	/** What other programs have asked for so far, whether they got it or not. */
	asked: number;
}

/** How many windows are remembered: a week of minutes of one method. */
const KEPT_WINDOWS = 10_000;

/** Counts what every entity uses of every method, in fixed windows aligned to the clock. */
export class Quotas {
	/** Oldest first. */
	private readonly windows = new Map<string, Entry>();

	constructor(private readonly switches: Readonly<Switches>) {}

	/**
	 * Takes `cost` out of the current window, or nothing if less than that is left.
	 * @returns whether it was taken.
	 */
	take(account: Account, cost: number, now: number): boolean {
		const window = this.windowOf(account, now);
		if (this.switches.quotas !== 'off' && cost > leftOf(window)) {
			window.refused.resource += 1;
			return false;
		}
		window.used += cost;
		return true;
	}

	/** Records that a call was one too many at once. */
	countTooMany(account: Account, now: number): void {
		this.windowOf(account, now).refused.parallel += 1;
	}

	/** What the reply's headers say. */
	allowance(account: Account, now: number): Allowance {
		const window = this.windowOf(account, now);
		const { limit, until } = window;
		// A sandbox without quotas must not make a careful client wait for the next window.
		return { limit, remaining: this.switches.quotas === 'off' ? limit : leftOf(window), until };
	}

	/** Every window in which there was a call, in the order of their first calls; if there are very many, the latest. */
	list(): QuotaWindow[] {
		return Array.from(this.windows.values(), ({ window }) => structuredClone(window));
	}

	/** Forgets what was used. */
	clear(): void {
		this.windows.clear();
	}

	private limitOf({ contract: { quota }, isMedium }: Account): number {
		const scale = typeof this.switches.quotas === 'number' ? this.switches.quotas : 1;
		return Math.max(1, Math.floor((isMedium ? quota.medium : quota.none) * scale));
	}

	/** The current window, including what other programs have used of it by now. */
	private windowOf(account: Account, now: number): QuotaWindow {
		const { operation, entity } = account;
		const { windowMs } = account.contract.quota;
		const start = Math.floor(now / windowMs) * windowMs;
		const key = `${operation} ${entity} ${start}`;
		const entry =
			this.windows.get(key) ??
			this.open(key, { operation, entity, start, until: start + windowMs });
		const { window } = entry;
		window.limit = this.limitOf(account);
		const asked = Math.max(
			entry.asked,
			askedByPhantoms(this.switches.phantom, operation, entity, now - start),
		);
		// They came before this call, and got what was left then.
		window.usedByOthers += Math.min(asked - entry.asked, leftOf(window));
		entry.asked = asked;
		return window;
	}

	private open(
		key: string,
		place: Pick<QuotaWindow, 'operation' | 'entity' | 'start' | 'until'>,
	): Entry {
		const window = {
			...place,
			limit: 0,
			used: 0,
			usedByOthers: 0,
			refused: { resource: 0, parallel: 0 },
		};
		const entry = { window, asked: 0 };
		this.windows.set(key, entry);
		const [oldest] = this.windows.keys();
		if (this.windows.size > KEPT_WINDOWS && oldest !== undefined) this.windows.delete(oldest);
		return entry;
	}
}

function leftOf({ limit, used, usedByOthers }: QuotaWindow): number {
	return Math.max(0, limit - used - usedByOthers);
}

/** The Market's words for a quota that is used up. */
export function overQuota({ contract, entity }: Account, { limit }: Allowance): Refusal {
	const { path, quota, version = 'v2' } = contract;
	const period = quota.windowMs === 60_000 ? '1 minute' : '1 hour';
	return new Refusal(
		420,
		`Hit rate limit of ${limit} requests per ${period} for resource /${version}${path}.json for ${entity}`,
	);
}
