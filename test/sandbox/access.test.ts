import { API_KEYS, STORES, TOKENS } from '../../sandbox';
import { Bench, entry } from './support/bench';
import { MAIN, skuItem, WarehouseBench } from './support/warehouseBench';

const STOCKS = '/v2/campaigns/21000001/offers/stocks';
const HIDDEN = '/v2/campaigns/21000001/hidden-offers';

describe('paths', () => {
	it.each([
		['GET', '/campaigns'],
		['GET', '/v2/campaigns.json'],
		['GET', '/campaigns/21000001.json'],
		['POST', '/campaigns/21000001/offers/stocks.json'],
		['POST', '/auth/token.json'],
		['POST', '/businesses/1001/warehouses'],
		['POST', '/v3/businesses/1001/warehouses.json'],
	])('%s %s works', async (method, path) => {
		expect((await new Bench().call(method, path)).status).toBe(200);
	});

	it.each([
		'/',
		'/v1/campaigns',
		'/v3/campaigns',
		'/v2/campaigns/',
		'/v2/campaigns/1/prices',
		'/v2/campaigns.xml',
	])('%s is not found', async (path) => {
		const { status, body, messages } = await new Bench().call('GET', path);
		expect([status, messages]).toEqual([404, ['Resource not found']]);
		expect(body.errors?.[0]?.code).toBe('NOT_FOUND');
	});

	it.each([
		['GET', STOCKS],
		['DELETE', '/v2/campaigns'],
		['PUT', HIDDEN],
		['GET', '/v2/auth/token'],
		['GET', '/v2/businesses/1001/warehouses'],
		['PUT', '/v3/businesses/1001/offers/stocks/update'],
	])('%s %s is not supported', async (method, path) => {
		const { status, messages } = await new Bench().call(method, path);
		expect([status, messages]).toEqual([405, [`Request method '${method}' is not supported`]]);
	});
});

