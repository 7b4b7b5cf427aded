import { explain } from '../../../market/wire/explain';
import { apiMethods } from '../../../market/contract/apiMethods';
import type { MarketReply } from '../../../market/wire/ports';
import { marketMessages } from '../../../market/wire/messages';
import { expectUsable } from '../../support/checked';

const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const TOKEN = `ACMA:${'s3cretS3cret'.padEnd(40, 'x')}:0123abcd`;

function refusal(status: number, ...messages: string[]): MarketReply {
	const body = {
		status: 'ERROR',
		errors: messages.map((message) => ({ code: 'SOME_CODE', message })),
	};
	return { kind: 'reply', status, headers: { traceparent: TRACE }, body };
}

/** What the documentation says that the Market may answer, what a seller is told about it, and what to do. */
const ANSWERS: Array<[number, string, RegExp, RegExp]> = [
	[
		400,
		'skus size must be between 1 and 2000 (rejected size: 0)',
		/refused the request/,
		/Correct what/,
	],
	[
		400,
		'count must be greater than or equal to 0 (rejected value: -1)',
		/refused the request/,
		/Correct what/,
	],
	[400, 'sku must match REGEX ^.+$', /refused the request/, /Correct what/],
	[400, 'skus[0].sku must not be null', /refused the request/, /Correct what/],
	[400, 'Illegal input at skus[0].items', /refused the request/, /Correct what/],
	[400, "JSON: Unexpected character ('x')", /refused the request/, /Correct what/],
	[400, 'Required request body is missing', /refused the request/, /Correct what/],
	[400, 'Type mismatch: limit', /refused the request/, /Correct what/],
	[400, 'Bad page token', /refused the request/, /Correct what/],
	[400, 'Parameter limit must be less than or equal to 500', /refused the request/, /Correct what/],
	[400, 'The request is too big', /refused the request/, /Correct what/],
	[
		400,
		"Duplicate shop-sku 'A' for warehouse '1'",
		/refused the request/,
		/the same for the Market/,
	],
	[
		400,
		"Duplicate offerId='A' at positions '0, 1'",
		/refused the request/,
		/the same for the Market/,
	],
	[
		400,
		"Stock for 'A' should not be in the future",
		/refused the request/,
		/time zone of Updated At.*clock/,
	],
	[400, "Stock for 'A' should not be older than a day", /refused the request/, /Old Updated At/],
	[
		400,
		'Campaign type is not allowed. Allowed campaign types: FBS, DBS',
		/does not accept this for store 77/,
		/FBS, DBS or Express/,
	],
	[
		400,
		'The method is not allowed: business 1 has no warehouse groups',
		/does not accept this method for store 77/,
		/Set Send To to Warehouse/,
	],
	[401, 'Api-Key token is invalid', /did not accept the Api-Key/, /Copy the whole token/],
	[401, 'Api-Key token is revoked', /did not accept the Api-Key/, /^Make a new token/],
	[401, 'Api-Key token length invalid', /did not accept the Api-Key/, /Copy the whole token/],
	[401, 'Api-Key token prefix invalid', /did not accept the Api-Key/, /without "Bearer"/],
	[401, 'Api-Key token format invalid', /did not accept the Api-Key/, /without spaces/],
	[401, 'Credentials are not specified', /did not accept the Api-Key/, /Copy the whole token/],
	[
		401,
		'Authorization header has invalid syntax',
		/did not accept the OAuth token/,
		/connect it again/,
	],
	[403, 'Access denied', /no right to store 77/, /one business/],
	[403, 'No access to campaigns: 77', /no right to store 77/, /one business/],
	[
		403,
		'Token does not have any of the scopes [all-methods]',
		/lacks an access group/,
		/all-methods, offers-and-cards-management/,
	],
	[403, 'OAuth token is invalid', /did not accept the OAuth token/, /connect it again/],
	[403, 'Scope is invalid', /did not accept the OAuth token/, /market:partner-api/],
	[
		403,
		'API for campaign 77 disabled due to inactivity.',
		/switched off the API of store 77/,
		/90 days.*moderation.*minute/,
	],
	[
		403,
		'API for campaign 77 manually disabled.',
		/switched off the API of store 77/,
		/Switch it on in the seller cabinet.*minute/,
	],
	[
		403,
		'API for campaign 77 disabled because there are no active contracts with Market.',
		/switched off the API of store 77/,
		/seller cabinet, under Legal data.*minute/,
	],
	[
		403,
		'API for campaign 77 disabled because it has no placement program.',
		/switched off the API of store 77/,
		/placement model.*seller cabinet.*minute/,
	],
	[
		403,
		'API for business 1009 disabled because it has only disabled partners.',
		/switched off the API of business 1009 /,
		/Switch on the API of at least one.*minute/,
	],
	[
		403,
		'API for campaign 77 disabled for another reason',
		/switched off the API of store 77/,
		/what the message names.*minute/,
	],
	[
		403,
		'The method is deprecated and is occasionally forbidden. Please stop using it',
		/retiring this method/,
		/update n8n-nodes-yandex-market/,
	],
	[404, "Campaign not found '77'", /does not know store 77/, /not the store number/],
	[404, 'Resource not found', /does not know this method/, /address/],
	[405, 'Request method PATCH not supported', /refused the request/, /proxy/],
	[415, "Content type 'text/plain' not supported", /refused the request/, /proxy/],
	[420, 'Hit rate limit of 4 parallel requests for campaignId 77', /request limit/, /same quota/],
	[
		420,
		'Hit rate limit of 100000 requests per 1 minute for resource /x.json',
		/request limit/,
		/same quota/,
	],
	[423, 'Business is in migration', /moving this business/, /Wait until/],
	[423, 'Campaign is in business migration', /moving this business/, /Wait until/],
	[499, 'Client closed request', /refused the request/, /proxy/],
	[500, 'Internal server error', /not working at the moment/, /safe/],
	[503, 'Service is temporarily unavailable', /not working at the moment/, /Run again later/],
	[418, 'Something that nobody has documented', /refused the request/, /proxy/],
];

