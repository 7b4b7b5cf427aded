import { whenAborted } from '../wire/cancel';
import { Memory } from './memory';
import type { Told } from './read';
import type { CancelSignal, Ports } from '../wire/ports';

/** Where what is remembered will not do (a refusal, or not what was hoped for), it is asked for anew after this. */
const ASK_AGAIN_MS = 60_000;

/** What a run is told that ends while another one still asks. */
const ENDED: Told<never> = {
	ok: false,
	refusal: { reason: 'The run ended before the Market answered', advice: 'Run again later.' },
	isDefinite: false,
};

/** Answers of the Market that several runs want at the same time: asked for once, and remembered. */
export class Remembered<T> {
	private readonly memory: Memory<{
		answer: Promise<Told<T>>;
		askedMs: number;
		signal: CancelSignal;
	}>;

	/** @param lastsMs how long an answer is good for, in milliseconds */
	constructor(lastsMs: number) {
		this.memory = new Memory(lastsMs);
	}

	/**
	 * What is remembered, or else what asking gives.
	 *
	 * @param key what is asked, as a list of IDs; what a credential may see differs, so it is among them
	 * @param isWanted whether the answer is as it is hoped for; where it is not, an older one is asked for anew
	 * @throws whatever asking throws
	 */
	async get(
		key: ReadonlyArray<string | number>,
		{ clock, signal }: Pick<Ports, 'clock' | 'signal'>,
		ask: () => Promise<Told<T>>,
		isWanted: (value: T) => boolean = () => true,
	): Promise<Told<T>> {
		const text = JSON.stringify(key);
		const nowMs = clock.now();
		const known = this.memory.recall(text, nowMs);
		if (known) {
			const answer = await Promise.race([known.answer, whenAborted(signal)]);
			if (answer === 'aborted') return ENDED;
			// That the run which asked was stopped says nothing to other runs.
			const isCutShort = !answer.ok && known.signal.aborted;
			const isFresh = nowMs - known.askedMs < ASK_AGAIN_MS;
			if (!isCutShort && (isFresh || (answer.ok && isWanted(answer.value)))) return answer;
		}
		// Remembered before it is answered: several runs may want it at the same time.
		const answer = ask();
		this.memory.remember(text, { answer, askedMs: nowMs, signal }, nowMs);
		// Neither a fault of the Market's nor a full quota is an answer to remember.
		this.memory.forgetUnlessRead(text, answer, (told) => told.ok || told.isDefinite);
		return await answer;
	}

	/**
	 * What asking gives, whatever is remembered; a good answer is remembered. For those who ask with a patience that others
	 * do not have: nobody waits with them.
	 *
	 * @throws whatever asking throws
	 */
	async renew(
		key: ReadonlyArray<string | number>,
		{ clock, signal }: Pick<Ports, 'clock' | 'signal'>,
		ask: () => Promise<Told<T>>,
	): Promise<Told<T>> {
		const told = await ask();
		const nowMs = clock.now();
		const entry = { answer: Promise.resolve(told), askedMs: nowMs, signal };
		if (told.ok) this.memory.remember(JSON.stringify(key), entry, nowMs);
		return told;
	}
}
