import { mixedFaults, seededRandom, type Random, type Switches } from '../sandbox';

/** Share of the calls that go wrong, in all the ways there are. */
const FAULT_RATE = 0.05;
/** The same random faults every time, and as hard as 5 % can get on so few calls. */
const SEED = 242;
/** Share of the Market's quotas: 3,000 offers a minute can be hidden or shown, and 60,000 balances sent. */
const QUOTA_SCALE = 0.6;
/** Balances a minute that another program sends to the same store: 3,000 are left. */
const SENT_BY_OTHERS = 57_000;

/** The random numbers that decide which calls fail. */
export function faultChance(): Random {
	return seededRandom(SEED);
}

/** A Market on a bad day: a file of 5,000 rows needs two windows of every quota. */
export function hardship(campaignId: number): Partial<Switches> {
	return {
		faults: mixedFaults(FAULT_RATE),
		quotas: QUOTA_SCALE,
		phantom: [{ operation: 'updateStocks', campaignId, itemsPerWindow: SENT_BY_OTHERS }],
	};
}

/** A Market on a good day, for reading it back. */
export const CALM: Partial<Switches> = { faults: [], quotas: 'off', phantom: [] };
