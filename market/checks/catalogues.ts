import type { Each } from '../common/each';
import type { Refusal } from '../common/refusal';
import { firstFew, quote } from '../common/text';
import type { RunPorts } from '../pacing/runPorts';
import { askFor, skusOfBusiness, skusOfStore, type Asked, type SkuSource } from '../read/catalogue';
import { refusalOf } from '../read/refusalOf';
import { SkuMemory } from '../read/skuMemory';
import { differenceOf } from '../records/alikeSkus';
import { findMeant } from './meantSkus';

/** What a catalogue has, it has an hour later too; what it lacks is asked for again each time. */
const REMEMBER_MS = 60 * 60_000;

/** Most SKUs known to exist that a process remembers: 64 MB for SKUs of ten characters [bench, catalogue]. */
export const MOST_KNOWN = 1_000_000;

/** Most SKUs for which a process remembers what was probably meant. */
const MOST_MEANT = 20_000;

/**
 * What a store lacks may be new there, so its business is asked, about so many SKUs at a time: if it has none of them,
 * they are somebody else's, and it is not asked about the rest. It may be asked a tenth as often as a store.
 */
const ASKED_AGAIN_AT_A_TIME = 2_000;

/** Most probable SKUs that a reason names. */
const MOST_NAMED = 3;

/** Whose catalogue it is. */
export interface CataloguePlace {
	apiUrl: string;
	/** Stands for what the credential opens. */
	accessKey: string;
	/** The store that is written to; absent if it is a warehouse of the business. */
	campaignId?: string;
	/** The business, if it is known. */
	businessId?: string;
	/** For a warehouse: finds a store of the business, which may be asked for more at once, and more often. */
	findStore?(): Promise<string | undefined>;
}

/** What is known about the SKUs of a run. */
export interface CatalogueFindings {
	/** Why those that the catalogue does not have are not sent, by SKU. */
	refusals: ReadonlyMap<string, Refusal>;
	/** Those that the Market did not tell about, how many they are, and why; absent if it told about all. */
	untold?: { skus: ReadonlySet<string>; count: number; refusal: Refusal };
}

const ALL_KNOWN: CatalogueFindings = { refusals: new Map() };

/** Which SKUs catalogues have, asked for once and remembered. */
export class Catalogues {
	private readonly known: SkuMemory<true>;
	private readonly meant = new SkuMemory<readonly string[]>(REMEMBER_MS, MOST_MEANT);

	/** @param mostKnown SKUs known to exist that are remembered, those of all catalogues together */
	constructor(mostKnown = MOST_KNOWN) {
		this.known = new SkuMemory(REMEMBER_MS, mostKnown);
	}

	/**
	 * Finds the SKUs that a catalogue does not have. An offer in the archive is one that it has. An offer that the store
	 * does not have yet, but the business has, counts as one too: it may be new.
	 *
	 * @param records what is to be sent; a SKU may come more than once
	 * @throws whatever is not a refusal of the Market
	 */
	async check(
		records: ReadonlyArray<{ sku: string }>,
		place: CataloguePlace,
		ports: RunPorts,
		each: Each,
	): Promise<CatalogueFindings> {
		const key = keyOf(place);
		const nowMs = ports.clock.now();
		const unknown = new Set<string>();
		await each(records, ({ sku }) => {
			if (!this.known.recall(key, sku, nowMs)) unknown.add(sku);
		});
		if (unknown.size === 0) return ALL_KNOWN;
		const catalogue = await openCatalogue(place, unknown.size, ports);
		const { missing, failed } = await catalogue.ask([...unknown], (found) =>
			this.known.remember(key, found, true, ports.clock.now()),
		);
		const meant = await this.meantBy(missing, key, catalogue.source, ports, each);
		const refusals = new Map<string, Refusal>();
		for (const sku of missing) refusals.set(sku, notInCatalogue(sku, meant.get(sku) ?? [], place));
		return { refusals, untold: untoldOf(failed) };
	}

	/** What was probably meant by SKUs that a catalogue does not have. */
	private async meantBy(
		missing: readonly string[],
		key: string,
		source: SkuSource,
		{ clock }: RunPorts,
		each: Each,
	): Promise<Map<string, readonly string[]>> {
		const meant = new Map<string, readonly string[]>();
		const unsought: string[] = [];
		for (const sku of missing) {
			const recalled = this.meant.recall(key, sku, clock.now());
			if (recalled) meant.set(sku, recalled);
			else unsought.push(sku);
		}
		if (unsought.length === 0) return meant;
		const { bySku, isDone } = await findMeant(unsought, source, each);
		for (const [sku, found] of bySku) meant.set(sku, found);
		if (!isDone) return meant;
		for (const sku of copiesOf(unsought.slice(0, MOST_MEANT)))
			this.meant.remember(key, [sku], bySku.get(sku) ?? [], clock.now());
		return meant;
	}
}