describe('an Api-Key token', () => {
	const secret = 'a'.repeat(40);
	const refusals: Array<{ headers: Record<string, string>; message: string }> = [
		{ headers: {}, message: 'Credentials are not specified' },
		{
			headers: { 'Api-Key': `Bearer ${TOKENS.allMethods}` },
			message: 'Api-Key token prefix invalid',
		},
		{ headers: { 'Api-Key': '' }, message: 'Api-Key token format invalid' },
		{ headers: { 'Api-Key': 'y0_AgAAAA' }, message: 'Api-Key token format invalid' },
		{ headers: { 'Api-Key': `ACMA:${secret}` }, message: 'Api-Key token format invalid' },
		{ headers: { 'Api-Key': `ACMA:${secret}:1234567` }, message: 'Api-Key token length invalid' },
		{ headers: { 'Api-Key': `ACMA:${secret}a:12345678` }, message: 'Api-Key token length invalid' },
		{ headers: { 'Api-Key': `ACMA:${secret}:12345678` }, message: 'Api-Key token is invalid' },
		{ headers: { 'Api-Key': TOKENS.revoked }, message: 'Api-Key token is revoked' },
		{
			headers: { Authorization: TOKENS.allMethods },
			message: 'Authorization header has invalid syntax',
		},
		{ headers: { Authorization: 'Bearer ' }, message: 'Authorization header has invalid syntax' },
		{
			headers: { Authorization: 'OAuth oauth_token="x"' },
			message: 'Authorization header has invalid syntax',
		},
	];
	it.each(refusals)('$headers: 401 $message', async ({ headers, message }) => {
		const { status, body, messages } = await new Bench().call('GET', '/v2/campaigns', { headers });
		expect([status, messages]).toEqual([401, [message]]);
		expect(body.errors?.[0]?.code).toBe('UNAUTHORIZED');
	});

	it('is found whatever the header’s case', async () => {
		expect(
			(await new Bench().call('GET', '/campaigns', { headers: { 'API-KEY': TOKENS.pricing } }))
				.status,
		).toBe(200);
	});

	const rights = [
		{ token: 'allMethods', write: 200, read: 200 },
		{ token: 'offersManagement', write: 200, read: 200 },
		{ token: 'readOnly', write: 403, read: 200 },
		{ token: 'pricing', write: 403, read: 403 },
	] as const;
	it.each(rights)('$token: write $write, read $read', async ({ token, write, read }) => {
		const bench = new Bench();
		const headers = { 'Api-Key': TOKENS[token], 'Content-Type': 'application/json' };
		const statusOf = async (method: string, path: string, body?: unknown) =>
			(await bench.call(method, path, { headers, body })).status;
		const offers = { hiddenOffers: [{ offerId: 'SKU-00001' }] };
		expect(await statusOf('PUT', STOCKS, { skus: [entry('SKU-00001')] })).toBe(write);
		expect(await statusOf('POST', HIDDEN, offers)).toBe(write);
		expect(await statusOf('POST', `${HIDDEN}/delete`, offers)).toBe(write);
		expect(await statusOf('POST', STOCKS)).toBe(read);
		expect(await statusOf('GET', HIDDEN)).toBe(read);
		expect(await statusOf('GET', '/v2/campaigns')).toBe(200);
		expect(await statusOf('GET', '/v2/campaigns/21000001')).toBe(200);
		expect(await statusOf('POST', '/v2/auth/token')).toBe(200);
	});

	const ofWarehouses = [
		{ token: 'warehouseAll', write: 200, read: 200, warehouses: 200 },
		{ token: 'warehouseStocks', write: 200, read: 200, warehouses: 403 },
		{ token: 'warehouseLists', write: 403, read: 403, warehouses: 200 },
		{ token: 'allMethods', write: 403, read: 403, warehouses: 403 },
	] as const;
	it.each(ofWarehouses)(
		'$token in the business 1003: write $write, read $read, warehouses $warehouses',
		async (rights) => {
			const bench = new WarehouseBench();
			const access = { apiKey: TOKENS[rights.token] };
			const headers = { 'Api-Key': TOKENS[rights.token], 'Content-Type': 'application/json' };
			const { campaignId } = STORES.warehouseFbs;
			expect((await bench.sendItems([skuItem('SKU-00001')], access)).status).toBe(rights.write);
			const hide = { headers, body: { hiddenOffers: [{ offerId: 'SKU-00001' }] } };
			expect(
				(await bench.call('POST', `/v2/campaigns/${campaignId}/hidden-offers`, hide)).status,
			).toBe(rights.write);
			expect((await bench.warehouseStocks({ partnerWarehouseId: MAIN }, access)).status).toBe(
				rights.read,
			);
			expect((await bench.offerMappings({}, access)).status).toBe(rights.read);
			const offers = await bench.call('POST', `/v2/campaigns/${campaignId}/offers`, {
				headers,
				body: {},
			});
			expect(offers.status).toBe(rights.read);
			expect((await bench.partnerWarehouses({}, access)).status).toBe(rights.warehouses);
			expect((await bench.pagedWarehouses({}, access)).status).toBe(rights.warehouses);
		},
	);

	it('that may only read lists warehouses and reads their stocks', async () => {
		const bench = new WarehouseBench();
		const access = { businessId: 1001, apiKey: TOKENS.readOnly };
		expect((await bench.partnerWarehouses({}, access)).status).toBe(200);
		expect((await bench.pagedWarehouses({}, access)).status).toBe(200);
		expect((await bench.warehouseStocks({ partnerWarehouseId: MAIN }, access)).status).toBe(200);
		expect((await bench.sendItems([skuItem('SKU-00001')], access)).status).toBe(403);
	});

	it('for stocks only is told what opens the list of warehouses', async () => {
		const { messages } = await new WarehouseBench().partnerWarehouses(
			{},
			{ apiKey: TOKENS.warehouseStocks },
		);
		expect(messages).toEqual([
			'Token does not have any of the scopes [all-methods, all-methods:read-only, ' +
				'inventory-and-order-processing, inventory-and-order-processing:read-only]',
		]);
	});

	it('without the access group is told which ones open the method', async () => {
		const headers = { 'Api-Key': TOKENS.pricing };
		const { body, messages } = await new Bench().call('PUT', STOCKS, { headers });
		expect(messages).toEqual([
			'Token does not have any of the scopes [all-methods, offers-and-cards-management]',
		]);
		expect(body.errors?.[0]?.code).toBe('FORBIDDEN');
	});

	it.each(API_KEYS.filter(({ revoked }) => !revoked))(
		'of the name $name describes itself',
		async (key) => {
			const { body } = await new Bench().call('POST', '/v2/auth/token', {
				headers: { 'Api-Key': key.token },
			});
			const authScopes = key.scopes.map((scope) => scope.replace(/\W/g, '_').toUpperCase());
			expect(body).toEqual({ status: 'OK', result: { apiKey: { name: key.name, authScopes } } });
		},
	);
});

describe('an OAuth token', () => {
	const withToken = (token: string, more: Record<string, string> = {}) => ({
		headers: { Authorization: `Bearer ${token}`, ...more },
	});

	it('sees the stores of every business', async () => {
		const bench = new Bench();
		const token = bench.market.yandexId.issueAccessToken();
		const { body } = await bench.call('GET', '/v2/campaigns', withToken(token));
		expect(body.campaigns?.map(({ id }) => id)).toContain(STORES.foreign.campaignId);
		expect(
			(await bench.call('POST', '/v2/campaigns/22000001/offers/stocks', withToken(token))).status,
		).toBe(200);
	});

	it('that is unknown or expired: 403', async () => {
		const bench = new Bench({ oauthTokenLifetimeMs: 1_000 });
		const refusal = [403, ['OAuth token is invalid']];
		const unknown = await bench.call('GET', '/v2/campaigns', withToken('unknown'));
		expect([unknown.status, unknown.messages]).toEqual(refusal);
		const token = bench.market.yandexId.issueAccessToken();
		expect((await bench.call('GET', '/v2/campaigns', withToken(token))).status).toBe(200);
		bench.clock.turn(1_000);
		const expired = await bench.call('GET', '/v2/campaigns', withToken(token));
		expect([expired.status, expired.messages]).toEqual(refusal);
	});

	it('without the Market’s permission: 403', async () => {
		const bench = new Bench();
		const token = bench.market.yandexId.issueAccessToken(['login:info']);
		const { status, messages } = await bench.call('GET', '/v2/campaigns', withToken(token));
		expect([status, messages]).toEqual([403, ['Scope is invalid']]);
	});

	it('with an X-Business-Id that does not own the store: 403', async () => {
		const bench = new Bench();
		const token = bench.market.yandexId.issueAccessToken();
		const read = async (businessId: string) =>
			await bench.call('POST', STOCKS, withToken(token, { 'X-Business-Id': businessId }));
		expect((await read('1001')).status).toBe(200);
		expect((await read('1002')).messages).toEqual(['Access denied']);
	});

	it('is not what getAuthTokenInfo knows', async () => {
		const bench = new Bench();
		const token = bench.market.yandexId.issueAccessToken();
		expect((await bench.call('POST', '/v2/auth/token', withToken(token))).status).toBe(401);
	});
});

