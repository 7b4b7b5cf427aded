import type { Clock } from '../../../sandbox';

interface Sleeper {
	wakesAt: number;
	wake: () => void;
}

/** A clock that stands still until a test turns it. */
export class HandClock implements Clock {
	private sleepers: Sleeper[] = [];

	constructor(private time = Date.parse('2026-11-23T12:00:00Z')) {}

	now(): number {
		return this.time;
	}

	async sleep(milliseconds: number): Promise<void> {
		await new Promise<void>((wake) =>
			this.sleepers.push({ wakesAt: this.time + milliseconds, wake }),
		);
	}

	/** Turns the clock forward and wakes everybody whose time has come. */
	turn(milliseconds: number): void {
		this.time += milliseconds;
		const due = this.sleepers.filter(({ wakesAt }) => wakesAt <= this.time);
		this.sleepers = this.sleepers.filter(({ wakesAt }) => wakesAt > this.time);
		for (const { wake } of due) wake();
	}
}
