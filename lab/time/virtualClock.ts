import type { Clock } from '../../market/wire/ports';

/**
 * Time that passes only when everybody sleeps. Sleepers wake in the order of their time, and whatever one does at once is
 * done before the next one wakes, so an hour of quotas takes milliseconds and always plays out the same way.
 */
export class VirtualClock implements Clock {
	private readonly sleepers: Array<{ at: number; wake: () => void }> = [];
	private running = false;

	constructor(private ms = Date.parse('2026-11-23T12:00:00.250Z')) {}

	now(): number {
		return this.ms;
	}

	async sleep(ms: number): Promise<void> {
		const asleep = new Promise<void>((wake) =>
			this.sleepers.push({ at: this.ms + Math.max(0, ms), wake }),
		);
		void this.run();
		await asleep;
	}

	private async run(): Promise<void> {
		if (this.running) return;
		this.running = true;
		while (this.sleepers.length > 0) {
			await everybodyAtRest();
			this.sleepers.sort((a, b) => a.at - b.at);
			const next = this.sleepers.shift();
			if (!next) break;
			this.ms = Math.max(this.ms, next.at);
			next.wake();
		}
		this.running = false;
	}
}

/** Resolves when all promises that can settle without time passing have settled. */
async function everybodyAtRest(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}
