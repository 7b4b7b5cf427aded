import type { BalanceRow } from './balances';
import type { Difficulties } from './difficulties';

/** One step of the flow, from the seller's side. */
export interface StepFacts {
	/** "Hidden", "Updated", "Shown again". */
	done: string;
	/** Rows that the step says the Market accepted. */
	accepted: number;
	/** Calls to the step's method of the Market. */
	requests: number;
	/** Absent where the step did not run. */
	seconds?: number;
	/** Why the step stopped as a whole. */
	error?: string;
}

/** All that is known after the flow ran. */
export interface Facts {
	rows: readonly BalanceRow[];
	/** n8n's word for how the execution ended, and the message where it ended badly. */
	execution: { status: string; error?: string };
	steps: readonly StepFacts[];
	/** Where the Market was made to fail. */
	difficulties?: Difficulties;
	/** What the Market holds: units for sale by SKU, and the SKUs that buyers cannot see. */
	market: { balances: ReadonlyMap<string, number>; hidden: readonly string[] };
	/** Path of n8n's log. */
	log: string;
}

/** Whether everything is as it must be, and the words for the seller. */
export interface Verdict {
	ok: boolean;
	lines: string[];
}

/** One thing that must be true. */
interface Check {
	ok: boolean;
	lines: string[];
}

const SHOWN_DIFFERENCES = 5;

export function judge(facts: Facts): Verdict {
	const checks = [
		...checkDifficulties(facts),
		checkExecution(facts),
		checkSteps(facts),
		checkBalances(facts),
		checkHidden(facts),
	];
	const ok = checks.every((check) => check.ok);
	return {
		ok,
		lines: [
			...table(facts),
			'',
			...checks.flatMap((check) => check.lines),
			'',
			ok ? 'It works: the Market holds exactly what the file says.' : `It did not work. n8n's log: ${facts.log}`,
		],
	};
}

function table({ rows, steps }: Facts): string[] {
	return steps.map(({ done, accepted, requests, seconds }) => {
		const time = seconds === undefined ? 'did not run' : `${seconds.toFixed(1)} s`;
		const cells = [done.padEnd(12), `${number(accepted)} of ${number(rows.length)}`, `${requests} requests`, time];
		return cells.join('   ');
	});
}

/** A run that met none of them would prove nothing. */
function checkDifficulties({ difficulties }: Facts): Check[] {
	if (!difficulties) return [];
	const { calls, faults, kinds, repeated, refused, waitedSeconds } = difficulties;
	const met = `Faults: ${faults} of ${calls} calls went wrong, in ${kinds} ways; ${repeated} had to be made again`;
	const waited = `Quotas: ${waitedSeconds.toFixed(0)} s waited for the next window; ${refused} calls came too early (420)`;
	return [faults > 0 ? passed(met) : failed(met), waitedSeconds > 0 ? passed(waited) : failed(waited)];
}

function checkExecution({ execution: { status, error } }: Facts): Check {
	if (status === 'success') return passed('n8n: the flow ended well');
	return failed(`n8n: the flow ended with the status "${status}"`, error?.split('\n'));
}

function checkSteps({ rows, steps }: Facts): Check {
	const short = steps.filter(({ accepted, error }) => accepted !== rows.length || error !== undefined);
	if (short.length === 0) return passed(`Every row was ${list(steps.map(({ done }) => done.toLowerCase()))}`);
	return failed(
		'Not every row went through every step',
		short.map(({ done, accepted, error }) => {
			const missing = `${done}: ${number(accepted)} of ${number(rows.length)} rows`;
			return error === undefined ? missing : `${missing}, the step stopped: ${error}`;
		}),
	);
}

function checkBalances({ rows, market }: Facts): Check {
	const different = rows.filter(({ sku, count }) => market.balances.get(sku) !== count);
	const counts = `${number(rows.length - different.length)} of ${number(rows.length)}`;
	if (different.length === 0) return passed(`Market: ${counts} balances are exactly as in the file`);
	return failed(
		`Market: only ${counts} balances are as in the file`,
		firstFew(different, ({ sku, count }) => {
			const held = market.balances.get(sku);
			return `${sku}: the file says ${number(count)}, the Market ${held === undefined ? 'has none' : number(held)}`;
		}),
	);
}

function checkHidden({ market: { hidden } }: Facts): Check {
	if (hidden.length === 0) return passed('Market: no goods are hidden');
	return failed(
		`Market: ${number(hidden.length)} goods are still hidden from buyers`,
		firstFew(hidden, (sku) => sku),
	);
}

function passed(text: string): Check {
	return { ok: true, lines: [`  ok    ${text}`] };
}

function failed(text: string, details: readonly string[] = []): Check {
	return { ok: false, lines: [`  FAIL  ${text}`, ...details.map((detail) => `          ${detail}`)] };
}

function firstFew<T>(all: readonly T[], words: (one: T) => string): string[] {
	const more = all.length - SHOWN_DIFFERENCES;
	return [...all.slice(0, SHOWN_DIFFERENCES).map(words), ...(more > 0 ? [`and ${number(more)} more`] : [])];
}

function list(words: readonly string[]): string {
	return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function number(value: number): string {
	return value.toLocaleString('en-US');
}