describe('A refusal of the Market', () => {
	it.each(ANSWERS)('%d "%s" says what happened and what to do', (status, message, what, advice) => {
		const explained = explain(refusal(status, message), apiMethods.updateStocks, '77');
		expectUsable(explained);
		expect(explained.reason).toMatch(what);
		expect(explained.reason).toContain(`(${status}): ${message}`);
		expect(explained.reason).toContain(TRACE);
		expect(explained.advice).toMatch(advice);
	});

	it.each(ANSWERS)('%d "%s" never repeats a token', (status, message) => {
		const echoed = refusal(status, `${message} ${TOKEN}, ${TOKEN}`);
		expect(JSON.stringify(explain(echoed, apiMethods.updateStocks, '77'))).not.toMatch(
			/ACMA:|s3cret/,
		);
	});

	it.each(['updateStocks', 'addHiddenOffers', 'getHiddenOffers'] as const)(
		'because of a missing access group names those that open %s',
		(name) => {
			const { advice } = explain(
				refusal(403, 'Token does not have any of the scopes [x]'),
				apiMethods[name],
				'77',
			);
			for (const scope of apiMethods[name].scopes) expect(advice).toContain(scope);
		},
	);

	it.each([
		['updateStocksOnPartnerWarehouses', 'has warehouse groups', /Set Send To to Store/],
		['getStocks', 'has no warehouse groups', /set Read From to Warehouse/],
		['getStocksOnPartnerWarehouses', 'has warehouse groups', /set Read From to Store/],
	] as const)(
		'of %s as such, because the business %s, names the parameter that gives the other way',
		(name, why, advice) => {
			const answer = refusal(400, `The method is not allowed: business 1003 ${why}`);
			expect(explain(answer, apiMethods[name], '1003').advice).toMatch(advice);
		},
	);

	it('without a store mentions none', () => {
		const { reason } = explain(refusal(403, 'Access denied'), apiMethods.getCampaigns);
		expect(reason).not.toMatch(/undefined/);
		expect(reason).toMatch(/the store/);
	});
});

describe('An answer that is not one', () => {
	it('because of the connection says what the connection said', () => {
		const explained = explain(
			{ kind: 'fault', message: 'ECONNRESET socket hang up' },
			apiMethods.updateStocks,
			'77',
		);
		expectUsable(explained);
		expect(explained.reason).toMatch(
			/could not be reached: the connection was closed: socket hang up$/,
		);
		expect(explained.advice).toMatch(/network.*safe/);
	});

	it.each([
		['a page of a proxy', '<html>Welcome</html>'],
		['nothing', ''],
	])('because a success carries %s says so', (_, body) => {
		const explained = explain(
			{ kind: 'reply', status: 200, headers: {}, body },
			apiMethods.updateStocks,
			'77',
		);
		expectUsable(explained);
		expect(explained.reason).toBe('The Market gave no usable answer (200)');
	});

	it('because a success is not one after all has the message of the Market', () => {
		const explained = explain(refusal(200, 'Something is wrong'), apiMethods.updateStocks, '77');
		expect(explained.reason).toMatch(/\(200\): Something is wrong/);
		expect(explained.advice).not.toMatch(/several times/);
	});
});

