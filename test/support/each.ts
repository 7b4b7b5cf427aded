import type { Each } from '../../market/common/each';

/** Goes through all at once. */
export const each: Each = async (list, work) => list.forEach(work);
