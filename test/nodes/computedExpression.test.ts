import {
	fieldOfExpression,
	isComputedExpression,
} from '../../nodes/common/input/computedExpression';

describe('An expression that names a field', () => {
	it.each([
		'={{ $json.a }}',
		'={{$json.a}}',
		'={{ $json["a b"] }}',
		"={{ $json['Остаток, шт'].free }}",
		'={{ $json.остаток }}',
		'={{ $json.rows[0]?.stock }}',
		"={{ $('Read File').item.json.a }}",
		"={{ $('Read File').first().json.a }}",
		'={{ $input.item.json.a }}',
		'={{ $json.whole }}{{ $json.rest }}',
		'={{ 12 }}',
		'={{ "12" }}',
		'=12',
		'12',
		'',
		"={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('Stock', ``, 'string') }}",
	])('%s computes nothing', (expression) => {
		expect(isComputedExpression(expression)).toBe(false);
	});
});

describe('An expression that computes', () => {
	it.each([
		'={{ $json.onHand - $json.ordered }}',
		'={{ Number($json.a) }}',
		'={{ +$json.a }}',
		'={{ Math.max(0, $json.a - 2) }}',
		'={{ $json.a ?? 0 }}',
		'={{ $json.a || 0 }}',
		'={{ $json.a ? 1 : 0 }}',
		'={{ $json.a.toNumber() }}',
		'={{ parseInt($json["a b"]) }}',
		'={{ $json[$json.column] }}',
		'={{ $json.a\n\t* 1 }}',
		'={{ $json.whole }}{{ $json.rest * 1 }}',
		'={{ $fromAI("stock") - 1 }}',
	])('%s is recognised', (expression) => {
		expect(isComputedExpression(expression)).toBe(true);
	});

	it('is also any choice of fields longer than 5,000 characters', () => {
		const choice = (length: number) => `={{${' $json.a ?? $json.'.padEnd(length, 'b')}}}`;
		expect(isComputedExpression(choice(5_000))).toBe(false);
		expect(isComputedExpression(choice(5_001))).toBe(true);
	});

	it('of a megabyte is scanned at once', () => {
		expect(isComputedExpression(`={{ ${'$json.a'.repeat(150_000)} - 1 }}`)).toBe(true);
		expect(isComputedExpression(`={{ ${'['.repeat(1_000_000)} }}`)).toBe(true);
	});
});

describe('The field that an expression names', () => {
	it.each([
		['={{ $json.sku }}', 'sku'],
		['={{$json?.sku}}', 'sku'],
		['={{ $json["Остаток, шт"] }}', '["Остаток, шт"]'],
		["={{ $json?.['a?.b'].free }}", "['a?.b'].free"],
		['={{ $json.rows[0]?.stock }}', 'rows[0].stock'],
	])('%s is %s', (expression, field) => {
		expect(fieldOfExpression(expression)).toBe(field);
	});

	it.each([
		'$json.sku',
		'={{ $json }}',
		'={{ $json.sku.trim() }}',
		'={{ $json.a }}{{ $json.b }}',
		"={{ $('A').item.json.sku }}",
		'=A-{{ $json.a }}',
		'',
	])('%s names no field', (expression) => {
		expect(fieldOfExpression(expression)).toBeUndefined();
	});
});
