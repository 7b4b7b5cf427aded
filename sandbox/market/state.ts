import type { Catalogue, Offer } from '../catalogue';
import type { Store } from '../stores';
import type { Switches } from '../switches';
import { Balances } from './balances';
import { HiddenOffers } from './hiddenOffers';
import { ModelStatuses } from './modelStatuses';
import type { OrderEvent } from './orders/events';
import { Orders } from './orders/orders';
import { Returns } from './orders/returns';
import { PartnerWarehouses } from './partnerWarehouses';

/** What the Market knows: stores, goods, balances, hidden offers, orders, returns. */
export class MarketState {
	readonly balances: Balances;
	readonly hiddenOffers: HiddenOffers;
	readonly models: ModelStatuses;
	readonly orders: Orders;
	readonly returns: Returns;
	readonly partnerWarehouses: PartnerWarehouses;
	private readonly storesById: ReadonlyMap<number, Store>;
	private readonly offersBySku: ReadonlyMap<string, Offer>;

	constructor(
		readonly stores: readonly Store[],
		readonly catalogue: Catalogue,
		readonly switches: Readonly<Switches>,
		/** The Market's own clock, in milliseconds. */
		readonly now: () => number,
		offerChanged: (store: Store, sku: string) => void,
		orderHappened: (event: OrderEvent) => void,
		/** Does something after so many milliseconds. */
		later: (ms: number, work: () => void) => void,
	) {
		this.storesById = new Map(stores.map((store) => [store.campaignId, store]));
		if (this.storesById.size < stores.length)
			throw new Error('Two stores have the same campaignId');
		this.offersBySku = new Map(catalogue.map((offer) => [offer.sku, offer]));
		this.balances = new Balances(switches, now, offerChanged);
		this.hiddenOffers = new HiddenOffers(switches, now, offerChanged);
		this.models = new ModelStatuses(switches, now);
		this.orders = new Orders(this.balances, this.hiddenOffers, switches, now, orderHappened, later);
		this.returns = new Returns(this.orders, now, orderHappened);
		this.partnerWarehouses = new PartnerWarehouses(stores);
	}

	store(campaignId: number): Store | undefined {
		return this.storesById.get(campaignId);
	}

	/** The catalogue's offer. SKUs that differ in case or in leading zeros are different. */
	offer(sku: string): Offer | undefined {
		return this.offersBySku.get(sku);
	}

	clear(): void {
		this.balances.clear();
		this.hiddenOffers.clear();
		this.models.clear();
		this.orders.clear();
		this.returns.clear();
	}
}
