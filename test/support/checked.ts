import type { Checked, Refusal } from '../../market/common/refusal';

/** The value that passed. @throws Error with the reason if it did not */
export function valueOf<T>(checked: Checked<T>): T {
	if (!checked.ok) throw new Error(`Refused: ${checked.refusal.reason}`);
	return checked.value;
}

/** Why a value was refused, after checking that a seller can use the answer. @throws Error if it passed */
export function refusalOf<T>(checked: Checked<T>): Refusal {
	if (checked.ok) throw new Error(`Accepted: ${JSON.stringify(checked.value)}`);
	expectUsable(checked.refusal);
	return checked.refusal;
}

/** A refusal says what happened and what to do, each on one line of reasonable length. */
export function expectUsable({ reason, advice }: Refusal): void {
	for (const text of [reason, advice]) {
		expect(text.trim()).not.toBe('');
		expect(text).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
		expect(text.length).toBeLessThan(1_000);
	}
}
