import type { MarketFault } from './ports';

/**
 * The other side showed a certificate that cannot be trusted. It will show the same one again.
 * Source: X509 certificate error codes in the documentation of Node's `tls`.
 */
const UNTRUSTED: ReadonlySet<string | undefined> = new Set([
	'CERT_CHAIN_TOO_LONG',
	'CERT_HAS_EXPIRED',
	'CERT_NOT_YET_VALID',
	'CERT_REJECTED',
	'CERT_REVOKED',
	'CERT_SIGNATURE_FAILURE',
	'CERT_UNTRUSTED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'HOSTNAME_MISMATCH',
	'INVALID_CA',
	'INVALID_PURPOSE',
	'PATH_LENGTH_EXCEEDED',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** No connection was made, so no part of the request was sent. Source: error codes of Node's `net` and `dns`. */
const NEVER_SENT: ReadonlySet<string | undefined> = new Set([
	'EAI_AGAIN',
	'ECONNREFUSED',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ENOTFOUND',
]);

/**
 * What broke a connection, in words, by its code. Some programs take a text that contains such a code for a failure of
 * their own, and show another text instead. Source: COMMON_ERRORS in the NodeError of n8n-workflow 2.41.
 */
const IN_WORDS: ReadonlyMap<string, string> = new Map([
	['EACCES', 'access is not allowed'],
	['EADDRNOTAVAIL', 'this address is not available'],
	['EAI_AGAIN', 'the name could not be looked up just now'],
	['ECONNABORTED', 'the connection was given up'],
	['ECONNREFUSED', 'the connection was refused'],
	['ECONNRESET', 'the connection was closed'],
	['EEXIST', 'it is there already'],
	['EHOSTUNREACH', 'there is no way to this host'],
	['EISDIR', 'it is a folder'],
	['ENOENT', 'there is no such file'],
	['ENOTDIR', 'it is no folder'],
	['ENOTFOUND', 'this name is not known'],
	['EPERM', 'it is not permitted'],
	['ERRADDRINUSE', 'this address is in use'],
	['ETIMEDOUT', 'no answer came in time'],
	['GETADDRINFO', 'looking up the name'],
]);

const CODE = new RegExp(
	`\\b(?:(?:connect|read|write|getaddrinfo)\\s+)?(${[...IN_WORDS.keys()].join('|')})\\b([:,]?\\s+(?=\\S))?`,
	'gi',
);

/** The same text with words instead of such codes. */
export function withoutCodes(text: string): string {
	return text.replace(
		CODE,
		(_, code: string, rest?: string) => `${IN_WORDS.get(code.toUpperCase())}${rest ? ': ' : ''}`,
	);
}

/**
 * The first letter of such a code, anywhere (even within a word) and in either case. Grouped by first letter, because
 * searching for each code separately would take five times as long.
 */
const CODE_ANYWHERE = new RegExp(
	[...new Set([...IN_WORDS.keys()].map((code) => code.charAt(0)))]
		.map((letter) => `${letter}(?=${restsAfter(letter).join('|')})`)
		.join('|'),
	'gi',
);

function restsAfter(letter: string): string[] {
	return [...IN_WORDS.keys()]
		.filter((code) => code.startsWith(letter))
		.map((code) => code.slice(1));
}

/**
 * The same text without such codes, for texts that are not ours to reword, such as a SKU: the first letter of each code
 * becomes an escape sequence, as JSON allows.
 */
export function escapeCodes(text: string): string {
	return text.replace(CODE_ANYWHERE, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`);
}

/** Whether the connection was given up because of the other side's certificate, before anything was sent. */
export function isUntrusted({ code }: MarketFault): boolean {
	return UNTRUSTED.has(code);
}

/** Node's words for a connection that was already open: the request may have gone out. */
const WHILE_CONNECTED = /^(?:read|write)\b/;

/** Whether nothing of the request can have reached the other side. */
export function isNeverSent(fault: MarketFault): boolean {
	return isUntrusted(fault) || (NEVER_SENT.has(fault.code) && !WHILE_CONNECTED.test(fault.message));
}
