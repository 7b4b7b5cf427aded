import { PARALLEL_REQUESTS } from '../contract';
import type { Switches } from '../switches';
import type { Account } from './quotas';
import { Refusal } from './refusal';

/** Whose request it is, and of which method. */
type Caller = Pick<Account, 'entity' | 'contract'>;

/** Counts the requests under way for each entity; those of a method with a bound of its own apart. */
export class Parallel {
	/** The largest number of requests that any one entity ever had under way. */
	peak = 0;
	private readonly underWay = new Map<string, number>();

	constructor(private readonly switches: Readonly<Switches>) {}

	/** Whether one more request fits. If it does, `leave` must follow. */
	enter(caller: Caller): boolean {
		const key = keyOf(caller);
		const count = (this.underWay.get(key) ?? 0) + 1;
		if (count + this.switches.phantomParallel > boundOf(caller)) return false;
		this.underWay.set(key, count);
		this.peak = Math.max(this.peak, count);
		return true;
	}

	leave(caller: Caller): void {
		const key = keyOf(caller);
		const count = (this.underWay.get(key) ?? 0) - 1;
		if (count > 0) this.underWay.set(key, count);
		else this.underWay.delete(key);
	}
}

/** The Market's words for too many requests at once. */
export function tooManyAtOnce(caller: Caller): Refusal {
	return new Refusal(
		420,
		`Hit rate limit of ${boundOf(caller)} parallel requests for ${caller.entity}`,
	);
}

function boundOf({ contract }: Caller): number {
	return contract.parallel ?? PARALLEL_REQUESTS;
}

function keyOf({ contract, entity }: Caller): string {
	return contract.parallel === undefined ? entity : `${entity} ${contract.path}`;
}
