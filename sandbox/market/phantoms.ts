import { allOf, isCount, objectOf, oneOf, optional, takes, type Check } from '../checks';
import { OPERATIONS, type OperationName } from '../contract';

/** How much another program takes: at the opening of every window, or evenly as time goes by. */
type Appetite =
	| { itemsPerWindow: number; itemsPerSecond?: undefined }
	| { itemsPerSecond: number; itemsPerWindow?: undefined };

/** Another program that uses a quota of a store. */
export type Phantom = Appetite & {
	operation: OperationName;
	campaignId: number;
};

/** What other programs have asked for of a quota since its window opened, whether they got it or not. */
export function askedByPhantoms(
	phantoms: readonly Phantom[],
	operation: OperationName,
	entity: string,
	elapsedMs: number,
): number {
	return phantoms
		.filter((phantom) => phantom.operation === operation && `campaignId ${phantom.campaignId}` === entity)
		.reduce((sum, { itemsPerWindow = 0, itemsPerSecond = 0 }) => {
			return sum + Math.floor(itemsPerWindow + (itemsPerSecond * elapsedMs) / 1_000);
		}, 0);
}

const operationsOfStores = Object.entries(OPERATIONS).flatMap(([name, { path }]) =>
	path.includes('{campaignId}') ? [name] : [],
);

const isAmount = takes('a number, 0 or more', (value) => Number.isFinite(value) && Number(value) >= 0);

const hasAppetite: Check = (value, path) => {
	const { itemsPerWindow, itemsPerSecond } = value as Partial<Phantom>;
	if ((itemsPerWindow === undefined) !== (itemsPerSecond === undefined)) return undefined;
	return `${path} takes either itemsPerWindow or itemsPerSecond`;
};

/** Whether a value is a phantom. */
export const isPhantom: Check = allOf(
	objectOf({
		operation: oneOf(operationsOfStores),
		campaignId: isCount,
		itemsPerWindow: optional(isAmount),
		itemsPerSecond: optional(isAmount),
	}),
	hasAppetite,
);
