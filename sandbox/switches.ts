import { isBoolean, isCount, isDuration, isRate, listOf, oneOf, takes, type Check } from './checks';
import { PARALLEL_REQUESTS, SUBSCRIPTIONS, type Subscription } from './contract';
import { isFaultRule, type FaultRule } from './faults/rules';
import { isPoisonedSku, type PoisonedSku } from './faults/poisonedSku';
import { isDisabledModel, type DisabledModel } from './market/disabledModel';
import { isPhantom, type Phantom } from './market/phantoms';

/** What a user or a test may change about the Market while it runs. */
export interface Switches {
	/** Milliseconds that every call takes. @default 0 */
	latencyMs: number;
	/** `real`: the Market's amounts. `off`: nothing is refused. A number scales the amounts. @default 'real' */
	quotas: 'real' | 'off' | number;
	/** The paid subscription of every business. @default 'NONE' */
	subscription: Subscription;
	/** Milliseconds after which reads show a change. @default 0 */
	visibilityDelayMs: number;
	/** Milliseconds after which reads show an order, or a change of it. @default 0 */
	orderVisibilityDelayMs: number;
	/** Milliseconds after which the units of a cancelled or reduced order are for sale again. @default 0 */
	freeingDelayMs: number;
	/**
	 * Units that the seller removed from an order: `excluded` from its count, without a trace; `listed` as cancelled beside a
	 * count without them; or `included` in the count, and listed as cancelled. @default 'excluded'
	 */
	removedUnits: 'excluded' | 'listed' | 'included';
	/** Whether the orders of the last 30 days are meant also if orders are asked for by number. @default 'always' */
	defaultOrderDates: 'always' | 'withoutOrderIds';
	/** How exactly reads show the moments of orders. @default 'milliseconds' */
	orderMoments: 'milliseconds' | 'seconds';
	/** When ORDER_CREATED comes for an order that is to be paid first. @default 'placed' */
	createdNotification: 'placed' | 'paid';
	/** What comes when an order is cancelled: ORDER_CANCELLED, ORDER_STATUS_UPDATED or both. @default 'both' */
	cancelledNotification: 'both' | 'cancelled' | 'statusUpdated';
	/** Whether `/notification` is appended to the address of a subscription. @default 'appended' */
	notificationPath: 'appended' | 'asEntered';
	/** How often each notification is delivered. @default 1 */
	notificationCopies: number;
	/** Milliseconds that each notification waits at least. @default 0 */
	notificationDelayMs: number;
	/** Milliseconds that each waits in addition at most, by chance: they change places. @default 0 */
	notificationSpreadMs: number;
	/** The share of notifications that are never sent. @default 0 */
	notificationLoss: number;
	/** How many times faster than real time the pauses between repetitions go by. @default 1 */
	notificationSpeed: number;
	/** What happens to a SKU that is not in the catalogue: 200 and nothing, or 400. @default 'ignore' */
	unknownSku: 'ignore' | 'refuse';
	/** What happens to a warehouse that is not one of the business's: 200 and nothing, or 400. @default 'ignore' */
	unknownWarehouse: 'ignore' | 'refuse';
	/** Whether v3 reads and writes stocks in a business that has warehouse groups, or answers 400. @default 'accept' */
	v3WithGroups: 'accept' | 'refuse';
	/** Whether v2 writes stocks in a business that has no warehouse groups, or answers 400. @default 'accept' */
	v2WithoutGroups: 'accept' | 'refuse';
	/** Whether goods of open orders are subtracted from the number that a seller sends. @default false */
	deductReserves: boolean;
	/** Stores that are moving between businesses: their hidden offers answer 423. @default [] */
	migrating: readonly number[];
	/** Models of warehouses that the Market itself has switched off: no call switches them on. @default [] */
	disabledModels: readonly DisabledModel[];
	/** Milliseconds by which the Market's clock is ahead of this machine's; negative = behind. @default 0 */
	clockSkewMs: number;
	/** What goes wrong, and when. A rule with a count counts down with every call that it strikes. @default [] */
	faults: readonly FaultRule[];
	/** Other programs that use the same quotas. @default [] */
	phantom: readonly Phantom[];
	/** How many of each entity's slots for simultaneous calls others hold. @default 0 */
	phantomParallel: number;
	/** SKUs that the Market refuses, together with the whole request. @default [] */
	poisonedSkus: readonly PoisonedSku[];
	/** Whether the sign-in page agrees by itself. @default false */
	autoConsent: boolean;
}

