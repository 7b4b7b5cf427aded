/** Where the sandbox takes its time from: the machine's clock, or a test's own. */
export interface Clock {
	/** Milliseconds since 1970-01-01 UTC. */
	now(): number;
	sleep(milliseconds: number): Promise<void>;
}

/** The machine's clock. Its sleeps never keep a stopping process alive. */
export const systemClock: Clock = {
	now: () => Date.now(),
	sleep: async (milliseconds) =>
		await new Promise((resolve) => {
			setTimeout(resolve, milliseconds).unref();
		}),
};
