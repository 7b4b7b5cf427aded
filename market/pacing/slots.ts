import { whenAborted } from '../wire/cancel';
import type { CancelSignal } from '../wire/ports';

/** Successes in a row after which one more request at once is tried again. */
const RECOVERY_SUCCESSES = 8;

/** Places for requests at once. Whoever asks first is served first, so runs that share a store take turns. */
export class Slots {
	private readonly waiting: Array<() => void> = [];
	private active = 0;
	private allowed: number;
	private successes = 0;

	/** @param most requests at once that the Market allows */
	constructor(private readonly most: number) {
		this.allowed = most;
	}

	/** Whether no request is under way and none is waiting. */
	get isIdle(): boolean {
		return this.active === 0 && this.waiting.length === 0;
	}

	/**
	 * Waits for a place. Returns false where the run was cancelled first; no place is held then.
	 *
	 * @param useless resolves when waiting has become useless, which ends it like a cancellation
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
		const place = this.waiting.indexOf(called);
		if (place >= 0) this.waiting.splice(place, 1);
		// Called and cancelled at the same moment: the place goes to the next.
		else this.leave();
		return false;
	}

	/** Gives the place back. */
	leave(): void {
		this.active -= 1;
		this.callNext();
	}

	/** The Market said that there were too many at once: another program uses the same store. One less from now on. */
	tooMany(): void {
		this.successes = 0;
		this.allowed = Math.max(1, this.allowed - 1);
	}

	/** A request went through. After a while without refusals one more at once is tried. */
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
