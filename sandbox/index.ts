export {
	generateCatalogue,
	parseCatalogue,
	readCatalogue,
	type Catalogue,
	type Offer,
} from './catalogue';
export { systemClock, type Clock } from './clock';
export { FAULT_KINDS, mixedFaults, type FaultKind, type FaultRule } from './faults/rules';
export { ConnectionDropped } from './market/refusal';
export type { Balance } from './market/balances';
export type { Call, OperationStatistics } from './market/calls';
export type { MarketReply, MarketRequest } from './market/http';
export type { Order, OrderItem, OrderLine } from './market/orders/order';
export type { OrderOptions } from './market/orders/orders';
export type { Return } from './market/orders/return';
export type { StepName } from './market/orders/steps';
export type { PoisonedSku } from './faults/poisonedSku';
export type { Phantom } from './market/phantoms';
export type { QuotaWindow } from './market/quotas';
export {
	SandboxMarket,
	type MarketOptions,
	type OfferState,
	type OrderView,
} from './market/sandboxMarket';
export type { Watcher } from './market/watchers';
export type { Notification } from './notifications/bodies';
export type { Delivery } from './notifications/deliveryLog';
export type { Notifications } from './notifications/notifications';
export type { Answer, Post } from './notifications/post';
export type { Subscription, SubscriptionRequest } from './notifications/subscriptions';
export { OAUTH_CLIENT, YandexId } from './oauth/yandexId';
export { seededRandom, type Random } from './random';
export { startSandbox, type Sandbox, type SandboxOptions } from './server';
export {
	BUSINESSES,
	extraStores,
	STORES,
	type Business,
	type MarketWarehouse,
	type Store,
	type WarehouseGroup,
} from './stores';
export { DEFAULT_SWITCHES, parseSwitches, type Switches } from './switches';
export { API_KEYS, TOKENS, type ApiKey } from './tokens';
export { tokensAndStores } from './tokensAndStores';
