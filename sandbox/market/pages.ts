import { Refusal } from './refusal';

/** What a reading method allows; `clamp` silently reduces a larger limit. */
export interface PageRule {
	byDefault: number;
	max: number;
	clamp: boolean;
}

/** One page of a list. */
export interface Page<T> {
	entries: T[];
	/** Position of the page's first entry in the whole list. */
	from: number;
	/** Maximum entries on a page, as asked for or by default. */
	size: number;
	/** Absent on the last page. */
	nextPageToken?: string;
}

/** Cuts out the page that a request's query asks for. `list` names the list: another list's token is refused. */
export function pageOf<T>(
	entries: readonly T[],
	list: string,
	query: URLSearchParams,
	rule: PageRule,
): Page<T> {
	const size = limitOf(query, rule);
	const from = positionOf(pageTokenOf(query), list);
	const until = from + size;
	return {
		entries: entries.slice(from, until),
		from,
		size,
		...(until < entries.length && { nextPageToken: tokenOf(list, until) }),
	};
}

/** The page token of a query, under either of its names. */
export function pageTokenOf(query: URLSearchParams): string | null {
	return query.get('pageToken') ?? query.get('page_token');
}

/** The page size of a query. */
function limitOf(query: URLSearchParams, { byDefault, max, clamp }: PageRule): number {
	const text = query.get('limit');
	if (text === null) return byDefault;
	if (!/^-?\d{1,9}$/.test(text))
		throw new Refusal(400, `Type mismatch: parameter limit is not an integer: '${text}'`);
	const limit = Number(text);
	if (limit < 1) {
		throw new Refusal(
			400,
			`Parameter limit must be greater than or equal to 1 (rejected value: ${limit})`,
		);
	}
	if (limit > max && !clamp) {
		throw new Refusal(
			400,
			`Parameter limit must be less than or equal to ${max} (rejected value: ${limit})`,
		);
	}
	return Math.min(limit, max);
}

function tokenOf(list: string, position: number): string {
	return Buffer.from(`${list}|${position}`).toString('base64url');
}

function positionOf(token: string | null, list: string): number {
	if (token === null) return 0;
	const position = Number(Buffer.from(token, 'base64url').toString().split('|')[1]);
	// A token is valid only if it is exactly the one that this list issues for the position.
	if (!Number.isSafeInteger(position) || token !== tokenOf(list, position))
		throw new Refusal(400, 'Bad page token');
	return position;
}
