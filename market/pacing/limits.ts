import { MAX_ANSWER_MS } from '../contract/bounds';
import { onAbort, whenAborted } from '../wire/cancel';
import { momentOf, type CancelSignal, type Ports } from '../wire/ports';

/** A run may always take this long: sending what the quota has room for takes no longer than one of its windows. */
const LEAST_RUN_MS = 60_000;

/** The abort reason of a signal whose time is up. */
const TIME_UP = 'time is up';

/** How long a run may go on, in milliseconds since 1970 by our clock. */
export interface Limits {
	/** After this, no quota is waited for. */
	deadlineMs: number;
	/** After this, no request is started. */
	lastStartMs: number;
	/** At this moment, everything under way is given up. */
	endMs: number;
}

/** The limits of something that starts now and may wait for quotas until the deadline; Infinity means no limits. */
export function limitsUntil(deadlineMs: number, nowMs: number): Limits {
	const lastStartMs = Math.max(deadlineMs, nowMs + LEAST_RUN_MS);
	return { deadlineMs, lastStartMs, endMs: lastStartMs + MAX_ANSWER_MS };
}

/** The same ports, but they give up when time is up: whatever is waiting ends then, as if the run were stopped. */
export function portsWithin<P extends Ports>(ports: P, { deadlineMs, endMs }: Limits): P {
	if (endMs === Infinity) return ports;
	const { clock } = ports;
	const signal = new EndSignal(ports.signal);
	void clock.sleep(endMs - clock.now()).then(() => {
		// The sleep also ends if the run is stopped or over.
		if (clock.now() >= endMs) signal.end();
	});
	return {
		...ports,
		signal,
		deadlineMs: Math.min(deadlineMs, ports.deadlineMs ?? Infinity),
		clock: {
			now: () => clock.now(),
			inWords: (ms) => momentOf(ms, clock),
			sleep: async (ms) => {
				await Promise.race([clock.sleep(ms), whenAborted(signal)]);
			},
		},
	};
}

/** Whether the time is up, as opposed to the run having been stopped. */
export function isTimeUp({ aborted, reason }: CancelSignal): boolean {
	return aborted && reason === TIME_UP;
}

/** Whether the run was stopped. */
export function isStopped(signal: CancelSignal): boolean {
	return signal.aborted && !isTimeUp(signal);
}

/** A signal that aborts at a time of its own, or together with another one. */
class EndSignal implements CancelSignal {
	private isOver = false;
	private readonly listeners = new Set<() => void>();

	constructor(private readonly outer: CancelSignal) {
		onAbort(outer, () => this.tell());
	}

	get aborted(): boolean {
		return this.isOver || this.outer.aborted;
	}

	get reason(): unknown {
		return this.outer.aborted ? this.outer.reason : this.isOver ? TIME_UP : undefined;
	}

	addEventListener(_type: 'abort', listener: () => void): void {
		this.listeners.add(listener);
	}

	removeEventListener(_type: 'abort', listener: () => void): void {
		this.listeners.delete(listener);
	}

	end(): void {
		this.isOver = true;
		this.tell();
	}

	private tell(): void {
		for (const listener of [...this.listeners]) listener();
	}
}
