import type { OperationContract, OperationName } from '../contract';
import type { Switches } from '../switches';

interface Window {
	start: number;
	used: number;
}

/** How much of a quota there is and what is left of it. */
export interface Allowance {
	limit: number;
	remaining: number;
	/** When the window ends, in milliseconds. */
	until: number;
}

/** Counts what every entity used of every method, in fixed windows aligned to the clock. */
export class Quotas {
	private readonly windows = new Map<string, Window>();

	constructor(private readonly switches: Readonly<Switches>) {}

	/**
	 * Takes `cost` out of the current window, or nothing where less than that is left.
	 * @returns whether it was taken.
	 */
	take(operation: OperationName, contract: OperationContract, entity: string, cost: number, now: number): boolean {
		const window = this.windowOf(operation, contract, entity, now);
		if (this.switches.quotas !== 'off' && window.used + cost > this.limitOf(contract)) return false;
		window.used += cost;
		return true;
	}

	/** What the reply's headers say. */
	allowance(operation: OperationName, contract: OperationContract, entity: string, now: number): Allowance {
		const window = this.windowOf(operation, contract, entity, now);
		const limit = this.limitOf(contract);
		// A sandbox without quotas must not make a careful client wait for the next window.
		const remaining = this.switches.quotas === 'off' ? limit : Math.max(0, limit - window.used);
		return { limit, remaining, until: window.start + contract.quota.windowMs };
	}

	/** Forgets what was used. */
	clear(): void {
		this.windows.clear();
	}

	private limitOf({ quota }: OperationContract): number {
		const scale = typeof this.switches.quotas === 'number' ? this.switches.quotas : 1;
		return Math.max(1, Math.floor(quota.amount * scale));
	}

	private windowOf(operation: OperationName, { quota }: OperationContract, entity: string, now: number): Window {
		const key = `${operation} ${entity}`;
		const start = Math.floor(now / quota.windowMs) * quota.windowMs;
		let window = this.windows.get(key);
		if (window?.start !== start) {
			window = { start, used: 0 };
			this.windows.set(key, window);
		}
		return window;
	}
}
