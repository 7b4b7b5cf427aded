import { whenAborted } from '../wire/cancel';
import type { CancelSignal } from '../wire/ports';

/** Successes in a row after which one more concurrent request is tried again. */
const RECOVERY_SUCCESSES = 8;

/** Slots for concurrent requests. First come, first served, so runs that share a store take turns. */
export class Slots {
	private readonly waiting: Array<() => void> = [];
	private active = 0;
	private allowed: number;
	private successes = 0;

	/** @param most concurrent requests that the Market allows */
	constructor(private readonly most: number) {
		this.allowed = most;
	}

	/** Whether no request is under way and none is waiting. */
	get isIdle(): boolean {
		return this.active === 0 && this.waiting.length === 0;
	}

	/**
	 * Waits for a slot. Returns false, holding no slot, if the run was cancelled first.
	 *
	 * @param useless resolves when waiting has become pointless, which ends it like a cancellation
	 */
	async enter(signal: CancelSignal, useless?: Promise<unknown>): Promise<boolean> {
		if (signal.aborted) return false;
		if (this.active < this.allowed) {
			this.active += 1;
			return true;
		}
		let called: () => void = () => {};
		const turn = new Promise<'called'>((resolve) => {
			called = () => resolve('called');
			this.waiting.push(called);
		});
		const ends = [turn, whenAborted(signal), ...(useless ? [useless] : [])];
		if ((await Promise.race(ends)) === 'called') return true;
		const index = this.waiting.indexOf(called);
		if (index >= 0) this.waiting.splice(index, 1);
		// Called and cancelled at the same moment: the slot goes to the next in line.
		else this.leave();
		return false;
	}

	/** Gives the slot back. */
	leave(): void {
		this.active -= 1;
		this.callNext();
	}

	/** The Market said there were too many at once: another program uses the same store. Allows one fewer from now on. */
	tooMany(): void {
		this.successes = 0;
		this.allowed = Math.max(1, this.allowed - 1);
	}

	/** A request went through. After a while without refusals, one more concurrent request is tried. */
	wentThrough(): void {
		if (this.allowed === this.most || ++this.successes < RECOVERY_SUCCESSES) return;
		this.successes = 0;
		this.allowed += 1;
		this.callNext();
	}

	private callNext(): void {
		while (this.active < this.allowed) {
			const call = this.waiting.shift();
			if (!call) return;
			this.active += 1;
			call();
		}
	}
}
