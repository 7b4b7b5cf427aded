import { randomBytes } from 'node:crypto';

import { OAUTH_PERMISSION } from '../contract';

/** The one application that the stand-in knows. Sandbox values, not secrets. */
export const OAUTH_CLIENT = { id: 'sandbox-client-id', secret: 'sandbox-client-secret' } as const;

/** The one user, who sees the stores of every business. */
export const OAUTH_USER_ID = 5_001;

/** A code expires if it is not used within this time [Yandex ID]. */
const CODE_LIFETIME_MS = 10 * 60 * 1_000;

/** Lifetime of a token and of its refresh token [Yandex ID]. */
const TOKEN_LIFETIME_MS = 365 * 24 * 60 * 60 * 1_000;

/** The parameters with which the consent page was opened. */
export interface AuthorizationRequest {
	clientId: string;
	redirectUri: string;
	state?: string;
	/** What the application asks for; absent = everything it was registered with. */
	scope?: string;
}

/** What a valid access token represents. */
export interface Session {
	userId: number;
	scopes: readonly string[];
}

/** The reply of the token endpoint. */
export interface TokenReply {
	status: 200 | 400;
	body: Record<string, string | number>;
}

interface Grant {
	scopes: readonly string[];
	expiresAt: number;
}

interface Code extends Grant {
	redirectUri: string;
}

/** A sign-in request or a token request is refused; `error` is OAuth's own name for why. */
export class OAuthError extends Error {
	constructor(
		readonly error: string,
		description: string,
	) {
		super(description);
		this.name = 'OAuthError';
	}
}

/** Stands in for Yandex ID: the authorization code flow with refresh, for one application and one user. */
export class YandexId {
	private readonly codes = new Map<string, Code>();
	private readonly accessTokens = new Map<string, Grant>();
	private readonly refreshTokens = new Map<string, Grant>();

	/** @param now returns milliseconds of the clock by which codes and tokens expire. */
	constructor(
		private readonly now: () => number,
		private readonly tokenLifetimeMs = TOKEN_LIFETIME_MS,
	) {}

	/** @throws OAuthError if consent must not be asked for. */
	checkAuthorization({ clientId, redirectUri }: AuthorizationRequest): void {
		if (clientId !== OAUTH_CLIENT.id) throw new OAuthError('invalid_client', 'Client not found');
		if (!URL.canParse(redirectUri) || !/^https?:$/.test(new URL(redirectUri).protocol)) {
			throw new OAuthError('invalid_request', 'redirect_uri must be an http or https address');
		}
	}

	/** The user agrees. @returns where the browser goes next, with the code. */
	allow(request: AuthorizationRequest): string {
		this.checkAuthorization(request);
		const code = randomBytes(16).toString('hex');
		this.codes.set(code, {
			redirectUri: request.redirectUri,
			scopes: request.scope?.split(/[ ,]+/).filter(Boolean) ?? [OAUTH_PERMISSION],
			expiresAt: this.now() + CODE_LIFETIME_MS,
		});
		const target = new URL(request.redirectUri);
		target.searchParams.set('code', code);
		if (request.state !== undefined) target.searchParams.set('state', request.state);
		return target.href;
	}

	/**
	 * The token endpoint.
	 * @param form the request's form fields.
	 * @param authorization the request's `Authorization` header, if any.
	 */
	token(form: URLSearchParams, authorization?: string): TokenReply {
		try {
			checkClient(form, authorization);
			return { status: 200, body: this.issueTokens(this.redeem(form)) };
		} catch (error) {
			if (!(error instanceof OAuthError)) throw error;
			return { status: 400, body: { error: error.error, error_description: error.message } };
		}
	}

	/** Issues an access token without the flow, for tests. */
	issueAccessToken(scopes: readonly string[] = [OAUTH_PERMISSION]): string {
		return String(this.issueTokens(scopes).access_token);
	}

	/** What an access token represents, or undefined if it is unknown or expired. */
	inspect(accessToken: string): Session | undefined {
		const grant = this.accessTokens.get(accessToken);
		if (grant === undefined || grant.expiresAt <= this.now()) return undefined;
		return { userId: OAUTH_USER_ID, scopes: grant.scopes };
	}

	/** Invalidates all access tokens at once; refresh tokens still work. */
	expireAllTokens(): void {
		this.accessTokens.clear();
	}

	/** As after a change of password: invalidates access tokens, refresh tokens and open codes. */
	revokeGrants(): void {
		this.accessTokens.clear();
		this.refreshTokens.clear();
		this.codes.clear();
	}

	/** What a grant allows. Codes and refresh tokens are good for one use. */
	private redeem(form: URLSearchParams): readonly string[] {
		switch (form.get('grant_type')) {
			case 'authorization_code': {
				const code = this.take(this.codes, form.get('code'), 'Code has expired or is unknown');
				if (form.get('redirect_uri') !== code.redirectUri) {
					throw new OAuthError(
						'invalid_grant',
						'redirect_uri is not the one that consent was given for',
					);
				}
				return code.scopes;
			}
			case 'refresh_token':
				return this.take(this.refreshTokens, form.get('refresh_token'), 'expired_token').scopes;
			default:
				throw new OAuthError(
					'unsupported_grant_type',
					'grant_type is authorization_code or refresh_token',
				);
		}
	}

	private take<T extends Grant>(grants: Map<string, T>, key: string | null, complaint: string): T {
		const grant = grants.get(key ?? '');
		grants.delete(key ?? '');
		if (grant === undefined || grant.expiresAt <= this.now())
			throw new OAuthError('invalid_grant', complaint);
		return grant;
	}

	private issueTokens(scopes: readonly string[]): Record<string, string | number> {
		const grant = { scopes, expiresAt: this.now() + this.tokenLifetimeMs };
		const accessToken = `sandbox-access-${randomBytes(16).toString('hex')}`;
		const refreshToken = `sandbox-refresh-${randomBytes(16).toString('hex')}`;
		this.accessTokens.set(accessToken, grant);
		this.refreshTokens.set(refreshToken, grant);
		return {
			token_type: 'bearer',
			access_token: accessToken,
			expires_in: Math.floor(this.tokenLifetimeMs / 1_000),
			refresh_token: refreshToken,
			scope: scopes.join(' '),
		};
	}
}

/** The application's ID and secret come in the form or as Basic authorization. */
function checkClient(form: URLSearchParams, authorization: string | undefined): void {
	const [id, secret] = basicCredentials(authorization) ?? [
		form.get('client_id'),
		form.get('client_secret'),
	];
	if (id !== OAUTH_CLIENT.id) throw new OAuthError('invalid_client', 'Client not found');
	if (secret !== OAUTH_CLIENT.secret) throw new OAuthError('invalid_client', 'Wrong client secret');
}

function basicCredentials(authorization: string | undefined): [string, string] | undefined {
	const encoded = /^Basic (.+)$/i.exec(authorization ?? '')?.[1];
	if (encoded === undefined) return undefined;
	const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString().split(':');
	return [id, secret.join(':')];
}
