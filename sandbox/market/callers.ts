import { OAUTH_PERMISSION, type AccessGroup } from '../contract';
import type { YandexId } from '../oauth/yandexId';
import type { ApiKey } from '../tokens';
import { headerOf, type MarketRequest } from './http';
import { Refusal } from './refusal';

/** Who calls. */
export interface Caller {
	/** Safe to log: never the token itself. */
	label: string;
	/** Whose limits a call uses if its path names no store. */
	entity: string;
	/** The token, if the caller used an Api-Key. */
	apiKey?: ApiKey;
	/** Value of `X-Business-Id`, which matters only with OAuth. */
	businessHeader?: string;
}

const KEY_FORMAT = /^ACMA:([^:]*):([^:]*)$/;
const KEY_PARTS = { secret: 40, suffix: 8 } as const;

/** Identifies callers by their headers. */
export class Callers {
	private readonly keys: ReadonlyMap<string, ApiKey>;

	constructor(
		apiKeys: readonly ApiKey[],
		private readonly yandexId: YandexId,
	) {
		this.keys = new Map(apiKeys.map((key) => [key.token, key]));
	}

	/** @throws Refusal 401 for a bad Api-Key, 403 for a bad OAuth token, as the Market does. */
	identify(request: MarketRequest): Caller {
		const apiKey = headerOf(request, 'api-key');
		if (apiKey !== undefined) return this.byApiKey(apiKey);
		const authorization = headerOf(request, 'authorization');
		if (authorization !== undefined) {
			return this.byOAuth(authorization, headerOf(request, 'x-business-id'));
		}
		throw new Refusal(401, 'Credentials are not specified');
	}

	private byApiKey(token: string): Caller {
		if (/^(Bearer|OAuth)\s/i.test(token)) throw new Refusal(401, 'Api-Key token prefix invalid');
		const parts = KEY_FORMAT.exec(token);
		if (parts === null) throw new Refusal(401, 'Api-Key token format invalid');
		if (parts[1]?.length !== KEY_PARTS.secret || parts[2]?.length !== KEY_PARTS.suffix) {
			throw new Refusal(401, 'Api-Key token length invalid');
		}
		const key = this.keys.get(token);
		if (key === undefined) throw new Refusal(401, 'Api-Key token is invalid');
		if (key.revoked) throw new Refusal(401, 'Api-Key token is revoked');
		return { label: `Api-Key '${key.name}'`, entity: `businessId ${key.businessId}`, apiKey: key };
	}

	private byOAuth(authorization: string, businessHeader: string | undefined): Caller {
		const token = /^Bearer ([A-Za-z0-9._~+/=-]+)$/i.exec(authorization)?.[1];
		if (token === undefined) throw new Refusal(401, 'Authorization header has invalid syntax');
		const session = this.yandexId.inspect(token);
		if (session === undefined) throw new Refusal(403, 'OAuth token is invalid');
		if (!session.scopes.includes(OAUTH_PERMISSION)) throw new Refusal(403, 'Scope is invalid');
		return {
			label: `OAuth user ${session.userId}`,
			entity: `uid ${session.userId}`,
			businessHeader,
		};
	}
}

/**
 * Checks that a caller may use a method. An OAuth user has every access group.
 * @throws Refusal 403 if the token has none of the groups.
 */
export function checkScopes(caller: Caller, scopes: readonly AccessGroup[]): void {
	if (caller.apiKey === undefined) return;
	if (!caller.apiKey.scopes.some((scope) => scopes.includes(scope))) {
		throw new Refusal(403, `Token does not have any of the scopes [${scopes.join(', ')}]`);
	}
}
