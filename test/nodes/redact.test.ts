import { Redactor } from '../../nodes/common/connection/redact';

const SECRET = 'my/very+own:secret=0123"456';
const redactor = new Redactor([SECRET]);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const base64url = (text: string) => Buffer.from(text).toString('base64url');

/** Expects nothing of the secret's middle to be left, whatever was cut off beside it. */
function expectHidden(said: string, middle: string): void {
	expect(said).toContain(middle);
	const text = redactor.text(`before ${said} after`);
	expect(text).not.toContain(middle);
	expect(text).toMatch(/^before .*\*\*\*.* after$/);
}

describe('a known secret is removed', () => {
	it.each([
		['as it is', SECRET],
		['in a URL', encodeURIComponent(SECRET)],
		[
			'in a URL, in small letters',
			encodeURIComponent(SECRET).replace(/%../g, (code) => code.toLowerCase()),
		],
		['in a URL within a URL', encodeURIComponent(encodeURIComponent(SECRET))],
		['in JSON', JSON.stringify(SECRET).slice(1, -1)],
	])('%s', (_, said) => expectHidden(said, said.slice(3, -3)));

	it.each(['', 'i', 'id', 'id:', 'client:', 'another-id:', '{"a":"'])(
		'in Base64, after %p',
		(before) => {
			expectHidden(
				base64(before + SECRET),
				base64(before + SECRET).slice(before.length * 2 + 3, -6),
			);
			expectHidden(
				base64url(before + SECRET),
				base64url(before + SECRET).slice(before.length * 2 + 3, -6),
			);
			expectHidden(
				base64(`${before + SECRET}:and more`),
				base64(before + SECRET).slice(before.length * 2 + 3, -6),
			);
		},
	);

	it('even if it was learnt later', () => {
		const later = new Redactor([]);
		later.learn('y0_refreshed');
		expect(later.text('token y0_refreshed is bad')).toBe('token *** is bad');
	});
});

describe('what looks like a token is removed', () => {
	it.each([
		['{"access_token":"y0_Ab-1.2","expires_in":3600}', '{"access_token":"***","expires_in":3600}'],
		['received: {"access_token": "y0_Ab', 'received: {"access_token": "***'],
		['{\\"refresh_token\\":\\"1:Ab:c\\"}', '{\\"refresh_token\\":\\"***\\"}'],
		["{'client_secret': 'abc'}", "{'client_secret': '***'}"],
		['grant?client_secret=abc&id_token=x.y.z', 'grant?client_secret=***&id_token=***'],
		['%22access_token%22%3A%22y0_x%22', '%22access_token%22%3A%22***'],
		['authorization: Bearer y0_x, host: a', 'authorization: Bearer ***, host: a'],
		['Bearer%20abc', 'Bearer%20***'],
		[
			'OAuth oauth_token="abc", oauth_client_id="id"',
			'OAuth oauth_token="***", oauth_client_id="id"',
		],
		['Authorization: OAuth y0_AgAAAAAabcdefgh', 'Authorization: OAuth ***'],
		['Api-Key: abc', 'Api-Key: ***'],
		["'api-key': 'abc'", "'api-key': '***'"],
		['token ACMA:abc:0123 is bad', 'token ACMA:*** is bad'],
		['ACMA%3Aabc', 'ACMA%3A***'],
		['key y0_AgAAAABkD1234567890abcdefghij', 'key y0_***'],
	])('%s', (said, text) => expect(redactor.text(said)).toBe(text));
});

describe('everything else stays as it is', () => {
	it.each([
		"Stock for 'SKU-1' should not be in the future",
		'Api-Key token is revoked',
		'OAuth token is invalid',
		'Basic authentication is required',
		'the access_token has run out',
		'nextPageToken: eyJvcCI6Ij4iLCJrZXkiOiIifQ',
		'y0_short',
		'',
	])('%p', (said) => expect(redactor.text(said)).toBe(said));

	it('except a secret of eight characters', () => {
		expect(new Redactor(['12345678']).text('SKU 12345678')).toBe('SKU ***');
	});

	it('a secret that is too short to be one is not searched for: it may occur in any SKU', () => {
		expect(new Redactor(['A-1', '1234567']).text("SKU 'A-1' of 1234567")).toBe(
			"SKU 'A-1' of 1234567",
		);
	});
});

describe('a reply', () => {
	const parsed = (text: string) => redactor.reply(JSON.parse(text) as unknown, text);

	it('comes back as it is if no secret is in it', () => {
		const body = { a: [1, 'b', null, { c: true }] };
		expect(redactor.reply(body, JSON.stringify(body))).toBe(body);
	});

	it('loses secrets in values, names and behind escapes, at any depth', () => {
		const escaped = [...SECRET]
			.map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
			.join('');
		expect(parsed(`{"a":[{"b":"x ${escaped}"}]}`)).toEqual({ a: [{ b: 'x ***' }] });
		expect(parsed(JSON.stringify({ [SECRET]: { message: 'Bearer abc' } }))).toEqual({
			'***': { message: 'Bearer ***' },
		});
		expect(parsed(JSON.stringify(SECRET))).toBe('***');
	});

	it('keeps SKUs that only look like a secret: they must still match', () => {
		const offers = [{ offerId: 'Bearer 6204' }, { sku: 'ACMA:1' }, { name: 'Bearer 6204' }];
		expect(parsed(JSON.stringify({ offers }))).toEqual({
			offers: [{ offerId: 'Bearer 6204' }, { sku: 'ACMA:1' }, { name: 'Bearer ***' }],
		});
	});

	it('changes no prototype', () => {
		const body = parsed('{"__proto__":{"x":"Bearer abc"},"constructor":"Bearer abc"}') as object;
		expect(Object.getPrototypeOf(body)).toBe(Object.prototype);
		expect(JSON.stringify(body)).toBe(
			'{"__proto__":{"x":"Bearer ***"},"constructor":"Bearer ***"}',
		);
	});
});
