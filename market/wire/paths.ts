import { ownerOf, type ApiMethod } from '../contract/apiMethods';
import type { MarketRequest } from './ports';

/** Query values of a read. A list becomes a repeated name; undefined is left out. */
export type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/**
 * The path of one request: the method's, with the ID filled in and the query added.
 *
 * @param id of the store (campaign) or business, if the method belongs to one
 */
export function requestPath(apiMethod: ApiMethod, id = '', query: Query = {}): string {
	const path = apiMethod.path.replace(/\{(?:campaign|business)Id\}/, encodeURIComponent(id));
	const pairs: string[] = [];
	for (const [name, value] of Object.entries(query)) {
		if (value === undefined) continue;
		for (const one of Array.isArray(value) ? value : [value]) {
			pairs.push(`${name}=${encodeURIComponent(String(one))}`);
		}
	}
	return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}

/**
 * One request for a store or a business. One for a business also names it as the business it is for.
 *
 * @param id of the store (campaign) or business, if the method belongs to one
 * @param body JSON as text
 * @param items how many items the request is about, if it is about a list
 */
export function requestTo(
	apiMethod: ApiMethod,
	id?: string,
	query?: Query,
	body?: string,
	items?: number,
): MarketRequest {
	return {
		apiMethod,
		path: requestPath(apiMethod, id, query),
		...(body === undefined ? {} : { body }),
		...(items === undefined ? {} : { items }),
		...(ownerOf(apiMethod) === 'business' ? { businessId: id } : {}),
	};
}
