import { readSku } from '../../../market/records/sku';
import { SkuDoubts } from '../../../market/records/skuDoubts';
import { valueOf } from '../../support/checked';

/** What is told of raw SKUs that all are taken. */
function told(raws: readonly unknown[], isComposed = false): string {
	const doubts = new SkuDoubts();
	raws.forEach((raw, item) => doubts.look(valueOf(readSku(raw)), raw, isComposed, item));
	const messages = doubts.messages();
	expect(messages.length).toBeLessThanOrEqual(1);
	return messages.join('');
}

describe('The SKUs of a run that are told', () => {
	it.each<[what: string, raw: unknown, kind: RegExp]>([
		['a number', 557722, /: 1 came as numbers, so that leading zeros may be gone \("557722" in item 0\)\./],
		['a big integer', 557722n, /came as numbers/],
		['a number that became a text', '557722.0', /: 1 end in \.0, as a number that became a text/],
		['the same with a comma', '557722,00', /end in \.0/],
		...['Итого', 'ИТОГО:', 'Всего', 'Итого по складу', 'Итого: 1 234', 'Общий итог', 'Total', 'total 17', 'Grand Total', 'Subtotal'].map(
			(raw): [string, string, RegExp] => [raw, raw, /: 1 look like a row of totals/],
		),
		['decomposed Cyrillic', 'Чаи\u0306ник-1', /letters in two parts/],
		['decomposed Latin', 'Cafe\u0301-1', /letters in two parts/],
		['a zero-width space inside', 'A\u200bB-1', /invisible characters inside \("A\\u200bB-1" in item 0\)/],
		['an apostrophe before letters', "'ABC", /begin with an apostrophe/],
	])('%s', (_, raw, kind) => {
		expect(told([raw])).toMatch(kind);
		expect(told([raw])).toMatch(/^SKUs to compare with the catalogue, taken as they are: .* ignores it\.$/);
	});

	it.each(['A-', '-1', 'A_', '/A'])('as a separator at an edge, only where an expression made them: %s', (raw) => {
		expect(told([raw], true)).toMatch(/begin or end with a separator/);
		expect(told([raw])).toBe('');
	});

	it.each(['0557722', 'ABC-1', 'Чайник-ё', 'Totally new', 'Totals-7', 'Всегомир', '👨‍👩‍👧', "'00417", "'a'", '1.5', '10.05', 'A 0.0', 'tea 🫖'])(
		'do not include %s',
		(raw) => {
			expect(told([raw])).toBe('');
		},
	);

	it('are counted by kind, three of each shown', () => {
		expect(told([1, 2, 'A', 3, 4, 'Итого'])).toMatch(
			/: 4 came as numbers, so that leading zeros may be gone \("1" in item 0, "2" in item 1, "3" in item 3, \.\.\.\); 1 look like a row of totals \("Итого" in item 5\)\./,
		);
	});

	it('are none where all is well', () => {
		expect(told(['A-1', '00042'])).toBe('');
	});
});
