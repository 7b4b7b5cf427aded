import { apiMethods } from '../../../market/contract/apiMethods';
import type { MarketFault, MarketReply } from '../../../market/wire/ports';
import { judge, limitHit, usesQuota } from '../../../market/wire/verdict';
import { DROPPED, GARBLED, OK, PARALLEL_LIMIT, refusal } from '../../support/answers';

type Answer = MarketReply | MarketFault;

const QUOTA_HEADERS = { 'x-ratelimit-resource-until': 'Mon, 23 Nov 2026 12:01:00 GMT' };
const DEPRECATED = 'The method is deprecated and is occasionally forbidden. Please stop using it';

function reply(status: number, body: unknown, headers: Record<string, string> = {}): MarketReply {
	return { kind: 'reply', status, headers, body };
}

/** What every method's answer may be, and what it means. */
const ALWAYS: Array<[string, Answer, string]> = [
	['200 that says ERROR', refusal(200), 'badRequest'],
	['200 with errors alone', reply(200, { errors: [{ code: 'A', message: 'No' }] }), 'badRequest'],
	['200 with a page', GARBLED, 'fault'],
	['200 with nothing', reply(200, null), 'fault'],
	['200 with an empty object', reply(200, {}), 'fault'],
	['200 with a list', reply(200, []), 'fault'],
	['200 with a status that nobody knows', reply(200, { status: 'PENDING' }), 'fault'],
	['200 with a captcha', reply(200, { type: 'captcha' }), 'fault'],
	['204', reply(204, ''), 'fault'],
	['no reply', DROPPED, 'fault'],
	['500', refusal(500), 'fault'],
	['502 with a page', reply(502, '<html>'), 'fault'],
	['503', refusal(503), 'fault'],
	['420 of too many at once', PARALLEL_LIMIT, 'tooManyAtOnce'],
	[
		'420 of too many at once with the headers of a quota',
		{ ...PARALLEL_LIMIT, headers: QUOTA_HEADERS },
		'tooManyAtOnce',
	],
	['420 with nothing', reply(420, ''), 'tooManyAtOnce'],
	[
		'420 of a quota',
		{ ...refusal(420, 'Hit rate limit of 5 requests per 1 minute'), headers: QUOTA_HEADERS },
		'quotaHit',
	],
	['400', refusal(400), 'badRequest'],
	['400 that broke off', reply(400, '{"status":"ERR'), 'fault'],
	['400 with a page', reply(400, '<html>'), 'fault'],
	['401', refusal(401), 'refused'],
	['401 that broke off', reply(401, '{"status":"ERR'), 'fault'],
	['403', refusal(403), 'refused'],
	['403 that broke off', reply(403, '{"status":"ERR'), 'fault'],
	['403 with a page', reply(403, '<html>'), 'fault'],
	['403 with the JSON of somebody else', reply(403, { message: 'Forbidden' }), 'fault'],
	['403 with nothing', reply(403, undefined), 'fault'],
	['403 of a method that is being retired', refusal(403, DEPRECATED), 'fault'],
	['404', refusal(404), 'refused'],
	['404 with a page', reply(404, '<html>'), 'fault'],
	['405', refusal(405), 'refused'],
	['423', refusal(423), 'refused'],
	['301', reply(301, '<html>'), 'refused'],
	['302', reply(302, ''), 'fault'],
	['303', reply(303, ''), 'fault'],
	['304', reply(304, ''), 'fault'],
	['307', reply(307, ''), 'fault'],
	['308', reply(308, ''), 'refused'],
	['407', reply(407, '<html>'), 'refused'],
	['408', reply(408, ''), 'fault'],
	['413', reply(413, '<html>'), 'tooLarge'],
	['425', reply(425, ''), 'fault'],
	['429', refusal(429), 'fault'],
	['451', reply(451, '<html>'), 'refused'],
	['499', reply(499, ''), 'fault'],
	...[
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'SELF_SIGNED_CERT_IN_CHAIN',
		'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	].map(untrusted),
	...['UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'CERT_HAS_EXPIRED'].map(
		untrusted,
	),
	...['ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_NOT_YET_VALID'].map(untrusted),
];

function untrusted(code: string): [string, Answer, string] {
	return [code, { kind: 'fault', code, message: code }, 'refused'];
}

describe('An answer', () => {
	it.each(ALWAYS)('%s means the same for every method', (_, answer, kind) => {
		for (const apiMethod of Object.values(apiMethods)) {
			expect([apiMethod.name, judge(answer, apiMethod).kind]).toEqual([apiMethod.name, kind]);
		}
	});

	it.each([
		'updateStocks',
		'updateStocksOnPartnerWarehouses',
		'addHiddenOffers',
		'deleteHiddenOffers',
	] as const)('to %s is a success if it says OK, and only then', (name) => {
		const apiMethod = apiMethods[name];
		expect(judge(OK, apiMethod)).toEqual({ kind: 'success', body: { status: 'OK' } });
		expect(judge(reply(202, { status: 'OK', errors: [] }), apiMethod).kind).toBe('success');
		for (const body of [
			{ status: 'ok' },
			{ result: {} },
			{ status: 'OK', errors: [{ code: 'A' }] },
		]) {
			expect(judge(reply(200, body), apiMethod).kind).toBe('fault');
		}
	});

	it.each([
		['getStocks', { result: { warehouses: [] } }],
		['getStocksOnPartnerWarehouses', { result: { offers: [] } }],
		['getHiddenOffers', { result: { hiddenOffers: [] } }],
		['getCampaignOffers', { result: { offers: [] } }],
		['getOfferMappings', { result: { offerMappings: [] } }],
		['getPartnerWarehouses', { result: { warehouses: [] } }],
		['getPagedWarehouses', { result: { warehouses: [] } }],
		['getCampaigns', { campaigns: [] }],
		['getCampaign', { campaign: {} }],
		['getBusinessSettings', { result: {} }],
		['getAuthTokenInfo', { result: { apiKey: { authScopes: [] } } }],
	] as const)('to %s is a success if it holds what is read', (name, body) => {
		const apiMethod = apiMethods[name];
		expect(judge(reply(200, body), apiMethod)).toEqual({ kind: 'success', body });
		expect(judge(reply(200, { status: 'OK', ...body }), apiMethod).kind).toBe('success');
		expect(judge(reply(200, { status: 'ERROR', ...body }), apiMethod).kind).toBe('badRequest');
		expect(judge(OK, apiMethod).kind).toBe('fault');
	});

	it.each([
		['getCampaign', { campaign: 'none' }],
		['getCampaign', { campaign: [] }],
		['getBusinessSettings', { result: 'none' }],
		['getCampaigns', { campaigns: {} }],
	] as const)('to %s is a fault if it holds something else in that place: %j', (name, body) => {
		expect(judge(reply(200, body), apiMethods[name]).kind).toBe('fault');
	});
});

describe('A fault', () => {
	const faultOf = (answer: Answer) => {
		const verdict = judge(answer, apiMethods.updateStocks);
		if (verdict.kind !== 'fault') throw new Error(verdict.kind);
		return verdict;
	};

	it.each<[string, Answer, boolean]>([
		['a broken connection', DROPPED, true],
		[
			'a connection that broke in the middle',
			{ kind: 'fault', code: 'ECONNRESET', message: 'reset' },
			true,
		],
		[
			'a connection that was refused',
			{ kind: 'fault', code: 'ECONNREFUSED', message: 'refused' },
			false,
		],
		['a name that is not found', { kind: 'fault', code: 'ENOTFOUND', message: 'not found' }, false],
		['500', refusal(500), true],
		['200 with nothing to conclude from', reply(200, {}), true],
		['a page', reply(403, '<html>'), true],
		['499', reply(499, ''), true],
		['302', reply(302, ''), false],
		['429', reply(429, ''), false],
		['a method that is being retired', refusal(403, DEPRECATED), false],
	])('such as %s says whether the Market may have acted', (_, answer, mayBeApplied) => {
		expect(faultOf(answer).mayBeApplied).toBe(mayBeApplied);
	});

	it('of a gateway is likely to stay; one of the Market or of the connection may pass', () => {
		expect(
			[reply(404, '<html>'), reply(302, ''), reply(429, '')].map(
				(answer) => faultOf(answer).isStubborn,
			),
		).toEqual([true, true, true]);
		const passing = [
			DROPPED,
			refusal(503),
			GARBLED,
			reply(403, '{"status":"ERR'),
			refusal(403, DEPRECATED),
		];
		expect(passing.map((answer) => faultOf(answer).isStubborn)).toEqual(passing.map(() => false));
	});

	const date = 'Mon, 23 Nov 2026 12:00:00 GMT';
	it.each<[Record<string, string>, number]>([
		[{}, 0],
		[{ 'retry-after': '7' }, 7_000],
		[{ 'retry-after': '0' }, 0],
		[{ 'retry-after': '86400' }, 60_000],
		[{ 'retry-after': 'Mon, 23 Nov 2026 12:00:30 GMT', date }, 30_000],
		[{ 'retry-after': 'Mon, 23 Nov 2026 13:00:00 GMT', date }, 60_000],
		[{ 'retry-after': 'Mon, 23 Nov 2026 11:00:00 GMT', date }, 0],
		[{ 'retry-after': 'Mon, 23 Nov 2026 12:00:30 GMT' }, 0],
		[{ 'retry-after': 'soon' }, 0],
	])('with %j asks for a pause of %d ms', (headers, ms) => {
		for (const status of [429, 503])
			expect(faultOf(reply(status, '', headers)).askedPauseMs).toBe(ms);
	});
});

describe('The quota', () => {
	it.each<[number, unknown, boolean]>([
		[200, { status: 'OK' }, true],
		[200, {}, true],
		[200, '<html>', false],
		[400, refusal(400).body, true],
		[403, refusal(403).body, true],
		[403, '<html>', false],
		[413, '<html>', false],
		[420, refusal(420).body, false],
		[429, refusal(429).body, false],
		[500, refusal(500).body, false],
	])('of a reply %d with %j is used: %s', (status, body, isUsed) => {
		expect(usesQuota(reply(status, body))).toBe(isUsed);
	});

	it('is hit only by a 420', () => {
		expect([refusal(429), refusal(503), OK].map(limitHit)).toEqual([
			undefined,
			undefined,
			undefined,
		]);
	});
});
