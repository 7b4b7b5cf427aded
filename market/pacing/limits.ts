import { MAX_ANSWER_MS } from '../contract/bounds';
import { onAbort, whenAborted } from '../wire/cancel';
import type { CancelSignal, Ports } from '../wire/ports';

/** Sending what the quota has room for takes no longer than one of its windows: so long a run may take in any case. */
const LEAST_RUN_MS = 60_000;

/** The reason of a signal that was given because of the time. */
const TIME_UP = 'time is up';

/** How long a run may go on, in milliseconds since 1970 by our clock. */
export interface Limits {
	/** After this no quota is waited for. */
	deadlineMs: number;
	/** After this no request is begun. */
	lastStartMs: number;
	/** Now everything that is under way is given up. */
	endMs: number;
}

/** The limits of something that begins now and may wait for quotas until the deadline; none where that is Infinity. */
export function limitsUntil(deadlineMs: number, nowMs: number): Limits {
	const lastStartMs = Math.max(deadlineMs, nowMs + LEAST_RUN_MS);
	return { deadlineMs, lastStartMs, endMs: lastStartMs + MAX_ANSWER_MS };
}

/** The same ports, which are given up when time is up: all that waits ends then, as if the run were stopped. */
export function portsWithin<P extends Ports>(ports: P, { deadlineMs, endMs }: Limits): P {
	if (endMs === Infinity) return ports;
	const { clock } = ports;
	const signal = new EndSignal(ports.signal);
	void clock.sleep(endMs - clock.now()).then(() => {
		// A sleep also ends where the run is stopped, or over.
		if (clock.now() >= endMs) signal.end();
	});
	return {
		...ports,
		signal,
		deadlineMs: Math.min(deadlineMs, ports.deadlineMs ?? Infinity),
		clock: {
			now: () => clock.now(),
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

/** A signal that is given at an end of its own, or with another one. */
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
