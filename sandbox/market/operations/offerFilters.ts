import { LISTS } from '../../contract';
import { readFilter, readText, requireId } from '../fields';
import type { Violations } from '../violations';

/** Filters that every list of offers accepts although the sandbox's catalogue has no such fields. */
export const CATALOGUE_FILTERS = ['categoryIds', 'vendorNames', 'tags'] as const;

/** Whether offers are asked for by category, vendor or tag: then there are none. */
export function readCatalogueFilters(
	violations: Violations,
	body: Readonly<Record<string, unknown>>,
): boolean {
	return [
		readFilter(violations, body.categoryIds, 'categoryIds', LISTS.filter, requireId),
		readFilter(violations, body.vendorNames, 'vendorNames', LISTS.filter, readText),
		readFilter(violations, body.tags, 'tags', LISTS.filter, readText),
	].some((filter) => filter !== undefined);
}
