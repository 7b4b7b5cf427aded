import { Refusal } from './refusal';

/** Maximum violations that one reply names. */
const MOST_NAMED = 20;

/** Collects everything that is wrong with a request, so that one reply names it all. */
export class Violations {
	private readonly messages: string[] = [];

	add(message: string): void {
		if (this.messages.length < MOST_NAMED) this.messages.push(message);
	}

	/** @throws Refusal 400 if anything was added. */
	throwIfAny(): void {
		if (this.messages.length > 0) throw new Refusal(400, ...this.messages);
	}
}
