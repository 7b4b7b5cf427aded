import type { SandboxMarket } from '../../../sandbox';

/** What all tests of a file share: an n8n, however it runs, and the Market that it sends to. */
interface Bed {
	market: Pick<SandboxMarket, 'reset'>;
	/** Ends all of it. */
	stop(): Promise<void>;
}

/**
 * One bed for all tests of a file; its Market is reset before each of them. Call it at the top of the file.
 * @returns a function that gives it within a test
 */
export function useBed<B extends Bed>(start: () => Promise<B>): () => B {
	let bed: B | undefined;
	const current = () => {
		if (bed === undefined) throw new Error('n8n did not come up');
		return bed;
	};
	beforeAll(async () => {
		bed = await start();
	});
	beforeEach(() => current().market.reset());
	afterAll(async () => await bed?.stop());
	return current;
}