/** The switches of a fresh sandbox. */
export const DEFAULT_SWITCHES: Switches = {
	latencyMs: 0,
	quotas: 'real',
	subscription: 'NONE',
	visibilityDelayMs: 0,
	orderVisibilityDelayMs: 0,
	freeingDelayMs: 0,
	removedUnits: 'excluded',
	defaultOrderDates: 'always',
	orderMoments: 'milliseconds',
	createdNotification: 'placed',
	cancelledNotification: 'both',
	notificationPath: 'appended',
	notificationCopies: 1,
	notificationDelayMs: 0,
	notificationSpreadMs: 0,
	notificationLoss: 0,
	notificationSpeed: 1,
	unknownSku: 'ignore',
	unknownWarehouse: 'ignore',
	v3WithGroups: 'accept',
	v2WithoutGroups: 'accept',
	deductReserves: false,
	migrating: [],
	disabledModels: [],
	clockSkewMs: 0,
	faults: [],
	phantom: [],
	phantomParallel: 0,
	poisonedSkus: [],
	autoConsent: false,
};

const CHECKS: Record<keyof Switches, Check> = {
	latencyMs: isDuration,
	quotas: takes("'real', 'off' or a number above 0", (value) => {
		return value === 'real' || value === 'off' || (Number.isFinite(value) && Number(value) > 0);
	}),
	subscription: oneOf(SUBSCRIPTIONS),
	visibilityDelayMs: isDuration,
	orderVisibilityDelayMs: isDuration,
	freeingDelayMs: isDuration,
	removedUnits: oneOf(['excluded', 'listed', 'included']),
	defaultOrderDates: oneOf(['always', 'withoutOrderIds']),
	orderMoments: oneOf(['milliseconds', 'seconds']),
	createdNotification: oneOf(['placed', 'paid']),
	cancelledNotification: oneOf(['both', 'cancelled', 'statusUpdated']),
	notificationPath: oneOf(['appended', 'asEntered']),
	notificationCopies: isCount,
	notificationDelayMs: isDuration,
	notificationSpreadMs: isDuration,
	notificationLoss: isRate,
	notificationSpeed: takes(
		'a number above 0',
		(value) => Number.isFinite(value) && Number(value) > 0,
	),
	unknownSku: oneOf(['ignore', 'refuse']),
	unknownWarehouse: oneOf(['ignore', 'refuse']),
	v3WithGroups: oneOf(['accept', 'refuse']),
	v2WithoutGroups: oneOf(['accept', 'refuse']),
	deductReserves: isBoolean,
	migrating: listOf(isCount),
	disabledModels: listOf(isDisabledModel),
	clockSkewMs: takes('milliseconds', Number.isFinite),
	faults: listOf(isFaultRule),
	phantom: listOf(isPhantom),
	phantomParallel: takes(`a whole number, 0 to ${PARALLEL_REQUESTS}`, (value) => {
		return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= PARALLEL_REQUESTS;
	}),
	poisonedSkus: listOf(isPoisonedSku),
	autoConsent: isBoolean,
};

/**
 * The changes that a control call or a command line asks for.
 * @throws Error that names the switch, the place in it and what is allowed there.
 */
export function parseSwitches(changes: unknown): Partial<Switches> {
	if (typeof changes !== 'object' || changes === null || Array.isArray(changes)) {
		throw new Error('Switches are given as an object');
	}
	for (const [name, value] of Object.entries(changes)) {
		if (!Object.hasOwn(CHECKS, name)) {
			throw new Error(`No switch '${name}'. Switches: ${Object.keys(CHECKS).join(', ')}`);
		}
		const complaint = CHECKS[name as keyof Switches](value, `Switch '${name}'`);
		if (complaint !== undefined) throw new Error(complaint);
	}
	return changes as Partial<Switches>;
}
