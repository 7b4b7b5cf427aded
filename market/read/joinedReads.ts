import { whenAborted } from '../wire/cancel';
import type { Ports } from '../wire/ports';

/** Whoever comes while a request is under way waits for its end no longer than this, and then goes beside it. */
const MAX_HOLD_MS = 500;

/** What somebody wants to know of one thing, and how to ask for several: within their own time, by their own ports. */
export interface Question<V> {
	id: string;
	readSome(ids: readonly string[]): Promise<ReadonlyMap<string, V>>;
	ports: Pick<Ports, 'clock' | 'signal'>;
}

/** What a request for several has come to. A failure of a shared one says nothing of any of them. */
type Outcome<V> =
	{ ok: true; found: ReadonlyMap<string, V> } | { ok: false; isShared: boolean; error: unknown };

interface Waiting<V> extends Question<V> {
	settle(outcome: Outcome<V>): void;
}

/** Those who want to know the same kind of thing. */
interface Desk<V> {
	waiting: Array<Waiting<V>>;
	/** Requests that are under way. */
	requests: number;
	whenFree: Set<() => void>;
}

/**
 * Questions about single things that are asked together if they come together. The first goes at once; those that come
 * while it is under way share the next request. None is ever answered by a request that left before it came.
 */
export class JoinedReads<V> {
	private readonly desks = new Map<string, Desk<V>>();

	/** @param mostIds how many things one request may ask for */
	constructor(private readonly mostIds: number) {}

	/**
	 * What is known of one thing, or undefined. A request that fails for several is repeated for each by itself, so
	 * nobody's answer depends on what others have asked.
	 *
	 * @param key who asks for what; only questions of the same key are joined
	 * @throws whatever reading throws
	 */
	async read(key: string, question: Question<V>): Promise<V | undefined> {
		const { id, readSome, ports } = question;
		let settle: Waiting<V>['settle'] = () => {};
		const answer = new Promise<Outcome<V>>((resolve) => (settle = resolve));
		const desk = this.desks.get(key) ?? { waiting: [], requests: 0, whenFree: new Set() };
		this.desks.set(key, desk);
		const one = { ...question, settle };
		desk.waiting.push(one);
		// The first to wait sees off all who have come by then.
		if (desk.waiting.length === 1) void this.seeOff(key, desk, ports);
		const outcome = await Promise.race([answer, whenAborted(ports.signal)]);
		if (outcome === 'aborted') {
			desk.waiting = desk.waiting.filter((other) => other !== one);
		} else {
			if (outcome.ok) return outcome.found.get(id);
			if (!outcome.isShared) throw outcome.error;
		}
		return (await readSome([id])).get(id);
	}

	private async seeOff(key: string, desk: Desk<V>, { clock }: Pick<Ports, 'clock'>): Promise<void> {
		const free = async () => await new Promise<void>((resolve) => desk.whenFree.add(resolve));
		// Also if nothing is under way, whoever comes in the same breath is waited for.
		await (desk.requests > 0 ? Promise.race([free(), clock.sleep(MAX_HOLD_MS)]) : undefined);
		while (desk.waiting.length > 0) void this.ask(key, desk, desk.waiting.splice(0, this.mostIds));
		this.forgetIdle(key, desk);
	}

	private async ask(key: string, desk: Desk<V>, group: Array<Waiting<V>>): Promise<void> {
		// Asked by the last to come: it waits the longest, and a request must not end because somebody else's time is up.
		const last = group[group.length - 1] as Waiting<V>;
		desk.requests += 1;
		let outcome: Outcome<V>;
		try {
			const ids = [...new Set(group.map(({ id }) => id))];
			outcome = { ok: true, found: await last.readSome(ids) };
		} catch (error) {
			outcome = { ok: false, isShared: group.length > 1, error };
		}
		desk.requests -= 1;
		for (const { settle } of group) settle(outcome);
		for (const free of desk.whenFree) free();
		desk.whenFree.clear();
		this.forgetIdle(key, desk);
	}

	private forgetIdle(key: string, desk: Desk<V>): void {
		if (desk.requests > 0 || desk.waiting.length > 0) return;
		if (this.desks.get(key) === desk) this.desks.delete(key);
	}
}
