import type { AddressInfo } from 'node:net';

import fastify from 'fastify';

/** The user of 1C whom n8n is. */
export const USER_OF_1C = { user: 'n8n', password: 'known-to-1C-alone' };

/** A good of 1C's. */
export interface GoodOf1C {
	article: string;
	code?: string;
	/** В наличии. */
	stock: number;
	/** В резерве со склада. */
	reserve?: number;
	/** В резерве под заказ. */
	ordered?: number;
}

/** A stand-in for the standard OData interface of 1C: of one register, with what the flow asks for. */
export interface OneC {
	/** Where its bases are. */
	url: string;
	goods: GoodOf1C[];
	stop(): Promise<void>;
}

const REGISTER =
	"/your-base/odata/standard.odata/AccumulationRegister_СвободныеОстатки/Balance(Dimensions='Номенклатура')";

/** Starts a 1C on this machine. */
export async function startOneC(): Promise<OneC> {
	const app = fastify({ forceCloseConnections: true });
	const shop: OneC = { url: '', goods: [], stop: async () => await app.close() };
	const { user, password } = USER_OF_1C;
	const token = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
	app.get<{ Querystring: Record<string, string> }>('*', async ({ url, headers, query }, reply) => {
		if (headers.authorization !== token) return await reply.code(401).send();
		const [path = ''] = url.split('?');
		const isKnown = decodeURIComponent(path) === REGISTER && query['$format'] === 'json';
		if (!isKnown) return await reply.code(404).send();
		const fields = query['$select']?.split(',') ?? [];
		const isExpanded = query['$expand'] === 'Номенклатура';
		return {
			'odata.metadata': `${shop.url}/your-base/odata/standard.odata/$metadata`,
			// A virtual table of balances has no rows of nothing.
			value: shop.goods
				.filter(
					({ stock, reserve = 0, ordered = 0 }) => stock !== 0 || reserve !== 0 || ordered !== 0,
				)
				.map((good) => rowOf(good, fields, isExpanded)),
		};
	});
	await app.listen({ host: '127.0.0.1', port: 0 });
	const { port } = app.server.address() as AddressInfo;
	shop.url = `http://127.0.0.1:${port}`;
	return shop;
}

function rowOf(
	{ article, code = '', stock, reserve = 0, ordered = 0 }: GoodOf1C,
	fields: readonly string[],
	isExpanded: boolean,
): object {
	const numbers = {
		ВНаличииBalance: stock,
		ВРезервеСоСкладаBalance: reserve,
		ВРезервеПодЗаказBalance: ordered,
	};
	const good = { Артикул: article, Code: code, Description: `Good ${code}` };
	const asked = <T extends object>(all: T, prefix = '') =>
		Object.fromEntries(Object.entries(all).filter(([name]) => fields.includes(prefix + name)));
	return { ...asked(numbers), ...(isExpanded && { Номенклатура: asked(good, 'Номенклатура/') }) };
}
