import { PARALLEL_REQUESTS_PER_ENTITY } from '../contract/bounds';
import { ownerOf, type ApiMethod, type Subscription } from '../contract/apiMethods';
import { StampLog } from '../records/runStamp';
import { Lane } from './lane';
import { ServerClock } from './serverClock';
import { Slots } from './slots';
import { QuotaWindow } from './window';

/** What identifies a lane: the Market's address, the entity whose limits are used, the method. */
export interface LaneKey {
	apiUrl: string;
	/** ID of the store or business, or a stand-in for the caller if the method belongs to neither. */
	entity: string;
	apiMethod: ApiMethod;
	subscription: Subscription;
}

/** The slots of a store, a business or a caller, and its lanes by method; or those of a method with slots of its own. */
interface Entity {
	slots: Slots;
	lanes: Map<string, Lane>;
	openedAtMs: number;
}

/** After this long without use nothing is worth remembering: every window has ended. */
const FORGET_AFTER_MS = 2 * 60 * 60_000;

/** All entities are checked no more often than this: a run may open thousands of stores. */
const LOOK_EVERY_MS = 60_000;

/**
 * All lanes of this process, so that runs writing to the same store share its limits. What a finished run has used is
 * remembered for as long as its windows can last, and then forgotten.
 */
export class Lanes {
	private readonly entities = new Map<string, Entity>();
	private readonly clocks = new Map<string, ServerClock>();
	private lookedAtMs = -Infinity;
	private readonly stampLogs = new Map<string, StampLog>();

	/**
	 * The lane of a key. Any other subscription level counts as no subscription: whoever opens a lane first must not spoil
	 * it for all who come after, and every reply corrects the amount.
	 *
	 * @param nowMs the current time, in milliseconds since 1970
	 */
	open({ apiUrl, entity, apiMethod, subscription }: LaneKey, nowMs: number): Lane {
		this.forget(nowMs);
		const clock = entryOf(this.clocks, apiUrl, () => new ServerClock());
		const stamps = entryOf(this.stampLogs, apiUrl, () => new StampLog());
		const known = entryOf(
			this.entities,
			JSON.stringify([apiUrl, ownerOf(apiMethod), entity, ...ownSlots(apiMethod)]),
			() => ({
				slots: new Slots(apiMethod.parallel),
				lanes: new Map(),
				openedAtMs: nowMs,
			}),
		);
		known.openedAtMs = nowMs;
		return entryOf(known.lanes, apiMethod.name, () => {
			const { windowMs, none, medium } = apiMethod.quota;
			const window = new QuotaWindow(subscription === 'medium' ? medium : none, windowMs);
			return new Lane(window, known.slots, clock, stamps);
		});
	}

	private forget(nowMs: number): void {
		if (nowMs - this.lookedAtMs < LOOK_EVERY_MS) return;
		this.lookedAtMs = nowMs;
		for (const [key, { slots, lanes, openedAtMs }] of this.entities) {
			const lastUseMs = Math.max(
				openedAtMs,
				...Array.from(lanes.values(), (lane) => lane.lastUseMs),
			);
			if (slots.isIdle && nowMs - lastUseMs > FORGET_AFTER_MS) this.entities.delete(key);
		}
	}
}

/** A method with a maximum of its own shares no slots: whoever opened first would set the maximum for all. */
function ownSlots({ name, parallel }: ApiMethod): string[] {
	return parallel === PARALLEL_REQUESTS_PER_ENTITY ? [] : [name];
}

function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
	const known = map.get(key);
	if (known !== undefined) return known;
	const made = make();
	map.set(key, made);
	return made;
}
