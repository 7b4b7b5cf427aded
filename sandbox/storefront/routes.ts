import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { FastifyInstance } from 'fastify';

const PAGE = 'text/html; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';

const FILES = [
	{ path: '/', file: 'index.html', type: PAGE },
	{ path: '/notifications.html', file: 'notifications.html', type: PAGE },
	{ path: '/storefront.css', file: 'storefront.css', type: 'text/css; charset=utf-8' },
	{ path: '/storefront.js', file: 'storefront.js', type: SCRIPT },
	{ path: '/orders.js', file: 'orders.js', type: SCRIPT },
	{ path: '/notifications.js', file: 'notifications.js', type: SCRIPT },
	{ path: '/page.js', file: 'page.js', type: SCRIPT },
];

/** The pages on which a buyer's view of the stores, and what the Market tells their sellers, can be watched. */
export async function storefrontRoutes(app: FastifyInstance): Promise<void> {
	for (const { path, file, type } of FILES) {
		app.get(path, async (_request, reply) => {
			reply.header('content-security-policy', "default-src 'self'; img-src data:");
			return await reply.type(type).send(await readFile(join(__dirname, file)));
		});
	}
}
