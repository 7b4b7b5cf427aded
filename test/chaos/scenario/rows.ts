import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Random } from '../../../sandbox';

/** What one input item means for the Market: noted when the item is made, and never read from the product. */
export interface Meaning {
	/** The store or warehouse, and the SKU. */
	key: string;
	/** Units for sale, or whether the offer is hidden. */
	value: number | boolean;
}

/** An input item; without a meaning it must not be accepted. */
export interface Row {
	json: IDataObject;
	meaning?: Meaning;
}

/** A store or warehouse by its ID. */
export type Place = string;

/** How a key is written. */
export function keyOf(place: Place, sku: string): string {
	return `${place} ${sku}`;
}

/** Items for a write, in every form that sources use. */
export interface RowsWanted {
	count: number;
	places: readonly Place[];
	skus: readonly string[];
	options: INodeParameters;
	/** The first number to send; each row has a number of its own. */
	firstValue: number;
	/** What the run does to an offer, hide it or not; absent for balances. */
	hidden?: boolean;
}

const NOT_A_BALANCE = ['', null, 'abc', '1e3', '1,234', true, 3_000_000_000];

/** Rows of one run: mostly good ones, some that nobody can send, some SKUs more than once. */
export function makeRows(wanted: RowsWanted, random: Random): Row[] {
	const { count, places, skus, options, hidden } = wanted;
	const rows: Row[] = [];
	const free = places.flatMap((place) => skus.map((sku) => ({ place, sku })));
	let value = wanted.firstValue;
	while (rows.length < count && free.length > 0) {
		const { place, sku } = free.splice(
			Math.floor(random() * free.length),
			1,
		)[0] as (typeof free)[number];
		const key = keyOf(place, sku);
		const chance = random();
		const numbers = (amount: number) =>
			Array.from({ length: amount }, () => (value += 1 + Math.floor(random() * 3)));
		if (hidden !== undefined) {
			const repeats = chance < 0.03 ? 2 : 1;
			if (chance > 0.97) rows.push({ json: { sku: '  ', place } });
			else
				for (let i = 0; i < repeats; i += 1)
					rows.push({ json: { sku, place }, meaning: { key, value: hidden } });
		} else if (chance < 0.03) {
			rows.push({
				json: { sku: random() < 0.5 ? '' : null, place, stock: random() < 0.5 ? 1 : '' },
			});
		} else if (chance < 0.07) {
			rows.push({
				json: {
					sku,
					place,
					stock: NOT_A_BALANCE[Math.floor(random() * NOT_A_BALANCE.length)] ?? null,
				},
			});
		} else if (chance < 0.1) {
			const [whole = 0] = numbers(1);
			const isTaken = options.fractions === 'roundDown';
			rows.push({
				json: { sku, place, stock: whole + 0.5 },
				meaning: isTaken ? { key, value: shown(whole, options) } : undefined,
			});
		} else if (chance < 0.12) {
			rows.push({
				json: { sku, place, stock: -7 },
				meaning: options.negatives === 'zero' ? { key, value: 0 } : undefined,
			});
		} else if (chance < 0.17) {
			rows.push(...repeated(key, sku, place, numbers(2), options, random));
		} else {
			const [whole = 0] = numbers(1);
			rows.push({
				json: { sku, place, stock: written(whole, random) },
				meaning: { key, value: shown(whole, options) },
			});
		}
	}
	return rows;
}

/** A number as sources write it. */
function written(value: number, random: Random): number | string {
	const chance = random();
	if (chance < 0.6) return value;
	if (chance < 0.8) return String(value);
	if (chance < 0.9) return ` ${value}.0 `;
	return String(value).replace(/\B(?=(\d{3})+$)/g, '\u00a0');
}

/** One SKU twice, with one number, two numbers, or a number that nobody can read. */
function repeated(
	key: string,
	sku: string,
	place: Place,
	[first = 0, second = 0]: readonly number[],
	options: INodeParameters,
	random: Random,
): Row[] {
	const both = (stocks: Array<number | string>, value?: number): Row[] => {
		const meaning = value === undefined ? undefined : { key, value: shown(value, options) };
		return stocks.map((stock) => ({ json: { sku, place, stock }, meaning }));
	};
	const chance = random();
	if (chance < 0.2) return both([first, 'many']);
	const { duplicateSkus: rule = 'refuse' } = options;
	if (rule === 'sum') return both([first, second], first + second);
	if (chance < 0.5) return both([first, first], first);
	return both([first, second], rule === 'last' ? second : undefined);
}

/** How much of a balance is shown. */
function shown(value: number, { reserve = 0, maximumStock = Infinity }: INodeParameters): number {
	return Math.min(Math.max(0, value - Number(reserve)), Number(maximumStock));
}
