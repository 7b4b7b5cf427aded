import type { Each } from '../common/each';
import { alikeForm, spellingsOf } from '../records/alikeSkus';
import type { SkuSource } from '../read/catalogue';
import { IMPATIENT, MarketReadRefused } from '../read/read';

/** Most requests that ask for other spellings: a run's quota is for its balances, and a hint is all this gives. */
const MOST_REQUESTS = 25;

/** Most pages of the whole list that are read: 5,000 offers of a store. */
const MOST_PAGES = 25;

/** More SKUs than this are not misspelt, they are not the catalogue's: the rest is not looked for. */
const MOST_SOUGHT = 10_000;

/** What was found, and whether the search came to its end: if the Market stopped answering, another may find more. */
export interface Meant {
	/** By the SKU that the catalogue lacks; those that nothing was found for are absent. */
	bySku: Map<string, string[]>;
	isDone: boolean;
}

/**
 * Looks for the SKUs that were probably meant by others which a catalogue does not have: those of the same form. Asks
 * for the likely spellings first, which costs a request for every few SKUs however large the catalogue is. What is still
 * without an answer then is compared with the beginning of the whole list: the only way if, say, a dash was left out.
 * Nothing waits for quotas here.
 *
 * @throws whatever is not a refusal of the Market
 */
export async function findMeant(
	missing: readonly string[],
	source: SkuSource,
	each: Each,
): Promise<Meant> {
	const byForm = new Map<string, string[]>();
	await each(missing.slice(0, MOST_SOUGHT), (sku) => {
		const form = alikeForm(sku);
		const alike = byForm.get(form);
		if (alike) alike.push(sku);
		else if (form !== '') byForm.set(form, [sku]);
	});
	const bySku = new Map<string, string[]>();
	const note = (other: string) => {
		for (const sku of byForm.get(alikeForm(other)) ?? []) {
			const found = bySku.get(sku) ?? [];
			if (other !== sku && !found.includes(other)) bySku.set(sku, [...found, other]);
		}
	};
	const sought = [...byForm.values()].flat();
	try {
		const spellings = await likelySpellings(sought, MOST_REQUESTS * source.perRequest, each);
		for await (const sku of source.find(spellings, IMPATIENT)) note(sku);
		if (sought.some((sku) => !bySku.has(sku))) await readBeginning(source, note);
	} catch (error) {
		if (!(error instanceof MarketReadRefused)) throw error;
		return { bySku, isDone: false };
	}
	return { bySku, isDone: true };
}

/** Spellings of these SKUs, as many as may be asked for. */
async function likelySpellings(
	skus: readonly string[],
	most: number,
	each: Each,
): Promise<string[]> {
	const spellings = new Set<string>();
	await each(skus, (sku) => {
		if (spellings.size >= most) return;
		for (const other of spellingsOf(sku)) spellings.add(other);
	});
	return [...spellings].slice(0, most);
}

async function readBeginning(source: SkuSource, note: (sku: string) => void): Promise<void> {
	let pages = 0;
	for await (const page of source.list(IMPATIENT)) {
		for (const sku of page) note(sku);
		pages += 1;
		if (pages === MOST_PAGES) return;
	}
}
