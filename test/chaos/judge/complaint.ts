/** The four ways in which a scenario can end badly. */
export const FAILINGS = ['wrong', 'untold', 'leaked', 'endless'] as const;

export type Failing = (typeof FAILINGS)[number];

/** One thing that must not happen. */
export interface Complaint {
	failing: Failing;
	/** One line for people. */
	text: string;
}
