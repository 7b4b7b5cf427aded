import { withoutCodes } from '../../../market/wire/connection';

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
	])('%s is told in words', (text, words) => {
		expect(withoutCodes(text)).toBe(words);
	});

	it.each(['socket hang up', 'self-signed certificate', 'PREEXISTING-1', 'BIKEACCESSORY'])(
		'%s has none',
		(text) => {
			expect(withoutCodes(text)).toBe(text);
		},
	);
});
