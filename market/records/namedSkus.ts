import type { Each } from '../common/each';
import type { Plan } from './plan';

/** Which SKUs a run's items name, and where. A row that was refused names its SKU too. */
export interface NamedSkus {
	/** @param key what a target accepts only one record for, as in the rows */
	has(targetId: string, key: string, sku: string): boolean;
	/** The SKUs that items name for a target, or for one that could not be read. */
	skusOf(targetId: string): Iterable<string>;
	/** The first item for a target, or for one that could not be read, whose SKU could not be read. */
	unreadable(targetId: string): number | undefined;
}

/**
 * Collects the SKUs that items name.
 *
 * @param said all that the items say
 * @param keyOf what a record's target accepts only one record for
 */
export async function namedSkusOf<R extends { sku: string }>(
	{ targets, refused }: Plan<R>,
	keyOf: (record: R) => string,
	each: Each,
): Promise<NamedSkus> {
	const named = new Map<string, Map<string, string>>();
	const keysOf = (targetId: string) => {
		const keys = named.get(targetId) ?? new Map<string, string>();
		named.set(targetId, keys);
		return keys;
	};
	const planned = new Set<number>();
	for (const { targetId, records, items, together } of targets) {
		const keys = keysOf(targetId);
		await each(records, (record, position) => {
			keys.set(keyOf(record), record.sku);
			for (const item of together.get(position) ?? [items[position] as number]) planned.add(item);
		});
	}
	/** By target; under undefined, those of rows whose target could not be read. */
	const placeless = new Map<string | undefined, Set<string>>();
	const unreadable = new Map<string | undefined, number>();
	await each([...refused], ([item, { sku, targetId, key }]) => {
		// What a guard holds back is among the targets, too.
		if (planned.has(item)) return;
		if (sku === undefined) {
			if (!unreadable.has(targetId)) unreadable.set(targetId, item);
		} else if (targetId !== undefined && key !== undefined) keysOf(targetId).set(key, sku);
		else placeless.set(targetId, (placeless.get(targetId) ?? new Set()).add(sku));
	});
	return {
		has: (targetId, key, sku) =>
			(named.get(targetId)?.has(key) ?? false) || inNoPlace(targetId).some((skus) => skus.has(sku)),
		*skusOf(targetId) {
			yield* named.get(targetId)?.values() ?? [];
			for (const skus of inNoPlace(targetId)) yield* skus;
		},
		unreadable: (targetId) => unreadable.get(targetId) ?? unreadable.get(undefined),
	};

	function inNoPlace(targetId: string): ReadonlyArray<ReadonlySet<string>> {
		return [targetId, undefined].flatMap((id) => placeless.get(id) ?? []);
	}
}
