import type { Catalogue, SandboxMarket } from '../../../../sandbox';

/** One balance as a webhook brings it. */
export interface Row {
	sku: string;
	stock: number;
}

/** A balance for each offer: its place among them, plus this much. */
export function balancesOf(offers: Catalogue, plus = 0): Row[] {
	return offers.map(({ sku }, index) => ({ sku, stock: index + plus }));
}

/** Cuts a list into this many equal parts. */
export function inParts<T>(list: readonly T[], count: number): T[][] {
	const size = Math.ceil(list.length / count);
	return Array.from({ length: count }, (_, part) => list.slice(part * size, (part + 1) * size));
}

/** The balances that a store does not hold as meant, each with what it does hold. */
export function wrongOnes(
	market: SandboxMarket,
	campaignId: number,
	rows: readonly Row[],
): object[] {
	return rows
		.map((row) => ({ ...row, held: market.offer(campaignId, row.sku).available }))
		.filter(({ stock, held }) => stock !== held);
}
