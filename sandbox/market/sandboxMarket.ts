import { generateCatalogue, type Catalogue } from '../catalogue';
import { systemClock, type Clock } from '../clock';
import type { OperationName, OrderSubstatus, ShipmentStatus, StockType } from '../contract';
import { FaultPlan } from '../faults/plan';
import { Notifications } from '../notifications/notifications';
import { postByHttp, type Post } from '../notifications/post';
import { YandexId } from '../oauth/yandexId';
import type { Random } from '../random';
import { STORES, type Store } from '../stores';
import { DEFAULT_SWITCHES, type Switches } from '../switches';
import { API_KEYS, type ApiKey } from '../tokens';
import { poolOf, type Balance } from './balances';
import { Callers } from './callers';
import { Calls, type Call, type OperationStatistics } from './calls';
import type { MarketReply, MarketRequest } from './http';
import { placesOf } from './marketWarehouses';
import type { Order, OrderItem } from './orders/order';
import type { OrderOptions } from './orders/orders';
import type { Return } from './orders/return';
import { actionsFor, type ActionName, type StepName } from './orders/steps';
import { Parallel } from './parallel';
import { Quotas, type QuotaWindow } from './quotas';
import { Reception } from './reception';
import { MarketState } from './state';
import { Watchers, type Watcher } from './watchers';

/** What a Market can be created with; everything has a default. */
export interface MarketOptions {
	/** @default the machine's clock */
	clock?: Clock;
	/** @default 50 generated offers */
	catalogue?: Catalogue;
	/** The state that `reset` returns to. @default DEFAULT_SWITCHES */
	switches?: Partial<Switches>;
	/** Stores in addition to the fixed ones. @default none */
	extraStores?: readonly Store[];
	/** @default the fixed tokens */
	apiKeys?: readonly ApiKey[];
	/** Decides on whatever is left to chance. @default Math.random */
	random?: Random;
	/** How notifications are sent. @default by HTTP, on this machine */
	post?: Post;
	/** How many calls are remembered. @default 1000 */
	keptCalls?: number;
	/** Lifetime of an OAuth token, in milliseconds. @default a year */
	oauthTokenLifetimeMs?: number;
}

/** An offer of one store, as the Market truly holds it. */
export interface OfferState {
	sku: string;
	/** Units for sale; null if no balance was ever given. */
	available: number | null;
	freeze: number;
	/** The date that reads show, in milliseconds; null if no balance was ever given. */
	updatedAt: number | null;
	hidden: boolean;
}

/** An order with its returns, and what can be done with it as it is. */
export interface OrderView extends Order {
	actions: ReadonlyArray<ActionName | 'return'>;
	returns: readonly Return[];
}

/**
 * The Market without HTTP: give it requests, and look behind its counter. All time comes from the clock, so an hour of
 * quotas passes as fast as a test advances it.
 */
export class SandboxMarket {
	readonly yandexId: YandexId;
	readonly notifications: Notifications;
	private readonly initialSwitches: Switches;
	private readonly liveSwitches: Switches;
	private readonly clock: Clock;
	private readonly state: MarketState;
	private readonly quotas: Quotas;
	private readonly parallel: Parallel;
	private readonly answeredCalls: Calls;
	private readonly watchers = new Watchers();
	private readonly reception: Reception;

