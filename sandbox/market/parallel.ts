import { PARALLEL_REQUESTS } from '../contract';
import type { Switches } from '../switches';
import { Refusal } from './refusal';

/** Counts the requests under way for each entity. */
export class Parallel {
	/** The largest number of requests that any one entity ever had under way. */
	peak = 0;
	private readonly underWay = new Map<string, number>();

	constructor(private readonly switches: Readonly<Switches>) {}

	/** Whether one more request fits. If it does, `leave` must follow. */
	enter(entity: string): boolean {
		const count = (this.underWay.get(entity) ?? 0) + 1;
		if (count + this.switches.phantomParallel > PARALLEL_REQUESTS) return false;
		this.underWay.set(entity, count);
		this.peak = Math.max(this.peak, count);
		return true;
	}

	leave(entity: string): void {
		const count = (this.underWay.get(entity) ?? 0) - 1;
		if (count > 0) this.underWay.set(entity, count);
		else this.underWay.delete(entity);
	}
}

/** The Market's words for too many requests at once. */
export function tooManyAtOnce(entity: string): Refusal {
	return new Refusal(420, `Hit rate limit of ${PARALLEL_REQUESTS} parallel requests for ${entity}`);
}
