import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import axios from 'axios';

import { API_KEYS, generateCatalogue, STORES, TOKENS, type ApiKey } from '../../sandbox';
import { apiKeyCredential } from './support/credentials';
import { useTestBed } from './support/testBed';
import { created, notifiedFlow, notify, PING, polledFlow, SKU, TAKEN } from './support/triggers';

const { fbs } = STORES;

/** A token that the seller revokes in the middle of a test. */
const passing: ApiKey = {
	...(API_KEYS.find(({ token }) => token === TOKENS.readOnly) as ApiKey),
	token: `ACMA:${'SandboxPassing'.padEnd(40, '0')}:00000099`,
};

const bed = useTestBed({
	sandbox: { catalogue: generateCatalogue(10), apiKeys: [...API_KEYS, passing] },
});

function order(): number {
	bed().market.setBalance(fbs.campaignId, SKU, 1_000);
	return bed().market.placeOrder(fbs.campaignId, [{ sku: SKU, count: 2 }]).orderId;
}

/** Looks again until there is an answer. */
async function until<T>(look: () => Promise<T | false>): Promise<T> {
	for (;;) {
		const answer = await look();
		if (answer !== false) return answer;
		await delay(100, undefined, { signal: bed().signal });
	}
}

/** Why n8n could not listen or poll: it publishes a flow before it tries, and then marks it as failed. */
async function refusalOf(flow: string): Promise<string> {
	return await until(async () => {
		const { triggers } = await bed().client.get<{
			triggers: Array<{ errorMessage: string | null }>;
		}>(`/rest/workflows/${flow}/publication-status`);
		return triggers[0]?.errorMessage ?? false;
	});
}

/** The first items of this many executions of a flow, the oldest first. */
async function given(flow: string, count: number): Promise<Array<Record<string, unknown>>> {
	const ids = await until(async () => {
		const all = await bed().client.executionIds(flow);
		return all.length >= count && all;
	});
	const items: Array<Record<string, unknown>> = [];
	for (const id of ids.reverse()) {
		const { nodes } = await bed().client.finished(id, bed().signal);
		items.push(nodes.get('Taken')?.items[0] ?? {});
	}
	return items;
}

/** The orders of all executions of a flow so far. */
async function allGiven(flow: string): Promise<unknown[]> {
	const orders: unknown[] = [];
	for (const id of await bed().client.executionIds(flow)) {
		const { nodes } = await bed().client.finished(id, bed().signal);
		orders.push(...(nodes.get('Taken')?.items ?? []).map(({ orderId }) => orderId));
	}
	return orders;
}

