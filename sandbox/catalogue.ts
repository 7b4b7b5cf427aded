import { readFile } from 'node:fs/promises';

import { parse } from 'csv-parse/sync';

/** An offer, the same in every store of every business. */
export interface Offer {
	sku: string;
	name: string;
	/** Roubles. */
	price: number;
	/** In the archive: not for sale, but not forgotten either. */
	archived?: boolean;
}

/** The goods of the sandbox, in the order in which the Market lists them. */
export type Catalogue = readonly Offer[];

const KINDS = ['Mug', 'Lamp', 'Backpack', 'Kettle', 'Notebook', 'Blanket', 'Headphones', 'Teapot'];
const STYLES = ['Birch', 'Graphite', 'Amber', 'Northern', 'Linen', 'Cobalt', 'Meadow'];
const COLUMNS = ['sku', 'name', 'price'];

/** `count` offers, the same ones every time: `SKU-00001`, `SKU-00002`... */
export function generateCatalogue(count: number): Catalogue {
	return Array.from({ length: count }, (_, index) => {
		const kind = KINDS[index % KINDS.length];
		const style = STYLES[index % STYLES.length];
		return {
			sku: `SKU-${String(index + 1).padStart(5, '0')}`,
			name: `${style} ${kind} ${index + 1}`,
			price: 190 + ((index * 137) % 4_800),
		};
	});
}

/**
 * Reads a CSV file with the columns `sku`, `name` and `price`, and `archived` if there is one (others are ignored).
 * @throws Error that names the faulty line.
 */
export async function readCatalogue(file: string): Promise<Catalogue> {
	return parseCatalogue(await readFile(file, 'utf8'));
}

/** The offers of a CSV text with these columns; `yes` in `archived` puts an offer into the archive. */
export function parseCatalogue(csv: string): Catalogue {
	const rows: string[][] = parse(csv, { bom: true, trim: true, skip_empty_lines: true });
	const [header = [], ...lines] = rows;
	const [sku, name, price] = COLUMNS.map((column) => {
		const position = header.indexOf(column);
		if (position === -1) throw new Error(`The catalogue has no column '${column}'`);
		return position;
	}) as [number, number, number];

	const archived = header.indexOf('archived');

	const seen = new Set<string>();
	return lines.map((line, index) => {
		const offer: Offer = {
			sku: line[sku] ?? '',
			name: line[name] ?? '',
			price: Number(line[price]),
			...(line[archived] === 'yes' && { archived: true }),
		};
		const place = `Catalogue line ${index + 2}`;
		if (offer.sku === '') throw new Error(`${place} has no SKU`);
		if (seen.has(offer.sku)) throw new Error(`${place} repeats the SKU '${offer.sku}'`);
		if (!Number.isFinite(offer.price)) throw new Error(`${place} has a price that is not a number`);
		seen.add(offer.sku);
		return offer;
	});
}
