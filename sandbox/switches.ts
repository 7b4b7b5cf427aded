/** A simple fault: how many of the next calls meet it, and what they get. */
export interface FailNext {
	/** The status of the reply, or `drop`: the connection ends without one. Nothing is applied either way. */
	status: 500 | 503 | 'drop';
	/** Calls still to fail. Goes down by one with each. */
	count: number;
}

/** What a user or a test may change about the Market while it runs. */
export interface Switches {
	/** Milliseconds that every call takes. @default 0 */
	latencyMs: number;
	/** `real`: the Market's amounts. `off`: nothing is refused. A number scales the amounts. @default 'real' */
	quotas: 'real' | 'off' | number;
	/** Milliseconds after which reads show a change. @default 0 */
	visibilityDelayMs: number;
	/** What happens to a SKU that is not in the catalogue: 200 and nothing, or 400. @default 'ignore' */
	unknownSku: 'ignore' | 'refuse';
	/** Whether goods of open orders are taken off the number that a seller sends. @default false */
	deductReserves: boolean;
	/** Stores that move between cabinets: their hidden offers answer 423. @default [] */
	migrating: readonly number[];
	/** Milliseconds by which the Market's clock is ahead of this machine's; negative = behind. @default 0 */
	clockSkewMs: number;
	/** The next calls fail. @default null */
	failNext: FailNext | null;
	/** Whether the sign-in page agrees by itself. @default false */
	autoConsent: boolean;
}

/** The switches of a fresh sandbox. */
export const DEFAULT_SWITCHES: Switches = {
	latencyMs: 0,
	quotas: 'real',
	visibilityDelayMs: 0,
	unknownSku: 'ignore',
	deductReserves: false,
	migrating: [],
	clockSkewMs: 0,
	failNext: null,
	autoConsent: false,
};

type Check = (value: unknown) => boolean;

const isDuration: Check = (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const isBoolean: Check = (value) => typeof value === 'boolean';
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) > 0;

const CHECKS: Record<keyof Switches, { check: Check; wanted: string }> = {
	latencyMs: { check: isDuration, wanted: 'milliseconds, 0 or more' },
	quotas: {
		check: (value) => value === 'real' || value === 'off' || (isDuration(value) && value !== 0),
		wanted: "'real', 'off' or a number above 0",
	},
	visibilityDelayMs: { check: isDuration, wanted: 'milliseconds, 0 or more' },
	unknownSku: { check: (value) => value === 'ignore' || value === 'refuse', wanted: "'ignore' or 'refuse'" },
	deductReserves: { check: isBoolean, wanted: 'true or false' },
	migrating: { check: (value) => Array.isArray(value) && value.every(isCount), wanted: 'a list of campaign ids' },
	clockSkewMs: { check: (value) => Number.isFinite(value), wanted: 'milliseconds' },
	failNext: {
		check: (value) => value === null || isFailNext(value),
		wanted: "null or { status: 500 | 503 | 'drop', count: 1 or more }",
	},
	autoConsent: { check: isBoolean, wanted: 'true or false' },
};

function isFailNext(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const { status, count } = value as Partial<FailNext>;
	return (status === 500 || status === 503 || status === 'drop') && isCount(count);
}

/**
 * The changes that a control call or a command line asks for.
 * @throws Error that names the switch and what it takes.
 */
export function parseSwitches(changes: unknown): Partial<Switches> {
	if (typeof changes !== 'object' || changes === null || Array.isArray(changes)) {
		throw new Error('Switches are given as an object');
	}
	for (const [name, value] of Object.entries(changes)) {
		if (!Object.hasOwn(CHECKS, name)) {
			throw new Error(`No switch '${name}'. Switches: ${Object.keys(CHECKS).join(', ')}`);
		}
		const { check, wanted } = CHECKS[name as keyof Switches];
		if (!check(value)) throw new Error(`Switch '${name}' takes ${wanted}`);
	}
	return changes as Partial<Switches>;
}
