import {
	SandboxMarket,
	STORES,
	TOKENS,
	type MarketOptions,
	type MarketReply,
} from '../../../sandbox';
import { HandClock } from './handClock';

/** An offer as getStocks shows it. */
export interface ShownOffer {
	offerId: string;
	stocks: Array<{ type: string; count: number }>;
	updatedAt?: string;
}

/** The parts of the Market's replies, all of which are there in some reply. */
export interface ReplyBody {
	status?: string;
	errors?: Array<{ code: string; message: string }>;
	result?: {
		warehouses?: Array<{ warehouseId: number; offers: ShownOffer[] }>;
		hiddenOffers?: Array<{ offerId: string }>;
		paging?: { nextPageToken?: string };
		apiKey?: { name: string; authScopes: string[] };
	};
	campaigns?: Array<{ id: number; placementType: string; apiAvailability: string }>;
	campaign?: { id: number; apiAvailability: string };
	pager?: Record<string, number>;
	paging?: { nextPageToken?: string };
}

/** A reply with its body parsed. */
export interface Reply {
	status: number;
	headers: Record<string, string>;
	body: ReplyBody;
	/** The messages of the error envelope. */
	messages: string[];
}

/** What a call may be made with besides its verb and path. */
export interface CallOptions {
	body?: unknown;
	/** Overrides the all-methods token and the content type. */
	headers?: Record<string, string>;
}

/** A Market on a hand-driven clock, and short ways to call it. */
export class Bench {
	readonly clock = new HandClock();
	readonly market: SandboxMarket;

	constructor(options: MarketOptions = {}) {
		this.market = new SandboxMarket({ clock: this.clock, ...options });
	}

	/** A reply whose body need not be JSON. */
	async raw(
		method: string,
		path: string,
		{ body, headers }: CallOptions = {},
	): Promise<MarketReply> {
		return await this.market.handle({
			method,
			path,
			headers: headers ?? { 'Api-Key': TOKENS.allMethods, 'Content-Type': 'application/json' },
			body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
		});
	}

	async call(method: string, path: string, options?: CallOptions): Promise<Reply> {
		const reply = await this.raw(method, path, options);
		const parsed = JSON.parse(reply.body) as ReplyBody;
		return {
			status: reply.status,
			headers: reply.headers,
			body: parsed,
			messages: (parsed.errors ?? []).map(({ message }) => message),
		};
	}

	/** Sends balances: pairs of SKU and count, or whole entries. */
	async send(skus: unknown, campaignId: number = STORES.fbs.campaignId): Promise<Reply> {
		return await this.call('PUT', `/v2/campaigns/${campaignId}/offers/stocks`, { body: { skus } });
	}

	async stocks(
		query = '',
		body?: unknown,
		campaignId: number = STORES.fbs.campaignId,
	): Promise<Reply> {
		return await this.call('POST', `/v2/campaigns/${campaignId}/offers/stocks${query}`, { body });
	}

	async hide(
		offerIds: readonly unknown[],
		campaignId: number = STORES.fbs.campaignId,
	): Promise<Reply> {
		return await this.call('POST', `/v2/campaigns/${campaignId}/hidden-offers`, {
			body: hiddenOffers(offerIds),
		});
	}

	async reveal(
		offerIds: readonly unknown[],
		campaignId: number = STORES.fbs.campaignId,
	): Promise<Reply> {
		const path = `/v2/campaigns/${campaignId}/hidden-offers/delete`;
		return await this.call('POST', path, { body: hiddenOffers(offerIds) });
	}

	async hidden(query = '', campaignId: number = STORES.fbs.campaignId): Promise<Reply> {
		return await this.call('GET', `/v2/campaigns/${campaignId}/hidden-offers${query}`);
	}

	/** What a read shows as AVAILABLE for one SKU; undefined if it shows no stocks. */
	async available(
		sku: string,
		campaignId: number = STORES.fbs.campaignId,
	): Promise<number | undefined> {
		const [offer] = shownOffers(await this.stocks('', { offerIds: [sku] }, campaignId));
		return offer?.stocks.find(({ type }) => type === 'AVAILABLE')?.count;
	}
}

/** The offers of a getStocks reply. */
export function shownOffers({ body }: Reply): ShownOffer[] {
	return body.result?.warehouses?.[0]?.offers ?? [];
}

/** The SKUs of a getHiddenOffers reply. */
export function hiddenSkus({ body }: Reply): string[] {
	return (body.result?.hiddenOffers ?? []).map(({ offerId }) => offerId);
}

/** One entry of a stock write. */
export function entry(sku: unknown, count: unknown = 1, updatedAt?: unknown): object {
	return { sku, items: [{ count, updatedAt }] };
}

/** `count` entries with the generated catalogue's SKUs. */
export function entries(count: number): object[] {
	return Array.from({ length: count }, (_, index) => entry(skuAt(index)));
}

/** The generated catalogue's SKU at a position. */
export function skuAt(index: number): string {
	return `SKU-${String(index + 1).padStart(5, '0')}`;
}

function hiddenOffers(offerIds: readonly unknown[]): object {
	return { hiddenOffers: offerIds.map((offerId) => ({ offerId })) };
}
