import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

import fastify from 'fastify';

/** The token of the seller's account. */
export const MOYSKLAD_TOKEN = 'known-to-the-seller-alone';

/** A good of МойСклад's. */
export interface Good {
	id: string;
	article?: string;
	code: string;
	stock: number;
	reserve?: number;
	/** What is expected from suppliers. */
	inTransit?: number;
	type?: 'product' | 'variant';
	variantsCount?: number;
	/** When its balance changed last; long ago if absent. */
	changed?: Date;
}

/** A stand-in for the JSON API 1.2 of МойСклад (dev.moysklad.ru/doc/api/remap/1.2), as far as the flow uses it. */
export interface MoySklad {
	/** The address that stands for https://api.moysklad.ru. */
	url: string;
	/** What it has, in the order of its report. */
	goods: Good[];
	/** Pages of the report that were asked for, by their offsets. */
	offsets: number[];
	/** Goods that the report says it has beyond those that it gives. */
	missing: number;
	stop(): Promise<void>;
}

const MOST_ROWS = 1_000;
const DAY_MS = 24 * 60 * 60 * 1_000;
const API = '/api/remap/1.2';

const countsOf = ({ stock, reserve = 0, inTransit = 0 }: Good) => ({
	stock,
	reserve,
	inTransit,
	quantity: stock - reserve + inTransit,
	freeStock: stock - reserve,
});

/** Starts a МойСклад on this machine. */
export async function startMoySklad(): Promise<MoySklad> {
	const app = fastify({ forceCloseConnections: true });
	const shop: MoySklad = {
		url: '',
		goods: [],
		offsets: [],
		missing: 0,
		stop: async () => await app.close(),
	};
	app.addHook('onRequest', async ({ headers }, reply) => {
		if (headers.authorization !== `Bearer ${MOYSKLAD_TOKEN}`) await reply.code(401).send();
		// It answers nobody who does not take gzip.
		else if (!headers['accept-encoding']?.includes('gzip')) await reply.code(415).send();
	});
	app.addHook('onSend', async (_request, reply, payload) => {
		if (typeof payload !== 'string' || payload === '') return payload;
		reply.header('content-encoding', 'gzip').removeHeader('content-length');
		return gzipSync(payload);
	});

	const metaOf = ({ id, type = 'product' }: Good) => ({
		href: `https://api.moysklad.ru${API}/entity/${type}/${id}?expand=supplier`,
		type,
	});

	app.get<{ Querystring: Record<string, string> }>(`${API}/report/stock/all`, async ({ query }) => {
		const limit = Math.min(Number(query.limit ?? MOST_ROWS), MOST_ROWS);
		const offset = Number(query.offset ?? 0);
		shop.offsets.push(offset);
		// Without this mode the report leaves out goods of which there are none.
		const isAll = query.filter?.split(';').includes('quantityMode=all');
		const listed = shop.goods.filter((good) => isAll || countsOf(good).quantity !== 0);
		const rows = listed.slice(offset, offset + limit).map((good) => {
			const { stock, reserve, inTransit, quantity } = countsOf(good);
			const { article, code } = good;
			const counts = { stock, reserve, inTransit, quantity };
			return { meta: metaOf(good), article, code, externalCode: `ext-${code}`, ...counts };
		});
		return { meta: { size: listed.length + shop.missing, limit, offset }, rows };
	});

	app.get<{ Querystring: Record<string, string> }>(
		`${API}/report/stock/all/current`,
		async ({ query: { stockType = 'stock', changedSince } }, reply) => {
			const since = Date.parse(`${changedSince?.replace(' ', 'T')}+03:00`);
			const isRight = since <= Date.now() && since >= Date.now() - DAY_MS;
			if (!isRight) return await reply.code(412).send({ errors: [{ error: 'changedSince' }] });
			return shop.goods
				.filter(({ changed }) => changed && changed.getTime() >= since)
				.map((good) => ({
					assortmentId: good.id,
					[stockType]: countsOf(good)[stockType as keyof ReturnType<typeof countsOf>],
				}));
		},
	);

	app.get<{ Querystring: Record<string, string> }>(
		`${API}/entity/assortment`,
		async ({ query, headers }, reply) => {
			// With it the list has no balances, and lasts: the older one will be taken away.
			if (headers['x-lognex-remap-beta-feature'] !== 'assortmentWithoutStock')
				return await reply.code(400).send();
			const ids = query.filter?.split(';').map((each) => each.replace(/^id=/, '')) ?? [];
			const rows = shop.goods
				.filter(({ id }) => ids.includes(id))
				.map((good) => ({
					meta: metaOf(good),
					id: good.id,
					code: good.code,
					externalCode: `ext-${good.code}`,
					...(good.type !== 'variant' && {
						article: good.article,
						variantsCount: good.variantsCount ?? 0,
					}),
				}));
			return { meta: { size: rows.length }, rows };
		},
	);

	await app.listen({ host: '127.0.0.1', port: 0 });
	const { port } = app.server.address() as AddressInfo;
	shop.url = `http://127.0.0.1:${port}`;
	return shop;
}
