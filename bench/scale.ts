/** How much is measured. */
export interface Scale {
	/** Rows that the flows send. */
	rows: number;
	/** Number of measurements of anything timed. */
	runs: number;
	/** Number of measurements of flows so slow that more would take the bench too long. */
	slowRuns: number;
	/** Fresh n8n processes for each flow whose memory is measured. */
	memoryRuns: number;
	/** Records of the runs on the virtual clock. */
	balances: number;
	hides: number;
	/** Balances of one store of many, and how many there are. */
	oneStore: number;
	stores: number;
	/** Rows of the runs that grow. */
	sizes: readonly number[];
}

/** The measurement that counts. */
export const FULL: Scale = {
	rows: 100_000,
	runs: 5,
	slowRuns: 3,
	memoryRuns: 3,
	balances: 1_000_000,
	hides: 50_000,
	oneStore: 50_000,
	stores: 200,
	sizes: [10_000, 100_000, 1_000_000],
};

/** Enough to see whether the bench itself works. Its figures mean little. */
export const QUICK: Scale = {
	rows: 20_000,
	runs: 2,
	slowRuns: 1,
	memoryRuns: 1,
	balances: 250_000,
	hides: 12_000,
	oneStore: 12_500,
	stores: 20,
	sizes: [10_000, 50_000],
};
