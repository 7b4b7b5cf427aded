import type { Clock } from '../../../market/wire/ports';
import { followTraffic, type Traffic } from './inTransit';

/** After this many turns of the event loop with nothing in transit, everybody is waiting for time to pass. */
const QUIET_TURNS = 4;

/** Whatever is still in transit after this many real milliseconds will never arrive. */
const STUCK_MS = 120_000;

/** If no timer is left and nothing is in transit, work outside the event loop gets this many real milliseconds. */
const LAST_CHANCE_MS = 1_000;

interface Timer {
	at: number;
	run(): void;
	isCleared?: boolean;
}

const real = {
	now: Date.now,
	setTimeout: globalThis.setTimeout,
	clearTimeout: globalThis.clearTimeout,
	setImmediate: globalThis.setImmediate,
	random: Math.random,
};

/** How waiting for something ended. */
export type Waited = 'settled' | 'too late' | 'hangs';

/**
 * Time for a whole process with real sockets: `Date.now`, `setTimeout` and the idle timeouts of HTTP requests follow a
 * clock that jumps to the next timer as soon as nothing moves, so hours of waits take milliseconds.
 */
export class VirtualTime implements Clock {
	private timers: Timer[] = [];
	private readonly handles = new WeakMap<object, Timer>();
	traffic!: Traffic;

	constructor(private ms: number) {}

	now(): number {
		return this.ms;
	}

	async sleep(ms: number): Promise<void> {
		await new Promise<void>((wake) => this.setTimer(wake, ms));
	}

	setTimer(run: () => void, ms = 0): Timer {
		const timer = { at: this.ms + Math.max(0, Number.isFinite(ms) ? ms : 0), run };
		this.timers.push(timer);
		return timer;
	}

	clearTimer(timer: Timer): void {
		timer.isCleared = true;
		this.timers = this.timers.filter((other) => other !== timer);
	}

	/** Starts afresh at a moment: nobody waits any more. */
	reset(ms: number): void {
		this.timers = [];
		this.ms = ms;
	}

	/** Replaces the machine's time with this one, and `Math.random` with seeded numbers. */
	install(random: () => number): void {
		const handleOf = (timer: Timer) => {
			const handle = {
				ref: () => handle,
				unref: () => handle,
				hasRef: () => true,
				refresh: () => handle,
			};
			this.handles.set(handle, timer);
			return handle;
		};
		Date.now = () => this.ms;
		Math.random = random;
		globalThis.setTimeout = ((run: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) =>
			handleOf(this.setTimer(() => run(...args), ms))) as unknown as typeof setTimeout;
		globalThis.clearTimeout = ((handle: unknown) => {
			const timer =
				typeof handle === 'object' && handle !== null ? this.handles.get(handle) : undefined;
			if (timer) this.clearTimer(timer);
			else real.clearTimeout(handle as NodeJS.Timeout);
		}) as typeof clearTimeout;
		this.traffic = followTraffic(this);
	}

	/** Restores the machine's time. */
	uninstall(): void {
		this.traffic.stop();
		Date.now = real.now;
		Math.random = real.random;
		globalThis.setTimeout = real.setTimeout;
		globalThis.clearTimeout = real.clearTimeout;
	}

	/** Lets time pass until something has settled, up to a latest moment. */
	async until(awaited: Promise<unknown>, latestMs: number): Promise<Waited> {
		let isSettled = false;
		const settle = () => {
			isSettled = true;
		};
		awaited.then(settle, settle);
		for (;;) {
			await this.rest();
			if (isSettled) return 'settled';
			if (this.timers.length === 0) {
				await new Promise((resolve) => real.setTimeout(resolve, LAST_CHANCE_MS));
				if (isSettled) return 'settled';
				if (this.timers.length === 0) return 'hangs';
			}
			const next = Math.min(...this.timers.map(({ at }) => at));
			if (next > latestMs) return 'too late';
			this.ms = Math.max(this.ms, next);
			const due = this.timers.filter(({ at }) => at <= this.ms);
			this.timers = this.timers.filter(({ at }) => at > this.ms);
			for (const timer of due) {
				// One of them may have cleared another.
				if (!timer.isCleared) timer.run();
			}
		}
	}

	/** Resolves when nothing is in transit and all promises that can settle without time passing have settled. */
	private async rest(): Promise<void> {
		const startMs = real.now();
		for (let quiet = 0; quiet < QUIET_TURNS;) {
			await new Promise((resolve) => real.setImmediate(resolve));
			quiet = this.traffic.busy ? 0 : quiet + 1;
			if (quiet === 0 && real.now() - startMs > STUCK_MS)
				throw new Error(`A request is on its way and never arrives: ${this.traffic.describe()}`);
		}
	}
}
