const REMINDER_MS = 10_000;

/** Tells the person at the terminal what is going on, with the seconds since the start. */
export class Progress {
	private readonly start = Date.now();

	constructor(private readonly write: (line: string) => void = console.log) {}

	get seconds(): number {
		return (Date.now() - this.start) / 1_000;
	}

	say(text: string): void {
		this.write(`${this.seconds.toFixed(0).padStart(4)} s  ${text}`);
	}

	/** Says what begins; if it takes long, says every ten seconds that it is still going on. */
	async during<T>(text: string, work: () => Promise<T>): Promise<T> {
		this.say(text);
		const reminder = setInterval(() => this.say('  still at it'), REMINDER_MS);
		try {
			return await work();
		} finally {
			clearInterval(reminder);
		}
	}
}
