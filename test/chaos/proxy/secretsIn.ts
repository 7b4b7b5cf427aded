import type { Received } from './visit';

const SECRET_FIELDS = ['client_secret', 'refresh_token', 'code', 'access_token'];

/** The secrets that a request carries, as its server sees them: in headers, or in the form of a token endpoint. */
export function secretsIn({ headers, body }: Pick<Received, 'headers' | 'body'>): string[] {
	const authorization = headers.authorization ?? '';
	const secrets = [headers['api-key'], authorization, authorization.replace(/^\w+ /, '')];
	if (/^Basic /i.test(authorization)) {
		secrets.push(
			Buffer.from(authorization.slice('Basic '.length), 'base64')
				.toString()
				.replace(/^[^:]*:/, ''),
		);
	}
	if (headers['content-type']?.includes('form-urlencoded')) {
		const form = new URLSearchParams(body.toString());
		secrets.push(...SECRET_FIELDS.map((name) => form.get(name) ?? ''));
	}
	return [...new Set(secrets)].filter(
		(secret): secret is string => secret !== undefined && secret !== '',
	);
}

/** The ways in which a server may write a secret down. */
export function waysToWrite(secret: string): string[] {
	return [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
}
