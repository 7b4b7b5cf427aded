import { whenAborted } from '../wire/cancel';
import { Memory } from './memory';
import type { Told } from './read';
import type { CancelSignal, Ports } from '../wire/ports';

/** If what is remembered will not do (a refusal, or not what was hoped for), it is asked for again after this time. */
const ASK_AGAIN_MS = 60_000;

/** The answer to a run that ends while another one is still asking. */
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
	 * Returns what is remembered, or else asks.
	 *
	 * @param key what is asked for, as a list of IDs; credentials differ in what they may see, so they are part of it
	 * @param isWanted whether the answer is what the caller hoped for; if not, one that is not fresh is asked for again
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
			// If the run that asked was stopped, that means nothing for other runs.
			const isCutShort = !answer.ok && known.signal.aborted;
			const isFresh = nowMs - known.askedMs < ASK_AGAIN_MS;
			if (!isCutShort && (isFresh || (answer.ok && isWanted(answer.value)))) return answer;
		}
		// Remembered before it is answered: several runs may want it at the same time.
		const answer = ask();
		this.memory.remember(text, { answer, askedMs: nowMs, signal }, nowMs);
		// Neither a fault of the Market nor a used-up quota is an answer to remember.
		this.memory.forgetUnlessRead(text, answer, (told) => told.ok || told.isDefinite);
		return await answer;
	}

	/**
	 * Asks, whatever is remembered, and remembers a good answer. For callers with more patience than others: nobody else
	 * waits with them.
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
