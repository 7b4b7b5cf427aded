/** Why something was not taken: what happened, and what to do about it. Both are written for a seller. */
export interface Refusal {
	reason: string;
	advice: string;
	/** The access group to give to the token, if it lacks one and that is all. */
	accessGroup?: string;
	/** SKUs of the catalogue that were probably meant, if the catalogue does not have the one that was given. */
	meant?: readonly string[];
}

/** The result of reading a raw value: the value as the Market wants it, or why it cannot be used. */
export type Checked<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

/** A value that passed its check. */
export function accepted<T>(value: T): Checked<T> {
	return { ok: true, value };
}

/** A value that did not pass its check. */
export function refused<T>(reason: string, advice: string): Checked<T> {
	return { ok: false, refusal: { reason, advice } };
}
