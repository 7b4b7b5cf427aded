import type { Clock } from '../ports';

/** Holds back all requests to one store together, so that one 420 is not followed by a burst of others. */
export class Throttle {
	private resumeAt = 0;

	constructor(private readonly clock: Clock) {}

	/** No request is to start for so many milliseconds. */
	hold(ms: number): void {
		this.resumeAt = Math.max(this.resumeAt, this.clock.now() + ms);
	}

	/** Waits until a request may start. Returns the milliseconds it took. */
	async ready(): Promise<number> {
		const start = this.clock.now();
		if (start >= this.resumeAt) return 0;
		await this.clock.sleep(this.resumeAt - start);
		return this.clock.now() - start;
	}
}