describe('Notifications', () => {
	/** A published flow of its own, and where it listens. */
	async function listening(apiKey = bed().apiKey) {
		const path = randomUUID();
		const url = `${bed().url}/webhook/${path}`;
		const flow = await bed().client.importWorkflow(notifiedFlow(path, apiKey));
		await bed().client.activate(flow);
		await until(async () => (await notify(url, PING)).status !== 404);
		return { flow, url };
	}

	it('start the flow with the order, at both addresses, answered as the contract wants', async () => {
		const { flow, url } = await listening();
		const ids = [order(), order()];
		for (const [index, at] of [url, `${url}/notification`].entries()) {
			for (const body of [PING, created(ids[index] as number)]) {
				const { status, data, headers } = await notify(at, body);
				expect([status, data]).toEqual([200, TAKEN]);
				expect(headers['content-type']).toMatch(/^application\/json/);
			}
		}
		expect(await given(flow, 2)).toEqual(
			expect.arrayContaining(
				ids.map((id) =>
					expect.objectContaining({
						orderId: String(id),
						event: 'ORDER_CREATED',
						verified: true,
						lines: [{ sku: SKU, count: 2, held: 2 }],
					}),
				),
			),
		);
	});

	it('that come three times at once start it with the same key', async () => {
		const { flow, url } = await listening();
		const id = order();
		const replies = await Promise.all([1, 2, 3].map(async () => await notify(url, created(id))));
		expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
		const keys = (await given(flow, 3)).map(({ key }) => key);
		expect(new Set(keys).size).toBe(1);
	});

	it.each<[string, () => unknown, number]>([
		['a forged order', () => created(12345), 500],
		[
			'an order of a foreign store',
			() => ({ ...created(order()), campaignId: STORES.fby.campaignId }),
			500,
		],
		['an ID that is an object', () => ({ ...created(1), orderId: { $gt: 0 } }), 400],
		['an ID that is a fraction', () => ({ ...created(1), orderId: 1.5 }), 400],
		[
			'counts that are texts',
			() => ({ ...created(1), items: [{ offerId: SKU, count: '2' }] }),
			400,
		],
		['items that are no list', () => ({ ...created(1), items: SKU }), 400],
		['no type', () => ({}), 400],
		['a list', () => [created(order())], 400],
		['2 MB', () => ({ ...created(order()), more: 'x'.repeat(2 * 1024 * 1024) }), 400],
		[
			'a prototype',
			() => '{"__proto__":{"notificationType":"PING"},"constructor":{"prototype":{}}}',
			400,
		],
	])(
		'with %s start nothing, and are answered in the form of the contract',
		async (_, make, code) => {
			const { flow, url } = await listening();
			const { status, data, headers } = await notify(url, make());
			expect(status).toBe(code);
			expect(data).toEqual({ error: { type: expect.any(String), message: expect.any(String) } });
			expect(headers['content-type']).toMatch(/^application\/json/);
			expect(await bed().client.executionIds(flow)).toEqual([]);
		},
	);

	it('that n8n itself refuses start nothing', async () => {
		const { flow, url } = await listening();
		const body = JSON.stringify(created(order()));
		/** As bytes: a text would be made JSON on its way. */
		const ask = async (method: string, text: string) => {
			const headers = { 'content-type': 'application/json' };
			const data = Buffer.from(text);
			const options = { method, url, data, headers, proxy: false, validateStatus: null } as const;
			return (await axios.request(options)).status;
		};
		const statuses = [
			await ask('POST', '{"notificationType":'),
			await ask('POST', JSON.stringify({ more: 'x'.repeat(20 * 1024 * 1024) })),
			await ask('PUT', body),
			await ask('DELETE', body),
			await ask('GET', ''),
		];
		expect(statuses).toEqual([422, 500, 404, 404, 404]);
		expect(await bed().client.executionIds(flow)).toEqual([]);
	});

	it('that cannot be read for a day start the flow unread, with nothing that a ledger takes', async () => {
		const { flow, url } = await listening();
		const dayAgo = new Date(Date.now() - 25 * 60 * 60_000).toISOString();
		const { status, data } = await notify(url, { ...created(12345), createdAt: dayAgo });
		expect([status, data]).toEqual([200, TAKEN]);
		expect(await given(flow, 1)).toEqual([
			expect.objectContaining({
				orderId: '12345',
				verified: false,
				lines: [{ sku: SKU, count: 2, held: null }],
			}),
		]);
	});

	it('whose token was revoked are asked for again, and one failed execution says what to do', async () => {
		const { client, sandbox, signal } = bed();
		passing.revoked = false;
		const apiKey = await client.createCredential(apiKeyCredential(sandbox, passing.token));
		const { flow, url } = await listening(apiKey);
		expect((await notify(url, created(order()))).status).toBe(200);
		await given(flow, 1);
		passing.revoked = true;
		for (let time = 0; time < 3; time++)
			expect((await notify(url, created(order()))).status).toBe(500);
		const [failed, ...others] = await until(async () => {
			const ids = await client.executionIds(flow);
			return ids.length > 1 && ids;
		});
		expect(others).toHaveLength(1);
		const { status, error, nodes } = await client.finished(failed as string, signal);
		expect([status, error]).toEqual([
			'error',
			expect.stringContaining('The Market did not accept the Api-Key token (401)'),
		]);
		expect(nodes.get('Orders')?.errorDescription).toContain(
			'Make a new token in the seller cabinet',
		);
	});

	it('are not listened to with a token that may not read orders: publishing says why', async () => {
		const { client, sandbox } = bed();
		const poor = await client.createCredential(apiKeyCredential(sandbox, TOKENS.offersManagement));
		const flow = await client.importWorkflow(notifiedFlow(randomUUID(), poor));
		await client.activate(flow);
		expect(await refusalOf(flow)).toMatch(/lacks an access group/);
	});
});

describe('Polling', () => {
	it('gives what changed, and goes on where it was after n8n was killed', async () => {
		const early = order();
		const flow = await bed().client.importWorkflow(polledFlow('polled', bed().apiKey));
		await bed().client.activate(flow);
		await until(async () => bed().market.calls().length > 0);
		const first = order();
		// Not the one from before.
		expect(await given(flow, 1)).toEqual([
			expect.objectContaining({ event: 'ORDER_READ', orderId: String(first), verified: true }),
		]);
		const second = order();
		await bed().killAndRestart();
		// Those of the last ten minutes may come once more.
		const known = [early, first, second].map(String);
		const orders = await until(async () => {
			const all = await allGiven(flow);
			return all.includes(String(second)) && all;
		});
		expect(orders.filter((one) => !known.includes(String(one)))).toEqual([]);
	});

	it('does not begin with a token that may not read orders: n8n says why', async () => {
		const { client, sandbox } = bed();
		const poor = await client.createCredential(apiKeyCredential(sandbox, TOKENS.offersManagement));
		const flow = await client.importWorkflow(polledFlow('poor', poor));
		await client.activate(flow);
		expect(await refusalOf(flow)).toMatch(/lacks an access group/);
	});
});
