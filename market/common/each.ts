/**
 * Runs `work` on each element, in order. An implementation for n8n's process yields now and then: one long loop over
 * all items of a large run would stall every other flow.
 */
export type Each = <T>(list: readonly T[], work: (one: T, index: number) => void) => Promise<void>;
