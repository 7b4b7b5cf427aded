import type { Clock } from '../../sandbox';

/** The machine's clock as it is before a test replaces it. */
const machineNow = Date.now.bind(Date);

/**
 * A clock that goes as the machine's does, and leaps ahead whenever it is told to: hours of a day pass in the time that
 * the work in them takes, and whoever is at work is given all the time that it takes.
 */
export class LeapingClock implements Clock {
	private aheadMs = 0;
	private readonly sleepers = new Set<{ untilMs: number; wake: () => void }>();

	now(): number {
		return machineNow() + this.aheadMs;
	}

	async sleep(ms: number): Promise<void> {
		await new Promise<void>((resolve) => {
			const wake = () => {
				clearTimeout(timer);
				this.sleepers.delete(sleeper);
				resolve();
			};
			const sleeper = { untilMs: this.now() + ms, wake };
			const timer = setTimeout(wake, ms).unref();
			this.sleepers.add(sleeper);
		});
	}

	/** It is this moment now, unless it is later already. Whoever slept until then wakes, in the order of their times. */
	leapTo(ms: number): void {
		this.aheadMs += Math.max(0, ms - this.now());
		const awake = [...this.sleepers].filter(({ untilMs }) => untilMs <= this.now());
		for (const { wake } of awake.sort((a, b) => a.untilMs - b.untilMs)) wake();
	}
}
