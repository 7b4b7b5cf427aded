import type { AddressInfo } from 'node:net';

import fastify from 'fastify';

/** The incoming webhook of the seller's portal: who made it, and its code. */
export const WEBHOOK = { aplogin: '1', ap: 'known-to-bitrix24-alone' };

/** The catalogue of goods, and that of their variations. */
export const IBLOCKS = { goods: 23, variations: 24 };

/** What lies in a store, and how much of it is reserved. */
export interface InStore {
	amount: number;
	reserved?: number;
}

/** A good of Bitrix24, or a variation of one. */
export interface GoodOfBitrix24 {
	id: number;
	name?: string;
	/** 1: simple, 2: set, 3: has variations, 4: variation, 7: service. */
	type?: number;
	active?: 'Y' | 'N';
	xmlId?: string | null;
	/** The good of a variation. */
	parent?: number;
	quantityTrace?: 'Y' | 'N';
	/** By the store's ID. */
	stores?: Record<number, InStore>;
	/** Properties as the lists give them: `property258`. */
	[property: `property${number}`]: unknown;
}

/** A stand-in for the REST interface of Bitrix24 (apidocs.bitrix24.com), as far as the flow uses it. */
export interface Bitrix24 {
	/** Its host and port. */
	portal: string;
	goods: GoodOfBitrix24[];
	/** Called before each page of a list is read, with the list's name. */
	beforePage: (list: string) => void;
	/** The next calls get this status and error. */
	failing: Array<[status: number, error: string]>;
	/** Whether lists give no rows any more, but still say how many there are. */
	isBroken: boolean;
	/** Pages that were asked for: the list's name, and after which ID. */
	pages: Array<[list: string, after: number]>;
	stop(): Promise<void>;
}

/** What a list may be asked. */
interface Question {
	select: string[];
	filter: Record<string, unknown>;
	order: Record<string, string>;
	start: number;
}

type Row = { id: number } & Record<string, unknown>;

const PAGE = 50;
const VARIATION = 4;

/** Bitrix24 keeps this by itself: what lies in all stores, less what is reserved. */
const quantityOf = ({ stores = {} }: GoodOfBitrix24) =>
	Object.values(stores).reduce((sum, { amount, reserved = 0 }) => sum + amount - reserved, 0);

const isVariation = ({ type }: GoodOfBitrix24) => type === VARIATION;

/** Starts a Bitrix24 on this machine. */
export async function startBitrix24(): Promise<Bitrix24> {
	const app = fastify({ forceCloseConnections: true });
	const shop: Bitrix24 = {
		portal: '',
		goods: [],
		beforePage: () => {},
		failing: [],
		isBroken: false,
		pages: [],
		stop: async () => await app.close(),
	};

	const goodsOf = (iblockId: unknown): Row[] =>
		shop.goods
			.filter((good) => isVariation(good) === (iblockId === IBLOCKS.variations))
			.map(({ parent, stores, ...good }) => ({
				name: `Good ${good.id}`,
				type: 1,
				active: 'Y',
				xmlId: String(good.id),
				quantityTrace: 'Y',
				...good,
				iblockId,
				quantity: good.type === 3 ? null : quantityOf({ ...good, stores }),
				...(parent !== undefined && { parentId: { value: String(parent), valueId: '1' } }),
			}));
	const balancesIn = (ids: unknown): Row[] =>
		shop.goods.flatMap(({ id, stores = {} }) =>
			Object.entries(stores)
				.filter(([store]) => Array.isArray(ids) && ids.includes(store))
				.map(([store, { amount, reserved = 0 }]) => ({
					id: id * 10 + Number(store),
					productId: id,
					storeId: Number(store),
					amount,
					quantityReserved: reserved,
				})),
		);

	/** A page in the order of IDs, and how many rows the filter lets through. */
	const page = (list: string, rows: () => Row[], { select, filter, order, start }: Question) => {
		const isRight = order['id'] === 'asc' && start === 0;
		if (!isRight) throw new Error('The flow goes by IDs');
		const after = Number(filter['>id']);
		shop.beforePage(list);
		shop.pages.push([list, after]);
		const found = rows()
			.filter(({ id }) => id > after)
			.sort((one, other) => one.id - other.id);
		const given = shop.isBroken ? [] : found.slice(0, PAGE);
		const asked = given.map((row) =>
			Object.fromEntries(Object.entries(row).filter(([name]) => select.includes(name))),
		);
		return { result: { [list]: asked }, total: found.length };
	};

	const ofIblock = (list: string, iblockId: number | undefined, question: Question) => {
		const { select, filter } = question;
		const isAsked = select.includes('id') && select.includes('iblockId') && 'iblockId' in filter;
		const isItsOwn = iblockId === undefined || filter['iblockId'] === iblockId;
		if (!isAsked || !isItsOwn) throw new Error('Required select fields: id, iblockId');
		return page(list, () => goodsOf(filter['iblockId']), question);
	};

	const methods: Record<string, (question: Question) => { total: number; result: object }> = {
		'catalog.catalog.list': () => {
			const used = new Set(shop.goods.map(isVariation));
			const catalogs = [
				{ iblockId: IBLOCKS.goods, productIblockId: null },
				{ iblockId: IBLOCKS.variations, productIblockId: IBLOCKS.goods },
			].filter(({ productIblockId }) => used.has(productIblockId !== null));
			return { result: { catalogs }, total: catalogs.length };
		},
		'catalog.product.list': (question) => ofIblock('products', IBLOCKS.goods, question),
		'catalog.product.offer.list': (question) => ofIblock('offers', IBLOCKS.variations, question),
		'catalog.storeproduct.list': (question) =>
			page('storeProducts', () => balancesIn(question.filter['@storeId']), question),
	};

	app.post<{ Params: { method: string }; Body: Question & Record<string, unknown> }>(
		'/rest/:method',
		async ({ params, body }, reply) => {
			const refuse = async (status: number, error: string) =>
				await reply.code(status).send({ error, error_description: error });
			const failing = shop.failing.shift();
			if (failing) return await refuse(...failing);
			// The number of the user in quotes: another type is taken for a login name.
			const isKnown = body['aplogin'] === WEBHOOK.aplogin && body['ap'] === WEBHOOK.ap;
			if (!isKnown) return await refuse(401, 'INVALID_CREDENTIALS');
			const method = methods[params.method];
			if (!method) return await refuse(404, 'ERROR_METHOD_NOT_FOUND');
			try {
				const { result, total } = method(body);
				return { result, total, time: { start: Date.now() / 1000 } };
			} catch (error) {
				return await refuse(400, (error as Error).message);
			}
		},
	);
	await app.listen({ host: '127.0.0.1', port: 0 });
	const { port } = app.server.address() as AddressInfo;
	shop.portal = `127.0.0.1:${port}`;
	return shop;
}
