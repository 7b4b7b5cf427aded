import fc from 'fast-check';

import {
	apiUrlOf,
	checkAddress,
	checkEnvironment,
	PRODUCTION_API_URL,
} from '../../../market/contract/address';
import { refusalOf, valueOf } from '../../support/checked';

describe('An address that a token may go to', () => {
	it.each([
		[PRODUCTION_API_URL, PRODUCTION_API_URL],
		['https://api.partner.market.yandex.net', 'https://api.partner.market.yandex.net'],
		['https://market.example:8443/base/', 'https://market.example:8443/base'],
		['  https://market.example//  ', 'https://market.example'],
		['HTTPS://MARKET.EXAMPLE', 'HTTPS://MARKET.EXAMPLE'],
		['http://localhost', 'http://localhost'],
		['HTTP://LOCALHOST', 'HTTP://LOCALHOST'],
		['http://localhost:8780/', 'http://localhost:8780'],
		['http://127.0.0.1:8780', 'http://127.0.0.1:8780'],
		['http://127.1.2.3/base', 'http://127.1.2.3/base'],
		['http://[::1]:80', 'http://[::1]:80'],
	])('%s', (raw, address) => {
		expect(valueOf(checkAddress(raw))).toBe(address);
	});

	it('is no longer than the longest base with the longest query of ours', () => {
		const long = (length: number) => 'https://market.example/'.padEnd(length, 'x');
		expect(valueOf(checkAddress(long(2_000 + 6_000)))).toHaveLength(8_000);
		expect(refusalOf(checkAddress(long(2_000 + 6_001))).reason).toContain('(8001 characters)');
	});
});

describe('An address that a token never goes to', () => {
	it.each([
		'http://api.partner.market.yandex.ru',
		'http://192.168.1.5:8780',
		'http://localhost@evil.example',
		'http://localhost:80@evil.example',
		'http://localhost:pass@evil.example/',
		'http://127.0.0.1@evil.example/',
		'http://user@localhost@evil.example',
		'http://127.0.0.1.evil.example',
		'http://localhost.evil.example',
		'http://localhostevil.example',
		'http://evil.example/localhost',
		'http://evil.example?http://localhost/',
		'http://evil.example#@localhost/',
		'http://localhost\\@evil.example',
		'http:\\\\localhost',
		'http://localhost?@evil.example',
		'http://localhost#@evil.example',
		'http://local\nhost',
		'http://127.0.0.1\t.evil.example',
		'http://[::1].evil.example',
		'http://[::2]',
		'http://0x7f000001.evil.example',
		'http://128.0.0.1',
		'http://1270.0.0.1',
		'https://user:secret@market.example',
		'https://market.example\\@evil.example',
		'https:///path',
		'https://',
		'//market.example',
		'ftp://localhost',
		'javascript://localhost/',
		'market.example',
		'',
		'   ',
		undefined,
		null,
		42,
		{ url: 'https://market.example' },
	])('%j', (raw) => {
		const { reason, advice } = refusalOf(checkAddress(raw));
		expect(reason).toMatch(/unprotected/);
		expect(advice).toMatch(/https/);
	});
});

it('Whatever is written, plain http goes only to this computer', () => {
	const piece = fc.constantFrom(
		...['http://', 'HTTP://', 'localhost', '127.0.0.1', '[::1]', 'evil.example'],
		...['@', ':', '80', '/', '\\', '.', '#', '?', '\t'],
	);
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
			const raw = `http://${pieces.join('')}`;
			const checked = checkAddress(raw);
			if (!checked.ok || !URL.canParse(checked.value)) return;
			const { hostname } = new URL(`${checked.value}/v2/campaigns`);
			expect(hostname).toMatch(/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/);
		}),
		{ numRuns: 3_000 },
	);
});

describe('The environment of a credential', () => {
	it.each([
		[undefined, 'https://api.partner.market.yandex.ru'],
		['production', 'https://api.partner.market.yandex.ru'],
		['marketYandexGo', 'https://api.partner.market.yandex.net'],
		['sandbox', 'http://127.0.0.1:8780'],
	])('%s is at %s', (raw, address) => {
		expect(valueOf(apiUrlOf(valueOf(checkEnvironment(raw)), 'http://127.0.0.1:8780/'))).toBe(
			address,
		);
	});

	it.each(['', null, 'Production', 'test', 'toString', 5, ['production']])(
		'%j is refused, and never production',
		(raw) => {
			const { reason, advice } = refusalOf(checkEnvironment(raw));
			expect(reason).toMatch(/^Environment .* is none of its choices$/);
			expect(advice).toContain('marketYandexGo, production or sandbox');
		},
	);
});
