import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { FastifyInstance } from 'fastify';

const FILES = [
	{ path: '/', file: 'index.html', type: 'text/html; charset=utf-8' },
	{ path: '/storefront.css', file: 'storefront.css', type: 'text/css; charset=utf-8' },
	{ path: '/storefront.js', file: 'storefront.js', type: 'text/javascript; charset=utf-8' },
];

/** The page on which a buyer's view of the stores can be watched. */
export async function storefrontRoutes(app: FastifyInstance): Promise<void> {
	for (const { path, file, type } of FILES) {
		app.get(path, async (_request, reply) => {
			reply.header('content-security-policy', "default-src 'self'; img-src data:");
			return await reply.type(type).send(await readFile(join(__dirname, file)));
		});
	}
}
