import { isPiecedTogether, textRisksOf } from '../../nodes/common/input/joinedTexts';

describe('A template', () => {
	it.each([
		'={{ $json.a }} {{ $json.b }}',
		'={{ $json.a }}{{ $json.b }}',
		'=0{{ $json.a }}',
		'={{ $json.a }} pcs',
		'=-{{ $json.a }}',
	])('%s is pieced together', (template) => expect(isPiecedTogether(template)).toBe(true));

	it.each(['={{ $json.a }}', '= {{ $json.a }}\n', '=5', '5', '', '={{ $json.a + $json.b }}'])(
		'%j is not',
		(template) => {
			expect(isPiecedTogether(template)).toBe(false);
		},
	);
});

const NONE = { joins: false, hidesJoin: false, isLenient: false };

describe('An expression', () => {
	it.each([
		'$json.a + $json.b',
		'$json.a + 0',
		'0 + $json.a',
		'$json["a"] + $json["b"]',
		"$('Read File').item.json.a + 1",
		'Number($json.a) + $json.b',
		'$json.a - $json.b + $json.c',
		'($json.a + $json.b)',
		'$json.a ?? ($json.b + $json.c)',
		'`${$json.a}${$json.b}`',
		'$json.a.concat($json.b)',
		'[$json.a, $json.b].join("")',
		'$json.rows.reduce((sum, row) => sum + row.stock, 0)',
		'$json.rows.reduce((sum, row) => { return sum + row.stock; }, 0)',
	])('{{ %s }} may join texts', (code) => {
		expect(textRisksOf(`={{ ${code} }}`)).toEqual({ ...NONE, joins: true });
	});

	it.each([
		'$json.a + $json.b - $json.c',
		'($json.a + $json.b) * 1',
		'2 * ($json.a + $json.b)',
		'-($json.a + $json.b)',
		'($json.a + $json.b) | 0',
		'Number($json.a + $json.b)',
		'Math.max(0, $json.a + $json.b)',
		'Math.max(0, $json.rows.reduce((sum, row) => sum + row.stock, 0))',
		'Number(`${$json.a}${$json.b}`)',
		'($json.a + $json.b).toNumber()',
	])('{{ %s }} may hide that it joins texts', (code) => {
		expect(textRisksOf(`={{ ${code} }}`)).toMatchObject({ hidesJoin: true });
	});

	it.each([
		'$json.a',
		'$json["a + b"]',
		"$json['a + b'] - 1",
		"$('Read + Write').item.json.a",
		'$json.a - $json.b',
		'Number($json.a) + Number($json.b)',
		'Number($json.a) + Number($json.b) - Number($json.c)',
		'Math.max(0, Number($json.a) + Number($json.b) - 2)',
		'$json.a * 2 + $json.b * 3',
		'($json.a - 1) + ($json.b - 1)',
		'+$json.a',
		'$json.a.replace(/[^\\d]+/g, "")',
		'$json.a.replace(",", ".") /* a + b */',
		'5 /* kept back */ + $json.rows.length',
		'1e10 + $json.rows.length',
		'$json.rows[$json.index + 1].stock',
		'$json.rows.reduce((sum, row) => sum + Number(row.stock), 0)'.replace(
			'sum + ',
			'Number(sum) + ',
		),
		"$fromAI('Stock', `a + b`, 'string')",
	])('{{ %s }} joins no texts', (code) => {
		expect(textRisksOf(`={{ ${code} }}`)).toEqual(NONE);
	});

	it.each([
		'parseInt($json.a)',
		'parseFloat($json["a"])',
		'Number.parseInt($json.a, 10)',
		'$json.a.toInt()',
		'$json.a.toFloat()',
	])('{{ %s }} reads only the beginning of a text', (code) =>
		expect(textRisksOf(`={{ ${code} }}`)).toEqual({ ...NONE, isLenient: true }),
	);

	it('is scanned for its first 5,000 characters', () => {
		const joined = (length: number) => `={{${'"0" + $json.a'.padStart(length)}}}`;
		expect(textRisksOf(joined(5_000))).toEqual({ ...NONE, joins: true });
		expect(textRisksOf(joined(5_000 + '+ $json.a'.length))).toEqual(NONE);
	});

	it('of a megabyte is scanned at once', () => {
		for (const piece of ['$json.a + ', '(', '[', '"', "'", '`', '(/[', '((a+b)) ', '/*']) {
			textRisksOf(`={{ ${piece.repeat(1_000_000 / piece.length)} }}`);
		}
	});
});
