import { seededRandom, type Random } from '../../../sandbox';
import { FAULT_KINDS, type FaultKind } from './kinds';

/** Which requests meet which faults. The same seed makes the same plan. */
export interface FaultPlan {
	/** One line for people. */
	summary: string;
	/** What the request with this number meets, from 0; undefined if nothing goes wrong. */
	kindFor(ordinal: number, random: Random): FaultKind | undefined;
}

/** Nothing goes wrong. */
export const NO_FAULTS: FaultPlan = { summary: 'no faults', kindFor: () => undefined };

/** Most faults in one scenario, if they strike at random. */
const MOST_FAULTS = 30;

/** Faults at random, several in a row, or without end. */
export function planFaults(seed: number): FaultPlan {
	const random = seededRandom(seed);
	const shape = random();
	if (shape < 0.05) return NO_FAULTS;
	const kinds =
		random() < 0.3 ? FAULT_KINDS : someOf(FAULT_KINDS, 1 + Math.floor(random() * 4), random);
	const names = kinds === FAULT_KINDS ? 'any kind' : kinds.map(({ name }) => name).join(', ');
	if (shape < 0.15)
		return { summary: `always: ${names}`, kindFor: (_, chance) => oneOf(kinds, chance) };
	if (shape < 0.4) {
		const from = Math.floor(random() * 6);
		const count = 1 + Math.floor(random() * 8);
		return {
			summary: `requests ${from} to ${from + count - 1}: ${names}`,
			kindFor: (ordinal, chance) =>
				ordinal >= from && ordinal < from + count ? oneOf(kinds, chance) : undefined,
		};
	}
	const rate = [0.05, 0.2, 0.5][Math.floor(random() * 3)] as number;
	let left = MOST_FAULTS;
	return {
		summary: `${rate * 100} % of the requests: ${names}`,
		kindFor: (_, chance) => {
			if (left === 0 || chance() >= rate) return undefined;
			left -= 1;
			return oneOf(kinds, chance);
		},
	};
}

function oneOf<T>(list: readonly T[], random: Random): T {
	return list[Math.floor(random() * list.length)] as T;
}

function someOf<T>(list: readonly T[], count: number, random: Random): T[] {
	const left = [...list];
	return Array.from(
		{ length: count },
		() => left.splice(Math.floor(random() * left.length), 1)[0] as T,
	);
}