describe('a store', () => {
	it.each([
		{ id: 'abc', status: 400, message: "Type mismatch: campaignId is not a number: 'abc'" },
		{
			id: '021000001',
			status: 400,
			message: "Type mismatch: campaignId is not a number: '021000001'",
		},
		{ id: '123', status: 404, message: "Campaign not found '123'" },
		{ id: '22000001', status: 403, message: 'No access to campaigns: 22000001' },
		{
			id: '21000006',
			status: 403,
			message: 'API for campaign 21000006 disabled due to inactivity.',
		},
		{
			id: '21000004',
			status: 400,
			message: 'Campaign type is not allowed. Allowed campaign types: FBS, DBS, EXPRESS',
		},
		{
			id: '21000005',
			status: 400,
			message: 'Campaign type is not allowed. Allowed campaign types: FBS, DBS, EXPRESS',
		},
	])('$id: a write gets $status $message', async ({ id, status, message }) => {
		const reply = await new Bench().call('PUT', `/v2/campaigns/${id}/offers/stocks`, { body: {} });
		expect([reply.status, reply.messages]).toEqual([status, [message]]);
	});

	it('that is disabled refuses reads too, and is still listed', async () => {
		const bench = new Bench();
		const { campaignId } = STORES.inactive;
		expect((await bench.stocks('', undefined, campaignId)).status).toBe(403);
		expect((await bench.hidden('', campaignId)).status).toBe(403);
		const { body } = await bench.call('GET', `/v2/campaigns/${campaignId}`);
		expect(body.campaign?.apiAvailability).toBe('DISABLED_BY_INACTIVITY');
		const list = await bench.call('GET', '/v2/campaigns');
		expect(list.body.campaigns?.map(({ id }) => id)).toContain(campaignId);
	});

	it('of a business where all are disabled closes the business too', async () => {
		const extraStores = [
			{ ...STORES.inactive, businessId: 1009, campaignId: 21_000_099, warehouseId: 51_000_099 },
		];
		const bench = new Bench({ extraStores });
		const headers = {
			headers: { Authorization: `Bearer ${bench.market.yandexId.issueAccessToken()}` },
		};
		const reply = await bench.call('POST', '/v2/businesses/1009/warehouses', headers);
		expect([reply.status, reply.messages]).toEqual([
			403,
			['API for business 1009 disabled because it has only disabled partners.'],
		]);
		expect(
			(await bench.call('POST', `/v2/businesses/${STORES.inactive.businessId}/warehouses`, headers))
				.status,
		).toBe(200);
	});

	it.each([STORES.fby, STORES.laas])(
		'of the model $placementType can be read',
		async ({ campaignId }) => {
			expect((await new Bench().stocks('', undefined, campaignId)).status).toBe(200);
		},
	);

	it('of the model LAAS hides nothing, one of the model FBY does', async () => {
		const bench = new Bench();
		const { campaignId } = STORES.laas;
		const refusal = [
			'Campaign type is not allowed. Allowed campaign types: FBY, FBS, DBS, EXPRESS',
		];
		expect((await bench.hide(['SKU-00001'], campaignId)).messages).toEqual(refusal);
		expect((await bench.reveal(['SKU-00001'], campaignId)).messages).toEqual(refusal);
		expect((await bench.hidden('', campaignId)).messages).toEqual(refusal);
		expect((await bench.hide(['SKU-00001'], STORES.fby.campaignId)).status).toBe(200);
	});

	it('that moves between businesses locks the writes of its hidden offers', async () => {
		const bench = new Bench({ switches: { migrating: [STORES.fbs.campaignId] } });
		const { status, body, messages } = await bench.hide(['SKU-00001']);
		expect([status, messages]).toEqual([423, ['Campaign is in business migration']]);
		expect(body.errors?.[0]?.code).toBe('LOCKED');
		expect((await bench.reveal(['SKU-00001'])).status).toBe(423);
		expect((await bench.hidden()).status).toBe(200);
		expect((await bench.hide(['SKU-00001'], STORES.dbs.campaignId)).status).toBe(200);
		expect((await bench.send([entry('SKU-00001')])).status).toBe(200);
	});
});
