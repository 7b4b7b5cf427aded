import { refuseMissing } from '../../nodes/common/input/missingField';
import { refusalOf } from '../support/checked';

const FIELD = { path: 'sku', segments: ['sku'], label: 'SKU', parameter: 'SKU Field' };

/** What is said about an item without the field. */
function said(json: object): string {
	const { reason, advice } = refusalOf(refuseMissing(json, FIELD));
	return `${reason}. ${advice}`;
}

/** This many fields that tell nothing. */
function fields(count: number): object {
	return Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, 1]));
}

describe('If an item has no such field,', () => {
	it('ten others are listed', () => {
		expect(said(fields(10))).toMatch(/"f8", "f9"\.$/);
		expect(said(fields(11))).toMatch(/"f8", "f9" and 1 more\.$/);
	});

	it('a hundred others are searched for a reason', () => {
		expect(said({ ...fields(99), SKU: 1 })).toContain('but "SKU", with different capital');
		expect(said({ ...fields(100), SKU: 1 })).not.toContain('but "SKU"');
		const rows = [{ sku: 'A' }];
		expect(said({ all: { ...fields(99), rows } })).toContain('a list in "all.rows"');
		expect(said({ all: { ...fields(100), rows } })).not.toContain('a list in');
	});

	it('names longer than a thousand characters are not looked at', () => {
		expect(said({ ['sku'.padEnd(1_000)]: 1 })).toContain('which has');
		expect(said({ ['sku'.padEnd(1_001)]: 1 })).not.toContain('which has');
	});

	it('lists are looked for four levels deep', () => {
		const rows = [{ sku: 'A' }];
		expect(said({ a: { b: { c: { rows } } } })).toContain('a list in "a.b.c.rows"');
		expect(said({ a: { b: { c: { d: { rows } } } } })).not.toContain('a list in');
	});

	it('only the first 10,000 characters of a text are looked at', () => {
		const json = (length: number) => `[${'"sku"'.padStart(length - 1)}: 1`;
		expect(said({ text: json(10_000) })).toContain('that is JSON');
		expect(said({ text: json(10_001) })).not.toContain('that is JSON');
	});
});
