import { allOf, isCount, objectOf, oneOf, optional, takes, type Check } from '../checks';
import { OPERATIONS, type OperationName } from '../contract';

/** How much another program takes: at the opening of every window, or evenly over time. */
type Appetite =
	| { itemsPerWindow: number; itemsPerSecond?: undefined }
	| { itemsPerSecond: number; itemsPerWindow?: undefined };

/** Whose quota it uses: a store's or a business's, depending on the method's path. */
type Place =
	{ campaignId: number; businessId?: undefined } | { businessId: number; campaignId?: undefined };

/** Another program that uses a quota of a store or a business. */
export type Phantom = Appetite & Place & { operation: OperationName };

/** How much of a quota other programs have asked for since its window opened, whether they got it or not. */
export function askedByPhantoms(
	phantoms: readonly Phantom[],
	operation: OperationName,
	entity: string,
	elapsedMs: number,
): number {
	return phantoms
		.filter((phantom) => phantom.operation === operation && entityOf(phantom) === entity)
		.reduce((sum, { itemsPerWindow = 0, itemsPerSecond = 0 }) => {
			return sum + Math.floor(itemsPerWindow + (itemsPerSecond * elapsedMs) / 1_000);
		}, 0);
}

function entityOf({ campaignId, businessId }: Place): string {
	return campaignId === undefined ? `businessId ${businessId}` : `campaignId ${campaignId}`;
}

const operationsWithPlace = Object.entries(OPERATIONS).flatMap(([name, { path }]) =>
	path.includes('{') ? [name] : [],
);

const isAmount = takes(
	'a number, 0 or more',
	(value) => Number.isFinite(value) && Number(value) >= 0,
);

const hasAppetite: Check = (value, path) => {
	const { itemsPerWindow, itemsPerSecond } = value as Partial<Phantom>;
	if ((itemsPerWindow === undefined) !== (itemsPerSecond === undefined)) return undefined;
	return `${path} takes either itemsPerWindow or itemsPerSecond`;
};

const hasPlace: Check = (value, path) => {
	const { operation, campaignId, businessId } = value as Partial<Phantom>;
	const isOfStore = operation !== undefined && OPERATIONS[operation].path.includes('{campaignId}');
	const [name, id, other] = isOfStore
		? ['campaignId', campaignId, businessId]
		: ['businessId', businessId, campaignId];
	if (other !== undefined) return `${path} takes ${name} only, with this operation`;
	return isCount(id, `${path}.${name}`);
};

/** Whether a value is a phantom. */
export const isPhantom: Check = allOf(
	objectOf({
		operation: oneOf(operationsWithPlace),
		campaignId: optional(isCount),
		businessId: optional(isCount),
		itemsPerWindow: optional(isAmount),
		itemsPerSecond: optional(isAmount),
	}),
	hasPlace,
	hasAppetite,
);
