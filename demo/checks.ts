/** Whether everything is as it should be, and the words for the seller. */
export interface Verdict {
	ok: boolean;
	lines: string[];
}

/** One thing that must be true. */
export interface Check {
	ok: boolean;
	lines: string[];
}

/** One step of a flow, from the seller's side. */
export interface StepFacts {
	/** "Hidden", "Updated", "Shown again". */
	done: string;
	/** Rows that the step says the Market accepted. */
	accepted: number;
	/** Calls to the step's method of the Market. */
	requests: number;
	/** Absent if the step did not run. */
	seconds?: number;
	/** Why the step stopped as a whole. */
	error?: string;
}

/** What a flow had to do, and how n8n says it ended. */
export interface FlowFacts {
	rows: readonly unknown[];
	/** n8n's word for how the execution ended, and the message if it ended badly. */
	execution: { status: string; error?: string };
	steps: readonly StepFacts[];
	/** Path of n8n's log. */
	log: string;
}

/** A balance as in the file, and what the Market holds instead. */
export interface Difference {
	/** The SKU, with the warehouse if there are several. */
	name: string;
	count: number;
	/** Absent if the Market has none. */
	held?: number;
}

const SHOWN_DIFFERENCES = 5;

/** The steps, then every check, then the verdict. */
export function verdictOf(facts: FlowFacts, checks: readonly Check[], good: string): Verdict {
	return concluded(table(facts), checks, good, facts.log);
}

/** What was seen, then every check, then the verdict. @param log path of n8n's log */
export function concluded(
	seen: readonly string[],
	checks: readonly Check[],
	good: string,
	log: string,
): Verdict {
	const ok = checks.every((check) => check.ok);
	return {
		ok,
		lines: [
			...seen,
			'',
			...checks.flatMap((check) => check.lines),
			'',
			ok ? good : `It did not work. n8n's log: ${log}`,
		],
	};
}

function table({ rows, steps }: FlowFacts): string[] {
	return steps.map(({ done, accepted, requests, seconds }) => {
		const time = seconds === undefined ? 'did not run' : `${seconds.toFixed(1)} s`;
		const cells = [
			done.padEnd(12),
			`${number(accepted)} of ${number(rows.length)}`,
			`${requests} requests`,
			time,
		];
		return cells.join('   ');
	});
}

/** Whether n8n says that the flow succeeded. */
export function checkExecution({ execution: { status, error } }: FlowFacts): Check {
	if (status === 'success') return passed('n8n: the flow succeeded');
	return failed(`n8n: the flow ended with the status "${status}"`, error?.split('\n'));
}

/** Whether every row went through every step. */
export function checkSteps({ rows, steps }: FlowFacts): Check {
	const short = steps.filter(
		({ accepted, error }) => accepted !== rows.length || error !== undefined,
	);
	if (short.length === 0)
		return passed(`Every row was ${list(steps.map(({ done }) => done.toLowerCase()))}`);
	return failed(
		'Not every row went through every step',
		short.map(({ done, accepted, error }) => {
			const missing = `${done}: ${number(accepted)} of ${number(rows.length)} rows`;
			return error === undefined ? missing : `${missing}, the step stopped: ${error}`;
		}),
	);
}

/** Whether the Market holds what the file says. */
export function checkBalances(
	{ rows }: Pick<FlowFacts, 'rows'>,
	different: readonly Difference[],
): Check {
	const counts = `${number(rows.length - different.length)} of ${number(rows.length)}`;
	if (different.length === 0)
		return passed(`Market: ${counts} balances are exactly as in the file`);
	return failed(
		`Market: only ${counts} balances are as in the file`,
		firstFew(
			different,
			({ name, count, held }) =>
				`${name}: the file says ${number(count)}, the Market ${held === undefined ? 'has none' : number(held)}`,
		),
	);
}

export function passed(text: string): Check {
	return { ok: true, lines: [`  ok    ${text}`] };
}

export function failed(text: string, details: readonly string[] = []): Check {
	return {
		ok: false,
		lines: [`  FAIL  ${text}`, ...details.map((detail) => `          ${detail}`)],
	};
}

/** Either of two texts, as it turned out. */
export function said(ok: boolean, good: string, bad: string, details?: readonly string[]): Check {
	return ok ? passed(good) : failed(bad, details);
}

/** The first few of many, in words, and how many more there are. */
export function firstFew<T>(all: readonly T[], words: (one: T) => string): string[] {
	const more = all.length - SHOWN_DIFFERENCES;
	return [
		...all.slice(0, SHOWN_DIFFERENCES).map(words),
		...(more > 0 ? [`and ${number(more)} more`] : []),
	];
}

function list(words: readonly string[]): string {
	return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** A number formatted for a person. */
export function number(value: number): string {
	return value.toLocaleString('en-US');
}
