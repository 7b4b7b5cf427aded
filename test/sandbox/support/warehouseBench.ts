import { STORES, TOKENS } from '../../../sandbox';
import { Bench, skuAt, type Reply, type ShownOffer } from './bench';

/** The business without warehouse groups. */
export const BUSINESS = STORES.warehouseFbs.businessId;
export const MAIN = STORES.warehouseFbs.warehouseId;
export const DBS = STORES.warehouseDbs.warehouseId;

/** An entry of either list of warehouses. */
export interface ListedWarehouse {
	id: number;
	name: string;
	models?: Array<{ placementType: string; apiAvailability: string }>;
	campaignId?: number;
	express?: boolean;
	groupInfo?: { id: number; name: string };
	address?: { city: string; gps: object };
	status?: { status: string };
}

/** What a call may be made with besides its body. */
interface Access {
	query?: string;
	/** @default the business without groups */
	businessId?: number;
	/** @default the token of that business */
	apiKey?: string;
}

/** A Market on a hand-driven clock, and short ways to call the methods of a business. */
export class WarehouseBench extends Bench {
	/** Sends balances to warehouses, by v3. */
	async sendItems(skuItems: unknown, access?: Access): Promise<Reply> {
		return await this.ofBusiness('v3', 'offers/stocks/update', { skuItems }, access);
	}

	/** Reads the stocks of a warehouse, by v3. */
	async warehouseStocks(body: unknown, access?: Access): Promise<Reply> {
		return await this.ofBusiness('v3', 'offers/stocks', body, access);
	}

	/** What a v3 read shows as AVAILABLE for one SKU; undefined if it shows no stocks. */
	async availableAt(partnerWarehouseId: number, sku: string): Promise<number | undefined> {
		const [offer] = offersAt(await this.warehouseStocks({ partnerWarehouseId, offerIds: [sku] }));
		return offer?.stocks.find(({ type }) => type === 'AVAILABLE')?.count;
	}

	/** The warehouses outside groups, by v3. */
	async partnerWarehouses(body?: unknown, access?: Access): Promise<Reply> {
		return await this.ofBusiness('v3', 'warehouses', body, access);
	}

	/** All warehouses, store by store, by v2. */
	async pagedWarehouses(body?: unknown, access?: Access): Promise<Reply> {
		return await this.ofBusiness('v2', 'warehouses', body, access);
	}

	/** Switches a model of a warehouse, by v3. */
	async switchModel(body?: unknown, access?: Access): Promise<Reply> {
		return await this.ofBusiness('v3', 'warehouse/models/status', body, access);
	}

	async offerMappings(body?: unknown, access?: Access): Promise<Reply> {
		return await this.ofBusiness('v2', 'offer-mappings', body, access);
	}

	private async ofBusiness(
		version: string,
		path: string,
		body: unknown,
		{ query = '', businessId = BUSINESS, apiKey = TOKENS.warehouseAll }: Access = {},
	): Promise<Reply> {
		return await this.call('POST', `/${version}/businesses/${businessId}/${path}${query}`, {
			body,
			headers: { 'Api-Key': apiKey, 'Content-Type': 'application/json' },
		});
	}
}

/** The offers of a v3 read. */
export function offersAt({ body }: Reply): ShownOffer[] {
	return (body.result as { offers?: ShownOffer[] } | undefined)?.offers ?? [];
}

/** The warehouses of either list. */
export function warehousesOf({ body }: Reply): ListedWarehouse[] {
	return (body.result as { warehouses?: ListedWarehouse[] } | undefined)?.warehouses ?? [];
}

/** One entry of a v3 write. */
export function skuItem(
	sku: unknown,
	partnerWarehouseId: unknown = MAIN,
	count: unknown = 1,
	updatedAt?: unknown,
): object {
	return { sku, partnerWarehouseId, count, updatedAt };
}

/** `count` entries with the generated catalogue's SKUs, to one warehouse. */
export function skuItems(count: number, partnerWarehouseId: number = MAIN): object[] {
	return Array.from({ length: count }, (_, index) => skuItem(skuAt(index), partnerWarehouseId));
}
