import {
	allOf,
	isCount,
	isDuration,
	isRate,
	objectOf,
	oneOf,
	optional,
	type Check,
} from '../checks';
import { OPERATIONS, type OperationName } from '../contract';

/** Every way in which a call can go wrong; `effects.ts` defines what each one does. */
export const FAULT_KINDS = [
	'dropBefore',
	'dropAfter',
	'resetMidBody',
	'500',
	'502',
	'503',
	'500empty',
	'502empty',
	'503empty',
	'errorAfter',
	'html502',
	'html200',
	'truncatedJson',
	'errorStatus',
	'slow',
	'limit',
	'parallel',
] as const;

/** One way in which a call can go wrong. */
export type FaultKind = (typeof FAULT_KINDS)[number];

/** What goes wrong; a slow call says for how many milliseconds. */
type Fault = { kind: Exclude<FaultKind, 'slow'>; ms?: undefined } | { kind: 'slow'; ms: number };

/** When: on the next `count` calls, which counts down, or on any call with the probability `rate`. */
type Occasion = { count: number; rate?: undefined } | { rate: number; count?: undefined };

/** What goes wrong, and when. */
export type FaultRule = Fault &
	Occasion & {
		/** The method whose calls it strikes; absent = all. */
		operation?: OperationName;
	};

/** What a slow call takes in addition to the usual latency, if faults come at random. */
const SLOW_MS = 2_000;

/** Faults of all kinds, equally often, on `rate` of all calls. */
export function mixedFaults(rate: number): FaultRule[] {
	const share = rate / FAULT_KINDS.length;
	return FAULT_KINDS.map((kind) =>
		kind === 'slow' ? { kind, ms: SLOW_MS, rate: share } : { kind, rate: share },
	);
}

const hasOccasion: Check = (value, path) => {
	const { count, rate } = value as Partial<FaultRule>;
	return (count === undefined) === (rate === undefined)
		? `${path} takes either count or rate`
		: undefined;
};

const hasOwnDuration: Check = (value, path) => {
	const { kind, ms } = value as Partial<FaultRule>;
	if ((kind === 'slow') === (ms !== undefined)) return undefined;
	return `${path}.ms takes milliseconds, with the kind 'slow' only`;
};

/** Whether a value is a rule. */
export const isFaultRule: Check = allOf(
	objectOf({
		kind: oneOf(FAULT_KINDS),
		count: optional(isCount),
		rate: optional(isRate),
		operation: optional(oneOf(Object.keys(OPERATIONS))),
		ms: optional(isDuration),
	}),
	hasOccasion,
	hasOwnDuration,
);
