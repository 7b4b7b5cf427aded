import type { Check } from '../checks';

/** A path with the number of an order, a return or a subscription. */
export interface Numbered {
	Params: { id: string };
}

/** A body that passes its check; no body is an empty object. @throws Error that says what is wrong with it */
export function readBody<T>(body: unknown, name: string, check: Check): T {
	const complaint = check(body ?? {}, name);
	if (complaint !== undefined) throw new Error(complaint);
	return (body ?? {}) as T;
}
