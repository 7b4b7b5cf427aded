import fc from 'fast-check';

import { escapeCodes, withoutCodes } from '../../../market/wire/connection';

describe('The code of what broke a connection', () => {
	it.each([
		['connect ECONNREFUSED 127.0.0.1:1', 'the connection was refused: 127.0.0.1:1'],
		['read ECONNRESET', 'the connection was closed'],
		['ECONNRESET socket hang up', 'the connection was closed: socket hang up'],
		['getaddrinfo ENOTFOUND api.example', 'this name is not known: api.example'],
		[
			'getaddrinfo EAI_AGAIN api.example:443',
			'the name could not be looked up just now: api.example:443',
		],
		['connect ETIMEDOUT 10.0.0.1:443', 'no answer came in time: 10.0.0.1:443'],
		[
			'ECONNABORTED timeout of 60000ms exceeded',
			'the connection was given up: timeout of 60000ms exceeded',
		],
		['EACCES: permission denied', 'access is not allowed: permission denied'],
		['getaddrinfo failed', 'looking up the name: failed'],
	])('%s is put in words', (text, words) => {
		expect(withoutCodes(text)).toBe(words);
	});

	it.each(['socket hang up', 'self-signed certificate', 'PREEXISTING-1', 'BIKEACCESSORY'])(
		'%s has none',
		(text) => {
			expect(withoutCodes(text)).toBe(text);
		},
	);
});

describe('The code of what broke a connection, in text that is not ours to word', () => {
	it.each([
		['SKU "ENOENT-1"', 'SKU "\\u0045NOENT-1"'],
		['SKU "preexisting-1"', 'SKU "pr\\u0065existing-1"'],
		['ECONNRESETIMEDOUT', '\\u0045CONNRES\\u0045TIMEDOUT'],
		['getaddrinfo', '\\u0067etaddrinfo'],
		['Main warehouse', 'Main warehouse'],
	])('%s is written %s', (text, escaped) => {
		expect(escapeCodes(text)).toBe(escaped);
	});

	// Source: COMMON_ERRORS in the NodeError of n8n-workflow 2.41.
	const codes = [
		'ECONNREFUSED, ECONNRESET, ENOTFOUND, ETIMEDOUT, ERRADDRINUSE, EADDRNOTAVAIL, ECONNABORTED, EHOSTUNREACH',
		'EAI_AGAIN, ENOENT, EISDIR, ENOTDIR, EACCES, EEXIST, EPERM, GETADDRINFO',
	].flatMap((line) => line.split(', '));

	it('is not found, and a reader of JSON has the same text', () => {
		const piece = fc.constantFrom(...codes, ...codes.map((code) => code.toLowerCase()), 'E', ' ');
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 5 }), (pieces) => {
				const text = pieces.join('');
				const escaped = escapeCodes(text);
				expect(codes.filter((code) => escaped.toUpperCase().includes(code))).toEqual([]);
				expect(JSON.parse(`"${escaped}"`)).toBe(text);
			}),
		);
	});
});
