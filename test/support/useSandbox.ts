import { startSandbox, STORES, systemClock, type Clock, type Sandbox } from '../../sandbox';
import type { SandboxMarket, SandboxOptions } from '../../sandbox';
import { nodesOn, type Nodes } from './nodeRuns';

const MINUTE_MS = 60_000;

/** A sandbox for all tests of a file, as good as new for each of them, and the nodes that talk to it. */
export interface SandboxForTests extends Nodes {
	readonly sandbox: Sandbox;
	readonly market: SandboxMarket;
	/** Units for sale of a generated offer, by its number; null if no balance was ever given. */
	available(offer: number, campaignId?: number): number | null;
	/** Paths of all requests so far, with their verbs, in the order in which they were answered. */
	requests(): string[];
}

/** One sandbox for all tests of a file, reset before each. Call it at the top of the file. */
export function useSandbox(options: SandboxOptions = {}): SandboxForTests {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox(options);
	});
	beforeEach(() => sandbox.market.reset());
	afterAll(async () => await sandbox.stop());
	return forTests(() => sandbox);
}

/**
 * A sandbox of its own for each test of a file, at an address of its own: the nodes remember what they have learnt about
 * quotas and subscriptions by address. Its minute has just begun, so no test meets the end of a window by chance.
 */
export function useFreshSandboxes(options: SandboxOptions = {}): SandboxForTests {
	let sandbox: Sandbox;
	beforeEach(async () => {
		sandbox = await startSandbox({ clock: atStartOfMinute(), ...options });
	});
	afterEach(async () => await sandbox.stop());
	return forTests(() => sandbox);
}

function forTests(current: () => Sandbox): SandboxForTests {
	return {
		get sandbox() {
			return current();
		},
		get market() {
			return current().market;
		},
		update: async (...run) => await nodesOn(current()).update(...run),
		hide: async (...run) => await nodesOn(current()).hide(...run),
		unhide: async (...run) => await nodesOn(current()).unhide(...run),
		read: async (...run) => await nodesOn(current()).read(...run),
		available: (offer, campaignId = STORES.fbs.campaignId) =>
			current().market.offer(campaignId, skuOf(offer)).available,
		requests: () =>
			current()
				.market.calls()
				.map(({ verb, path }) => `${verb} ${path}`),
	};
}

/** A clock as fast as the machine's, which starts two seconds into a minute. */
function atStartOfMinute(): Clock {
	const behindMs = (Date.now() % MINUTE_MS) - 2_000;
	return { now: () => Date.now() - behindMs, sleep: async (ms) => await systemClock.sleep(ms) };
}

/** SKU of a generated offer by its number, from 1. */
export function skuOf(offer: number): string {
	return `SKU-${String(offer).padStart(5, '0')}`;
}

/** Output items without what the engine adds. */
export function jsonOf(items: ReadonlyArray<{ json: object }>): object[] {
	return items.map(({ json }) => json);
}

/** One item for each of the generated offers from 1 on, with its number as balance. */
export function itemsFor(count: number): Array<{ sku: string; stock: number }> {
	return Array.from({ length: count }, (_, index) => ({ sku: skuOf(index + 1), stock: index + 1 }));
}
