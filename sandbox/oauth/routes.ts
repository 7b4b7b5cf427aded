import type { FastifyInstance, FastifyReply } from 'fastify';

import type { SandboxMarket } from '../market/sandboxMarket';
import { consentPage, refusalPage } from './pages';
import { OAuthError, type AuthorizationRequest } from './yandexId';

/** The stand-in for Yandex ID over HTTP: the consent page and the token endpoint. */
export async function oauthRoutes(
	app: FastifyInstance,
	{ market }: { market: SandboxMarket },
): Promise<void> {
	const { yandexId } = market;
	app.removeAllContentTypeParsers();
	app.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string' },
		(_request, body, done) => done(null, new URLSearchParams(String(body))),
	);

	app.get('/authorize', async (request, reply) => {
		const { searchParams } = new URL(request.url, 'http://sandbox');
		return answerInHtml(reply, () => {
			const asked = readAuthorization(searchParams);
			const isAgreed = market.switches.autoConsent || searchParams.get('auto') === '1';
			if (isAgreed) return reply.redirect(yandexId.allow(asked));
			yandexId.checkAuthorization(asked);
			return reply.send(consentPage(asked));
		});
	});

	// The button on the consent page.
	app.post<{ Body: URLSearchParams }>('/authorize', async (request, reply) =>
		answerInHtml(reply, () => reply.redirect(yandexId.allow(readAuthorization(request.body)))),
	);

	app.post<{ Body: URLSearchParams }>('/token', async (request, reply) => {
		const { status, body } = yandexId.token(request.body, request.headers.authorization);
		return await reply.code(status).header('cache-control', 'no-store').send(body);
	});
}

function readAuthorization(fields: URLSearchParams): AuthorizationRequest {
	if (fields.get('response_type') !== 'code') {
		throw new OAuthError('unsupported_response_type', 'response_type is code');
	}
	return {
		clientId: fields.get('client_id') ?? '',
		redirectUri: fields.get('redirect_uri') ?? '',
		state: fields.get('state') ?? undefined,
		scope: fields.get('scope') ?? undefined,
	};
}

/** A bad request is shown, never redirected: its address cannot be trusted. */
function answerInHtml(reply: FastifyReply, answer: () => FastifyReply): FastifyReply {
	reply.type('text/html; charset=utf-8');
	try {
		return answer();
	} catch (error) {
		if (!(error instanceof OAuthError)) throw error;
		return reply.code(400).send(refusalPage(error));
	}
}
