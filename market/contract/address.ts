import { MAX_QUERY_BYTES } from './bounds';
import { accepted, refused, type Checked } from '../common/refusal';
import { quote } from '../common/text';

/** The Partner API of the Market. Source: `servers` in the Market's OpenAPI. */
export const PRODUCTION_API_URL = 'https://api.partner.market.yandex.ru';

/**
 * The same for sellers on Market Yandex Go, the Market in Uzbekistan. The methods are the same.
 * Source: "Market Yandex Go" in the Market's documentation.
 */
export const MARKET_YANDEX_GO_API_URL = 'https://api.partner.market.yandex.net';

/** Longest address that is checked, including the longest query we make. Anything longer is not an address. */
const MAX_ADDRESS_LENGTH = 2_000 + MAX_QUERY_BYTES;

/** An address that a secret may be sent to: https, or plain http to this computer. */
export const PROTECTED_ADDRESS =
	/^(?:https:\/\/[^/\s@\\]+|http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?)(?:\/|$)/i;

/**
 * Checks an address that a token is about to be sent to: https, or plain http to this computer only,
 * because anyone on the way could read the token. Returns it without a trailing slash.
 */
export function checkAddress(raw: unknown): Checked<string> {
	const url = String(raw ?? '').trim();
	if (url.length <= MAX_ADDRESS_LENGTH && PROTECTED_ADDRESS.test(url))
		return accepted(withoutSlashes(url));
	return refused(
		`The address ${quote(url)} would send the token unprotected`,
		'Use an https address. Plain http is allowed only to this computer, as in http://127.0.0.1:8780.',
	);
}

/** Removes trailing slashes. By hand: a regular expression would start over at each slash of a long run. */
function withoutSlashes(url: string): string {
	let end = url.length;
	while (url.endsWith('/', end)) end -= 1;
	return url.slice(0, end);
}

/** The Market that a credential is for. */
export type Environment = 'production' | 'marketYandexGo' | 'sandbox';

/**
 * Checks the environment of a credential; undefined is production. Any other value is refused: an expression can give
 * anything, and it must not lead to the real Market by chance.
 */
export function checkEnvironment(raw: unknown): Checked<Environment> {
	if (raw === undefined) return accepted('production');
	if (raw === 'production' || raw === 'marketYandexGo' || raw === 'sandbox') return accepted(raw);
	return refused(
		`Environment ${quote(raw)} is none of its choices`,
		'Choose Market Yandex Go, Production or Sandbox. An expression has to give marketYandexGo, production or sandbox.',
	);
}

/** The address of the Partner API, without a trailing slash. @param sandboxUrl used if the sandbox is chosen */
export function apiUrlOf(environment: Environment, sandboxUrl: unknown): Checked<string> {
	if (environment === 'sandbox') return checkAddress(sandboxUrl);
	return accepted(environment === 'production' ? PRODUCTION_API_URL : MARKET_YANDEX_GO_API_URL);
}
