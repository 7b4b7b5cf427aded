/**
 * Does something with each of many, in their order. Whoever runs on n8n's process gives the rest of it a turn now and
 * then: a loop over all items of a large run would make every other flow wait.
 */
export type Each = <T>(list: readonly T[], work: (one: T, index: number) => void) => Promise<void>;
