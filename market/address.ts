import { accepted, refused, type Checked } from './refusal';
import { quote } from './text';

/** The Partner API of the Market. Source: `servers` in the Market's OpenAPI. */
export const PRODUCTION_API_URL = 'https://api.partner.market.yandex.ru';

/** An address that a secret may be sent to: https, or plain http to this computer. */
export const PROTECTED_ADDRESS =
	/^(?:https:\/\/[^/\s@\\]+|http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?)(?:\/|$)/i;

/**
 * Checks an address that a token is about to be sent to: https, or plain http to this computer only,
 * because anyone on the way could read the token. Returns it without a slash at its end.
 */
export function checkAddress(raw: unknown): Checked<string> {
	const url = String(raw ?? '').trim();
	if (PROTECTED_ADDRESS.test(url)) return accepted(url.replace(/\/+$/, ''));
	return refused(
		`The address ${quote(url)} would send the token unprotected`,
		'Use an https address. Plain http is allowed only to this computer, as in http://127.0.0.1:8780.',
	);
}
