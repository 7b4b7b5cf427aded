import { startSandbox, STORES, type Sandbox, type SandboxMarket, type SandboxOptions } from '../../sandbox';
import { nodesOn } from './nodeRuns';

type Nodes = ReturnType<typeof nodesOn>;

/** A sandbox for all tests of a file, as new for each of them, and the three nodes that talk to it. */
export interface SandboxForTests extends Nodes {
	readonly sandbox: Sandbox;
	readonly market: SandboxMarket;
	/** Units for sale of a generated offer, by its number; null where no balance was ever given. */
	available(offer: number, campaignId?: number): number | null;
	/** Paths of all requests so far, with their verbs, in the order in which they were answered. */
	requests(): string[];
}

/** To be called at the top of a test file. */
export function useSandbox(options: SandboxOptions = {}): SandboxForTests {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox(options);
	});
	beforeEach(() => sandbox.market.reset());
	afterAll(async () => await sandbox.stop());
	return {
		get sandbox() {
			return sandbox;
		},
		get market() {
			return sandbox.market;
		},
		update: async (...run) => await nodesOn(sandbox).update(...run),
		hide: async (...run) => await nodesOn(sandbox).hide(...run),
		unhide: async (...run) => await nodesOn(sandbox).unhide(...run),
		available: (offer, campaignId = STORES.fbs.campaignId) =>
			sandbox.market.offer(campaignId, skuOf(offer)).available,
		requests: () => sandbox.market.calls().map(({ verb, path }) => `${verb} ${path}`),
	};
}

/** SKU of a generated offer by its number, from 1. */
export function skuOf(offer: number): string {
	return `SKU-${String(offer).padStart(5, '0')}`;
}

/** Output items without what the engine adds. */
export function jsonOf(items: ReadonlyArray<{ json: object }>): object[] {
	return items.map(({ json }) => json);
}