	constructor(options: MarketOptions = {}) {
		this.clock = options.clock ?? systemClock;
		this.initialSwitches = { ...DEFAULT_SWITCHES, ...options.switches };
		this.liveSwitches = { ...this.initialSwitches };
		const now = () => this.now();
		this.yandexId = new YandexId(now, options.oauthTokenLifetimeMs);
		this.state = new MarketState(
			[...Object.values(STORES), ...(options.extraStores ?? [])],
			options.catalogue ?? generateCatalogue(50),
			this.liveSwitches,
			now,
			(store, sku) => this.watchers.offerChanged(store, sku),
			(event) => {
				this.watchers.orderHappened(event);
				this.notifications.tell(event);
			},
			(ms, work) => void this.clock.sleep(ms).then(work),
		);
		const random = options.random ?? Math.random;
		this.notifications = new Notifications({
			clock: this.clock,
			now,
			switches: this.liveSwitches,
			stores: this.state.stores,
			random,
			post: options.post ?? postByHttp,
			delivered: (delivery) => this.watchers.delivered(delivery),
		});
		this.quotas = new Quotas(this.liveSwitches);
		this.parallel = new Parallel(this.liveSwitches);
		this.answeredCalls = new Calls(options.keptCalls ?? 1_000);
		this.reception = new Reception(
			{
				clock: this.clock,
				switches: this.liveSwitches,
				state: this.state,
				callers: new Callers(options.apiKeys ?? API_KEYS, this.yandexId),
				quotas: this.quotas,
				parallel: this.parallel,
				calls: this.answeredCalls,
				faults: new FaultPlan(this.liveSwitches, random),
			},
			(call) => this.watchers.callAnswered(call),
		);
	}

	/**
	 * Answers a call to the Partner API.
	 * @throws ConnectionDropped if a fault cuts the connection.
	 */
	async handle(request: MarketRequest): Promise<MarketReply> {
		return await this.reception.handle(request);
	}

	/** The Market's own clock, in milliseconds: the machine's plus the skew. */
	now(): number {
		return this.clock.now() + this.liveSwitches.clockSkewMs;
	}

	get switches(): Readonly<Switches> {
		return this.liveSwitches;
	}

	/** Changes the named switches at once; the others stay. */
	setSwitches(changes: Partial<Switches>): void {
		Object.assign(this.liveSwitches, changes);
	}

	get stores(): readonly Store[] {
		return this.state.stores;
	}

	get catalogue(): Catalogue {
		return this.state.catalogue;
	}

	/** Every offer of a store, in the catalogue's order, whether reads already show it or not. */
	offers(campaignId: number): OfferState[] {
		return this.state.catalogue.map(({ sku }) => this.offer(campaignId, sku));
	}

	/** One offer of a store. @throws Error for an unknown store or SKU. */
	offer(campaignId: number, sku: string): OfferState {
		const store = this.knownStore(campaignId);
		this.checkSku(sku);
		const balance = this.state.balances.held(store, sku);
		return {
			sku,
			available: balance?.available ?? null,
			freeze: balance?.freeze ?? 0,
			updatedAt: balance?.shownStamp ?? null,
			hidden: this.state.hiddenOffers.held(store, sku),
		};
	}

	/** Units for sale of an offer in a warehouse; null if no balance was ever given. @throws Error if it is unknown */
	warehouseStock(warehouseId: number, sku: string): number | null {
		const store = this.state.stores.find((candidate) => candidate.warehouseId === warehouseId);
		if (store === undefined) throw new Error(`No warehouse ${warehouseId}`);
		return this.offer(store.campaignId, sku).available;
	}

	/** The record of a balance, or undefined if none was ever given. */
	balance(campaignId: number, sku: string): Readonly<Balance> | undefined {
		return this.state.balances.held(this.knownStore(campaignId), sku);
	}

	/** Sets a balance as of now, bypassing all rules about stores and tokens. */
	setBalance(campaignId: number, sku: string, count: number): void {
		const store = this.knownStore(campaignId);
		this.checkSku(sku);
		this.state.balances.send(store, sku, count, this.now());
	}

	/** Sets a balance as of now in one of the Market's warehouses with goods of a store. @throws Error if it is unknown */
	setMarketStock(campaignId: number, warehouseId: number, sku: string, count: number): void {
		const [, ...others] = placesOf(this.knownStore(campaignId));
		const place = others.find((other) => other.warehouseId === warehouseId);
		if (place === undefined)
			throw new Error(
				`The Market has nothing of the store ${campaignId} in warehouse ${warehouseId}`,
			);
		this.checkSku(sku);
		this.state.balances.send(place, sku, count, this.now());
	}

	/** Hides an offer of a store or shows it again, bypassing all rules about stores and tokens. */
	setHidden(campaignId: number, sku: string, hidden: boolean): void {
		const store = this.knownStore(campaignId);
		this.checkSku(sku);
		this.state.hiddenOffers.set(store, sku, hidden);
	}

