import { fixedParts } from '../../nodes/common/input/fixedParts';

/** The parts in one line; a star marks those that occur any number of times. */
function shown(expression: string): string[] {
	return (fixedParts(expression) ?? []).map(({ text, isRepeated }) =>
		isRepeated ? `${text}*` : text,
	);
}

describe('An expression that only passes something on', () => {
	it.each([
		'ABC',
		'',
		'=ABC',
		'={{ $json.sku }}',
		'={{ $json["SKU-1"] }}',
		"={{ $('Read').item.json.sku }}",
		' ={{ $json.a }}',
		'={{ "SKU-1" }}',
		'=SKU-{{ 1 }}',
	])('%s has no parts', (expression) => {
		expect(fixedParts(expression)).toBeUndefined();
	});
});

describe('What is the same in all SKUs of an expression', () => {
	it.each<[expression: string, parts: string[]]>([
		['=SKU-{{ $json.code }}', ['SKU-']],
		['={{ $json.size }}-{{ $json.code }}-1', ['-', '-1']],
		['={{ $json.a }}{{ $json.b }}', []],
		['={{ $json.sku.trim() }}', []],
		['={{ String($json.code).padStart(12,"0") }}', ['0*']],
		['={{ String($json.code).padStart(12) }}', []],
		['={{ "SKU" + $json.code }}', ['SKU']],
		["={{ ('sku-' + $json.code).toUpperCase() }}", ['sku-']],
		['={{ "SKU-" + ($json.code ?? "") }}', ['SKU-', '*']],
		['={{ "SKU-" + ($json.code || "NONE") }}', ['SKU-', 'NONE*']],
		['={{ [$json.a, $json.b].join("-") }}', ['-*']],
		['={{ ["SKU", $json.b].join("-") }}', ['SKU', '-*']],
		['={{ `A-${$json.b}-X` }}', ['A-', '-X']],
		['={{ `A-${$json.b ?? ""}` }}', ['A-']],
		['=A-{{ $json.b }}{{ "-" + $json["x y"] }}', ['A-', '-']],
		["={{ $('Read').item.json['a'] + '-' }}", ['-']],
		['={{ $json.sku.replace("A", "B") }}', []],
		['={{ "S".concat($json.sku) }}', ['S']],
		['={{ /* "X" */ "S" + $json.sku }}', ['S']],
		['={{ "SKU-" + String($json.code).padStart(6, "0") }}', ['SKU-', '0*']],
		['=P-{{ $json.a === 1 ? "A1" : $json.sku }}', ['P-']],
		['={{ ({ "S": "A1" })[$json.size] }}', []],
	])('%s', (expression, parts) => {
		expect(fixedParts(expression)).toBeDefined();
		expect(shown(expression)).toEqual(parts);
	});

	it('is found at once in a megabyte expression', () => {
		for (const piece of ['"', '`', '$json.a', '[', '{{', '.padStart('])
			expect(() => fixedParts(`={{ ${piece.repeat(100_000)} }}`)).not.toThrow();
	});
});
