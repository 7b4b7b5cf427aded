import type { Send } from '../../market/wire/ports';
import { ConnectionDropped, TOKENS, type SandboxMarket } from '../../sandbox';

/** Sends straight into the sandbox's model, without HTTP: for tests on a virtual clock. */
export function modelSend(market: SandboxMarket, apiKey: string = TOKENS.allMethods): Send {
	return async ({ apiMethod, path, body }) => {
		const headers = {
			'api-key': apiKey,
			...(body === undefined ? {} : { 'content-type': 'application/json' }),
		};
		try {
			const reply = await market.handle({ method: apiMethod.verb, path, headers, body });
			return {
				kind: 'reply',
				status: reply.status,
				headers: lowerCase(reply.headers),
				body: parsed(reply.body),
			};
		} catch (error) {
			if (error instanceof ConnectionDropped) return { kind: 'fault', message: 'socket hang up' };
			throw error;
		}
	};
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
	);
}

function parsed(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return body;
	}
}