	/** Whether two stores share their goods. */
	sharesGoods(store: Store, other: Store): boolean {
		return poolOf(store) === poolOf(other);
	}

	/** Whether the storefront shows a store's offers at all: its model may be switched off in its warehouse. */
	isSelling(campaignId: number): boolean {
		return this.state.models.isSelling(this.knownStore(campaignId));
	}

	/** A buyer orders: AVAILABLE goes down and FREEZE up. @throws Error if the store cannot sell that. */
	placeOrder(campaignId: number, items: readonly OrderItem[], options?: OrderOptions): Order {
		if (!this.isSelling(campaignId)) throw new Error(`Store ${campaignId} is switched off`);
		for (const { sku } of items) this.checkSku(sku);
		return this.state.orders.place(this.knownStore(campaignId), items, options);
	}

	/** An order goes one step on its way; with `ship`, FREEZE goes down. */
	stepOrder(orderId: number, step: StepName): Order {
		return this.state.orders.step(orderId, step);
	}

	/** An order is cancelled: what is not packed yet is for sale again. */
	cancelOrder(orderId: number, substatus?: OrderSubstatus): Order {
		return this.state.orders.cancel(orderId, substatus);
	}

	/** The seller takes units out of an order: they are for sale again. */
	reduceOrder(orderId: number, items: readonly OrderItem[]): Order {
		return this.state.orders.reduce(orderId, items);
	}

	/** An order is to leave the store a day later. */
	postponeOrder(orderId: number): Order {
		return this.state.orders.postpone(orderId);
	}

	/** The buyer of a DBS order that is on its way wants to cancel it. */
	requestCancellation(orderId: number): Order {
		return this.state.orders.requestCancellation(orderId);
	}

	/** Some items of an order come back, or all of them. */
	returnOrder(orderId: number, items?: readonly OrderItem[], stockType?: StockType): Return {
		return this.state.returns.open(orderId, items, stockType);
	}

	/** The goods of a return come nearer to the store; with PICKED it has them. */
	moveReturn(returnId: number, shipmentStatus?: ShipmentStatus): Return {
		return this.state.returns.move(returnId, shipmentStatus);
	}

	orders(): Order[] {
		return this.state.orders.all();
	}

	/** An order, and what can be done with it as it is. @throws Error if it is unknown */
	orderView(orderId: number): OrderView {
		const order = this.state.orders.get(orderId);
		const actions = [
			...actionsFor(order),
			...(this.state.returns.canOpen(orderId) ? (['return'] as const) : []),
		];
		return { ...order, actions, returns: this.state.returns.ofOrder(orderId) };
	}

	returns(): Return[] {
		return this.state.returns.all();
	}

	/** The latest calls in the order in which they were answered. */
	calls(): Call[] {
		return this.answeredCalls.list();
	}

	/** What happened to each method that was called since the start or the last reset. */
	statistics(): Partial<Record<OperationName, OperationStatistics>> {
		return this.answeredCalls.statistics();
	}

	/** What became of every quota, window by window, since the start or the last reset. */
	windows(): QuotaWindow[] {
		return this.quotas.list();
	}

	/** Maximum number of requests that any one store or caller had under way at once. */
	get peakParallel(): number {
		return this.parallel.peak;
	}

	/** Reports every change and call from now on. @returns a function that stops it. */
	watch(watcher: Partial<Watcher>): () => void {
		return this.watchers.add(watcher);
	}

	/** Back to the start: switches, balances, hidden offers, orders, notifications, quotas, calls. Sign-ins stay. */
	reset(): void {
		Object.assign(this.liveSwitches, this.initialSwitches);
		this.state.clear();
		this.notifications.clear();
		this.quotas.clear();
		this.answeredCalls.clear();
		this.parallel.peak = 0;
		this.watchers.wasReset();
	}

	private knownStore(campaignId: number): Store {
		const store = this.state.store(campaignId);
		if (store === undefined) throw new Error(`No store ${campaignId}`);
		return store;
	}

	private checkSku(sku: string): void {
		if (this.state.offer(sku) === undefined) throw new Error(`The catalogue has no '${sku}'`);
	}
}
