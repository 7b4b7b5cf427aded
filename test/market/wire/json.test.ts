import { parseReply } from '../../../market/wire/json';

describe('a reply is parsed', () => {
	it.each([
		['{"id":9007199254740993}', { id: '9007199254740993' }],
		['{"id": 9223372036854775807 }', { id: '9223372036854775807' }],
		[
			'[9007199254740992,9007199254740993,-9007199254740993]',
			['9007199254740992', '9007199254740993', '-9007199254740993'],
		],
		['9007199254740993', '9007199254740993'],
	])('with whole numbers that JavaScript cannot hold as text: %s', (text, value) => {
		expect(parseReply(text)).toEqual(value);
	});

	it.each([
		'{"id":9007199254740991}',
		'{"id":21000001,"price":1.5,"big":1e30,"long":0.12345678901234567890}',
		'{"name":"9007199254740993","a":"\\"9007199254740993","b":"\\\\"}',
		'{"9007199254740993":1}',
		'null',
	])('and otherwise as usual: %s', (text) => {
		expect(parseReply(text)).toEqual(JSON.parse(text));
	});

	it('beside texts that hold the same digits', () => {
		expect(parseReply('{"a":"x\\\\","id":9007199254740993,"b":"\\"9007199254740993\\""}')).toEqual({
			a: 'x\\',
			id: '9007199254740993',
			b: '"9007199254740993"',
		});
	});

	it.each(['<html>', '', '{"id":9007199254740993', '{"id":90071992547409939007-1}', '[1e]'])(
		'or comes back as text if it is not JSON: %p',
		(text) => expect(parseReply(text)).toBe(text),
	);

	it('or if it nests deeper than any honest one', () => {
		const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
		expect(parseReply(nested(64))).toBeInstanceOf(Array);
		expect(parseReply(nested(65))).toBe(nested(65));
		const flat = Array.from({ length: 100 }, (_, index) => [index]);
		expect(parseReply(JSON.stringify(flat))).toEqual(flat);
		expect(parseReply(`["${nested(65)}"]`)).toEqual([nested(65)]);
	});
});
