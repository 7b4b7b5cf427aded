import { availableOf } from '../../../market/read/stocks';
import { alikeForm } from '../../../market/records/alikeSkus';
import {
	compareShown,
	compareUnlisted,
	onlyAtMarket,
	type ComparedSku,
} from '../../../market/verify/inputComparison';
import type { Refusal } from '../../../market/common/refusal';
import type { StoreStock } from '../../../market/checks/storeNumber';
import { inTurns } from '../../common/engine/turns';
import { portsAt } from '../reading/portsAt';
import type { ReadRun } from '../reading/readRun';
import type { InputPlace, NamedHere } from './inputSide';
import { askCatalogue, askHidden, readNumbers, type ShownNumbers } from './marketSide';

/** What came of comparing one store or warehouse. */
export interface PlaceComparison {
	/** In the order of its records. */
	named: ComparedSku[];
	/** Offers that have stock and that no item names. */
	unnamed: ComparedSku[];
	/** Offers that no item names, and of which it is not known how many units the store itself has. */
	unclear: number;
	/** Why it is not known of all offers whether they are hidden. */
	hiddenUnknown?: Refusal;
}

/** Which offers that no item names are looked for. */
export interface Unnamed {
	/** What items name for the place and for the stores that hold the same number. */
	named: NamedHere;
	/** Those that were found in one of these stores: each is told once. */
	found: Set<string>;
}

/**
 * Compares what would be sent to a place with what the Market shows there.
 *
 * @param unnamed absent if offers that no item names are not looked for; otherwise the whole list of stocks is read
 * @throws MarketReadRefused if the stocks could not be read to the end
 */
export async function comparePlace(
	one: InputPlace,
	unnamed: Unnamed | undefined,
	reading: ReadRun,
): Promise<PlaceComparison> {
	const ports = await portsAt(one.place, reading);
	const numbers = await readNumbers(one, unnamed !== undefined, ports, reading);
	const isListed = ({ sku }: { sku: string }) => numbers.has(sku);
	const unlisted = one.records.filter((record) => !isListed(record));
	const catalogue = await askCatalogue(unlisted, one, ports, reading);
	const { stocked, unclear } = await unnamedOf(unnamed, numbers);
	const asked = [...one.records.filter(isListed).map(({ sku }) => sku), ...stocked.keys()];
	const { isHidden, refusal: hiddenUnknown } = await askHidden(one, asked, ports);
	const named: ComparedSku[] = [];
	await inTurns(one.records, (record) => {
		const number = numbers.get(record.sku);
		named.push(
			number
				? compareShown(record, number, isHidden(record.sku))
				: compareUnlisted(record, catalogue(record.sku)),
		);
	});
	const meaning = await likenessTo(unnamed?.named ?? one.named, numbers);
	const only = Array.from(stocked, ([sku, stock]) =>
		onlyAtMarket(sku, stock, isHidden(sku), meaning(sku)),
	);
	return { named, unnamed: only, unclear, hiddenUnknown };
}

/** Offers that have stock and that no item names. */
async function unnamedOf(
	unnamed: Unnamed | undefined,
	numbers: ShownNumbers,
): Promise<{ stocked: Map<string, StoreStock>; unclear: number }> {
	const stocked = new Map<string, StoreStock>();
	let unclear = 0;
	if (!unnamed || unnamed.named.unreadable !== undefined) return { stocked, unclear };
	const { named, found } = unnamed;
	await inTurns([...numbers], ([sku, number]) => {
		if (named.has(sku) || found.has(sku)) return;
		if (number.ok) {
			if (availableOf(number.value) > 0) {
				stocked.set(sku, number.value);
				found.add(sku);
			}
		} else if (!number.isAbsent) unclear += 1;
	});
	return { stocked, unclear };
}

/** Finds the SKU of the input that one of the Market's may be meant by, if the Market does not list it. */
async function likenessTo(
	named: NamedHere,
	numbers: ShownNumbers,
): Promise<(sku: string) => string | undefined> {
	const byForm = new Map<string, string>();
	await inTurns([...named.all()], (sku) => {
		if (!numbers.has(sku)) byForm.set(alikeForm(sku), sku);
	});
	byForm.delete('');
	return (sku) => (byForm.size === 0 ? undefined : byForm.get(alikeForm(sku)));
}
