import { cutTextsIn } from '../../nodes/common/input/cutTexts';

const NONE = { dropsSigns: false, takesPart: false };
const risksOf = (code: string) => cutTextsIn(`={{ ${code} }}`);

describe('An expression', () => {
	it.each([
		'$json.a.replace(/\\D/g, "")',
		"Number($json.a.replace(/\\D+/g, ''))",
		'$json.a.replace(/[^0-9]/g, ``)',
		"$json['a b'].replaceAll( /[^\\d.]+/g , '' )",
		'$json.a.toString().replace(/[^\\d-]/g, "").toNumber()',
		'$json.a.replace(",", "")',
		"$json.a.replaceAll('.', '')",
		'$json.a.replace(/,/g, "")',
		'$json.a.replace(/\\./g, "")',
		'$json.a.replace(/[.,]/g, "")',
		'$json.a.replace("-", "")',
	])('{{ %s }} drops signs that belong to a number', (code) => {
		expect(risksOf(code)).toEqual({ ...NONE, dropsSigns: true });
	});

	it.each([
		'$json.a.match(/\\d+/)[0]',
		'$json.a.match(/(\\d+) шт/)?.[1]',
		'Number($json.a.match(/\\d+/g)?.[0] ?? 0)',
		'$json.a.split(" ")[0]',
		"$json.a.split(',').first()",
		'$json.a.slice(0, 2)',
		'$json.a.substring(0, $json.a.length - 3)',
		'$json.a.substr(1).trim()',
		'Number($json.a.split(" ")[0]) - 2',
		'($json.a.split(" ")[0] * 1)',
		'$json.a.split(" шт")[0] || 0',
		"$json.ok ? $json.a.split(' ')[0] : 0",
	])('{{ %s }} takes a part of a text', (code) => {
		expect(risksOf(code)).toEqual({ ...NONE, takesPart: true });
	});

	it.each([
		'$json.a',
		'Number($json.a)',
		'$json.a.replace(",", ".")',
		'$json.a.replace(" шт", "")',
		"$json.a.replace(/\\s/g, '')",
		"$json.a.replace(/[^\\d]/g, '.')",
		"$json['a.replace(/\\\\D/g, )']",
		'$json.rows.slice(0, 3).sum()',
		"$json.rows.find(row => row.name.slice(0, 3) === 'MSK').stock",
		"$json.name.split(' ')[0] === 'Set' ? $json.a : $json.b",
		'$json.code.match(/^A/) ? $json.a : 0',
		'$json.rows.filter(row => row.code.match(/^A/)).length',
	])('{{ %s }} does neither', (code) => {
		expect(risksOf(code)).toEqual(NONE);
	});

	it('of a fixed text is none', () => {
		expect(cutTextsIn('$json.a.replace(/\\D/g, "")')).toEqual(NONE);
	});

	it('of a megabyte is scanned at once', () => {
		for (const piece of [
			'.split(',
			'.match(/',
			'.replace(/[^',
			'.slice(0)',
			'((',
			"'",
			'.split(" ")[0]))',
		])
			risksOf(piece.repeat(1_000_000 / piece.length));
	});
});
