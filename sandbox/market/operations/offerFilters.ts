import { LISTS } from '../../contract';
import { readFilter, readText, requireId } from '../fields';
import type { Violations } from '../violations';

/** What offers can be asked for by, in every list of them, and the sandbox's catalogue does not have. */
export const CATALOGUE_FILTERS = ['categoryIds', 'vendorNames', 'tags'] as const;

/** Whether offers are asked for by category, vendor or tag: there are none then. */
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
