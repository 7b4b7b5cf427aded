import { checkAddress } from '../../market/contract/address';
import { explain } from '../../market/wire/explain';
import { parseReply } from '../../market/wire/json';
import { apiMethods } from '../../market/contract/apiMethods';
import { isolate } from '../../market/write/isolation';
import { concernsMoment, readMessages } from '../../market/write/wording';
import { marketMessages } from '../../market/wire/messages';
import { mayVary } from '../../nodes/common/input/fixedExpression';
import { parseFieldPath } from '../../nodes/common/input/fieldPath';
import { Redactor } from '../../nodes/common/connection/redact';
import { refusal } from '../support/answers';

/** At this size, anything quadratic takes minutes, and anything linear a moment. */
const LONG = 1_000_000;

const repeated = (piece: string) => piece.repeat(Math.ceil(LONG / piece.length));

describe('texts of any length are read once', () => {
	it.each(['/', '/x', 'https://', '@', ' /'])('an address of %p', (piece) => {
		expect(checkAddress(`https://market.example${repeated(piece)}x`).ok).toBe(false);
	});

	it('an address with slashes at its end, as long as it may be', () => {
		expect(checkAddress(`https://market.example${'/'.repeat(1_900)}`)).toEqual({
			ok: true,
			value: 'https://market.example',
		});
	});

	it.each(["Stock for '", "' should not be ", "Stock for '' should not be "])(
		'a wrong moment, said as %p',
		(piece) => {
			expect(readMessages([repeated(piece)], ['S']).some(concernsMoment)).toBe(false);
		},
	);

	it.each([
		"Stock for '",
		"for warehouse '",
		"at positions '",
		"'",
		'skus[1',
		'illegal input at ',
		'w',
		'"campaign type',
	])('a refusal of %p', (piece) => {
		const { refused, pieces } = isolate(
			refusal(400, repeated(piece)),
			[0, 1],
			(at) => ({ sku: `S${at}` }),
			true,
		);
		expect([...refused.keys(), ...pieces.flat()].sort()).toEqual([0, 1]);
	});

	it.each([
		'Bearer ',
		'ACMA:',
		'"access_token":',
		'OAuth ',
		'\\',
		'"',
		'y0_',
		'Api-Key: ',
		'%22',
		'client_secret=',
		'Basic a',
	])('a secret in %p', (piece) => {
		const redactor = new Redactor(['a-very-long-secret']);
		expect(redactor.text(`${repeated(piece)} a-very-long-secret`)).not.toContain(
			'a-very-long-secret',
		);
	});

	it.each(['"', '\\"', '1234567890123456 ', '-', '[1,', '{"a":', '1'])('a reply of %p', (piece) => {
		const text = `{"a":"${repeated(piece)}`;
		expect(parseReply(text)).toBe(text);
		expect(parseReply(repeated(piece).slice(0, LONG))).toBeDefined();
	});

	it.each(['["', '[1]', '\\"', '["\\"'])('a field path of %p', (piece) => {
		expect(parseFieldPath(repeated(piece)).length).toBeGreaterThanOrEqual(0);
	});

	it.each([' ', '.a', ' ?? $vars.a', "['a']"])('an expression of %p', (piece) => {
		expect(mayVary(`={{ $vars.a${repeated(piece)} ( }}`)).toBe(true);
	});
});

describe('of a reply with 100,000 messages', () => {
	const reply = refusal(400);
	const errors = Array.from({ length: 100_000 }, (_, at) => ({
		code: 'BAD',
		message: `'SKU-${at}' is wrong`,
	}));
	(reply as { body: unknown }).body = { status: 'ERROR', errors };

	it('as many messages are read as a request has items, and the last says how many more there are', () => {
		const messages = marketMessages(reply);
		expect(messages).toHaveLength(2_001);
		expect(messages[1_999]).toBe("'SKU-1999' is wrong");
		expect(messages[2_000]).toBe('and 98000 more messages');
	});

	it('all items that those name are found', () => {
		const positions = Array.from({ length: 2_000 }, (_, at) => at);
		const { refused, pieces } = isolate(reply, positions, (at) => ({ sku: `SKU-${at}` }), true);
		expect(refused.size).toBe(2_000);
		expect(pieces).toEqual([]);
	});
});

it('Messages of a megabyte each are cut to what a request could have caused', () => {
	const reply = refusal(400);
	(reply as { body: unknown }).body = { errors: Array(20).fill({ message: 'x'.repeat(LONG) }) };
	expect(marketMessages(reply).join('')).toHaveLength(200_000);
	expect(explain(reply, apiMethods.updateStocks, '1').reason.length).toBeLessThan(600);
});
