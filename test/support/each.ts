import type { Each } from '../../market/common/each';

/** Goes through all of them at once. */
export const each: Each = async (list, work) => list.forEach(work);