/** How a catalogue is asked. */
interface Catalogue {
	ask(skus: readonly string[], onFound: (found: string[]) => void): Promise<Asked>;
	/** Where what was probably meant is looked for. */
	source: SkuSource;
}

async function openCatalogue(
	{ campaignId, businessId, findStore }: CataloguePlace,
	count: number,
	ports: RunPorts,
): Promise<Catalogue> {
	const business = businessId === undefined ? undefined : skusOfBusiness(businessId, ports);
	if (campaignId !== undefined) return catalogueOfStore(skusOfStore(campaignId, ports), business);
	const ofBusiness = business as SkuSource;
	const storeId = await findStore?.();
	const store = storeId === undefined ? undefined : skusOfStore(storeId, ports);
	return catalogueOfBusiness(
		ofBusiness,
		count > ofBusiness.perRequest ? store : undefined,
		store ?? ofBusiness,
	);
}

/** A store's: what it lacks may be new to it, so its business is asked. */
function catalogueOfStore(store: SkuSource, business: SkuSource | undefined): Catalogue {
	return {
		source: store,
		ask: async (skus, onFound) => {
			const ofStore = await askFor(skus, store, onFound);
			if (!business) return ofStore;
			const again = await askAgain(ofStore.missing, business, onFound);
			return { ...again, failed: new Map([...ofStore.failed, ...again.failed]) };
		},
	};
}

/** Asks a business what a store lacks, for as long as it has some of it. About what it does not tell, nothing is known. */
async function askAgain(
	skus: readonly string[],
	business: SkuSource,
	onFound: (found: string[]) => void,
): Promise<Asked> {
	const some = skus.slice(0, ASKED_AGAIN_AT_A_TIME);
	const rest = skus.slice(some.length);
	const { missing, failed } = await askFor(some, business, onFound);
	if (rest.length === 0) return { missing, failed };
	const [error] = failed.values();
	if (error !== undefined) return { missing, failed: new Map([...failed, [rest, error]]) };
	if (missing.length === some.length) return { missing: [...missing, ...rest], failed };
	const further = await askAgain(rest, business, onFound);
	return { missing: [...missing, ...further.missing], failed: further.failed };
}

/** A business's. Most of it a store can tell at less cost; what the store lacks, only the business knows. */
function catalogueOfBusiness(
	business: SkuSource,
	store: SkuSource | undefined,
	source: SkuSource,
): Catalogue {
	return {
		source,
		ask: async (skus, onFound) => {
			if (!store) return await askFor(skus, business, onFound);
			const { missing, failed } = await askFor(skus, store, onFound);
			return await askFor([...missing, ...[...failed.keys()].flat()], business, onFound);
		},
	};
}

function keyOf({ apiUrl, accessKey, campaignId, businessId }: CataloguePlace): string {
	const owner = campaignId === undefined ? ['business', businessId] : ['store', campaignId];
	return JSON.stringify([apiUrl, accessKey, ...owner]);
}

/** A catalogue as texts name it. */
export function catalogueName({ campaignId, businessId }: CataloguePlace): string {
	return campaignId === undefined
		? `the catalogue of business ${businessId}`
		: `the catalogue of store ${campaignId}`;
}

function notInCatalogue(sku: string, meant: readonly string[], place: CataloguePlace): Refusal {
	const reason = `Not in ${catalogueName(place)}`;
	if (meant.length === 0) {
		return {
			reason,
			advice:
				'Correct the SKU, or add the offer to the catalogue: the Market would accept the balance and ignore it.',
		};
	}
	const named = firstFew(
		meant,
		MOST_NAMED,
		(other) => `${quote(other)} (differs in ${differenceOf(sku, other)})`,
	);
	return {
		reason: `${reason}; probably meant: ${named}`,
		advice:
			'Write the SKU as the catalogue has it: the Market would accept this one and ignore it.',
		meant,
	};
}

/** Texts of their own: one that was cut out of the text of a file would keep all of that in memory. */
function copiesOf(texts: readonly string[]): string[] {
	return JSON.parse(JSON.stringify(texts)) as string[];
}

function untoldOf(failed: Asked['failed']): CatalogueFindings['untold'] {
	const [first] = failed.values();
	if (first === undefined) return undefined;
	const skus = new Set([...failed.keys()].flat());
	return { skus, count: skus.size, refusal: refusalOf(first) };
}