describe('The words of the Market', () => {
	function said(body: unknown): string {
		return marketMessages({ kind: 'reply', status: 400, headers: {}, body }).join('; ');
	}

	function told(body: unknown): string {
		return explain({ kind: 'reply', status: 400, headers: {}, body }, apiMethods.updateStocks, '77')
			.reason;
	}

	it.each<[string, unknown, string]>([
		[
			'all messages',
			{
				errors: [
					{ code: 'A', message: 'one' },
					{ code: 'B', message: 'two' },
				],
			},
			'one; two',
		],
		['the code where there is no message', { errors: [{ code: 'LOCKED' }] }, 'LOCKED'],
		['no errors', { status: 'ERROR' }, ''],
		['errors that are null', { errors: null }, ''],
		['errors that are no list', { errors: 'bad' }, ''],
		['an empty list', { errors: [] }, ''],
		['entries that are nothing', { errors: [null, undefined, 5, {}] }, ''],
		['a text in place of JSON', '<html></html>', ''],
		['nothing', undefined, ''],
	])('are read from %s', (_, body, message) => {
		expect(said(body)).toBe(message);
	});

	it('are shortened', () => {
		expect(told({ errors: [{ message: 'x'.repeat(1024 * 1024) }] })).toMatch(/[^x]x{500}\.\.\.$/);
	});

	it('are repeated only as far as they are meant', () => {
		const answer = refusal(
			400,
			"Stock for 'A' should not be in the future",
			"Duplicate shop-sku 'B'",
		);
		const { reason, advice } = explain(answer, apiMethods.updateStocks, '77', [
			"Duplicate shop-sku 'B'",
		]);
		expect(reason).toContain("(400): Duplicate shop-sku 'B' [traceparent");
		expect(advice).toMatch(/the same for the Market/);
	});

	it('survive a message that is not text', () => {
		expect(
			said({ errors: [{ message: JSON.parse('{"toString":1}') as unknown }, { message: 'two' }] }),
		).toMatch(/two/);
	});

	it('have no token, neither in a message nor in a code, not even if the text is cut', () => {
		const body = { errors: [{ message: `${'x'.repeat(490)}${TOKEN}` }, { code: TOKEN }] };
		expect(said(body)).not.toMatch(/ACMA|s3cret/);
		expect(told(body)).not.toMatch(/ACMA|s3cret/);
	});
});

describe('A refusal for a business', () => {
	const { updateStocksOnPartnerWarehouses } = apiMethods;

	it.each([
		[
			404,
			'Not found',
			/does not know business 1003 \(404\)/,
			/business ID, which is not the campaign ID/,
		],
		[
			403,
			'Access denied',
			/no right to business 1003 \(403\)/,
			/the token of this business.*business ID/,
		],
	])('%d %s names the business, and the ID that is wanted', (status, message, reason, advice) => {
		const told = explain(refusal(status, message), updateStocksOnPartnerWarehouses, '1003');
		expect(told.reason).toMatch(reason);
		expect(told.advice).toMatch(advice);
		expectUsable(told);
	});

	it('all of whose stores are switched off says to switch one on, and that it takes a minute', () => {
		const said = 'API for business 1003 disabled because it has only disabled partners.';
		const told = explain(refusal(403, said), updateStocksOnPartnerWarehouses, '1003');
		expect(told.reason).toContain(
			`The Market has switched off the API of business 1003 (403): ${said}`,
		);
		expect(told.advice).toMatch(
			/^All stores of the business are switched off\. Switch on the API of at least one/,
		);
		expect(told.advice).toMatch(/wait a minute and run again.*request log/);
		expectUsable(told);
	});

	it('that lacks an access group names those of the method', () => {
		const { advice } = explain(
			refusal(403, 'Token does not have any of the scopes'),
			apiMethods.getPartnerWarehouses,
			'1003',
		);
		expect(advice).toContain('inventory-and-order-processing:read-only');
	});
});

it('The refusal of a store whose model has no hidden offers does not mention stock', () => {
	const message = 'Campaign type is not allowed. Allowed campaign types: FBY, FBS, DBS';
	const { reason, advice } = explain(refusal(400, message), apiMethods.addHiddenOffers, '77');
	expect(reason).toContain('FBY, FBS, DBS');
	expect(advice).toBe('Choose a store of one of the models that the message allows.');
});
