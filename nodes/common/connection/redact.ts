/** What replaces a secret. */
const HIDDEN = '***';

/**
 * Shortest secret that is searched for by its value: every token of the Market and of Yandex ID is far longer, and a
 * shorter text may occur anywhere, for example in a SKU.
 */
const MIN_SECRET_LENGTH = 8;

/** Characters of a token, URL-encoded or not. */
const TOKEN = String.raw`[\w.~+/=:%-]`;
/** What may stand between a name and its value: in a header, in a query, in JSON, and in JSON within JSON. */
const QUOTE = String.raw`(?:\\{0,8}["']|%22)?`;
const IS = String.raw`${QUOTE}\s{0,8}(?:[:=]|%3[ad])\s{0,8}${QUOTE}`;
const GAP = String.raw`(?:\s|%20|\+){1,8}${QUOTE}`;

/**
 * What a secret looks like, whoever says it. Nothing in it can be read in two ways, and every repetition follows a word
 * of its own, so a text of any length is read only once.
 */
const SHAPE = new RegExp(
	[
		// As in {"access_token": "..."}, client_secret=..., OAuth oauth_token="...", Api-Key: ...
		String.raw`((?:access_?token|refresh_?token|id_token|oauth_token|client_?secret|api[-_]?key)${IS})${TOKEN}+`,
		String.raw`(\bBearer${GAP})${TOKEN}+`,
		// Shorter ones are words, as in "Basic authentication" and "OAuth credential".
		// Base64 has no hyphens: "Basic Oversize-Cotton" is a name.
		String.raw`(\bBasic${GAP})(?=[A-Za-z\d+/]{16})${TOKEN}+`,
		String.raw`(\bOAuth${GAP})${TOKEN}{16,}`,
		// Tokens of the Market and of Yandex ID begin like this.
		String.raw`(\bACMA(?::|%3a))${TOKEN}+`,
		String.raw`(\by[0-3]_)[\w-]{24,}`,
	].join('|'),
	'gi',
);

/** Fields of replies that hold a SKU: it may look like anything, and has to come back unchanged. */
const SKU_FIELDS: ReadonlySet<string> = new Set(['offerId', 'sku', 'shopSku']);

/** Escapes in JSON behind which a secret may hide from a search in the text. */
const ESCAPE = /\\[u/]/;

/**
 * Removes secrets from whatever others have said and we pass on: known ones, in every form that a program may give
 * them, and everything that looks like one.
 */
export class Redactor {
	private readonly known = new Set<string>();
	/** Texts to search for, the longest first, because one may be part of another. */
	private needles: string[] = [];

	/** @param secrets values of the credential; those shorter than 8 characters are not searched for */
	constructor(secrets: readonly string[]) {
		for (const secret of secrets) this.learn(secret);
	}

	/** From now on this is a secret too, for example a token that was refreshed in the middle of a run. */
	learn(secret: string): void {
		if (secret.length < MIN_SECRET_LENGTH || this.known.has(secret)) return;
		this.known.add(secret);
		const all = new Set([...this.needles, ...formsOf(secret)]);
		this.needles = [...all].sort((a, b) => b.length - a.length);
	}

	/** A text without secrets. */
	text(said: string): string {
		return this.values(said).replace(SHAPE, (_match, ...groups: unknown[]) => {
			const kept = groups.slice(0, -2).find((group) => group !== undefined);
			return `${String(kept)}${HIDDEN}`;
		});
	}

	/**
	 * A parsed reply without secrets, changed in place.
	 *
	 * @param written the text that it was parsed from: if nothing is found in it, no value is looked at
	 */
	reply(body: unknown, written: string): unknown {
		if (!ESCAPE.test(written) && this.text(written) === written) return body;
		const root = { body };
		const open: object[] = [root];
		for (let node = open.pop(); node; node = open.pop()) {
			const fields = node as Record<string, unknown>;
			for (const key of Object.keys(fields)) {
				let value = fields[key];
				if (typeof value === 'string')
					value = SKU_FIELDS.has(key) ? this.values(value) : this.text(value);
				else if (typeof value === 'object' && value !== null) open.push(value);
				const name = Array.isArray(node) ? key : this.text(key);
				if (name !== key) delete fields[key];
				fields[name] = value;
			}
		}
		return root.body;
	}

	/** A text without the known secrets. */
	private values(said: string): string {
		let text = said;
		for (const needle of this.needles)
			if (text.includes(needle)) text = text.replaceAll(needle, HIDDEN);
		return text;
	}
}

/** A secret as it is, in JSON, in a URL and in Base64. */
function formsOf(secret: string): string[] {
	const url = encodeURIComponent(secret).replace(/[!'()*]/g, percent);
	const plain = [
		secret,
		JSON.stringify(secret).slice(1, -1),
		encodeURIComponent(secret),
		url,
		encodeURIComponent(url),
	];
	const lower = [encodeURIComponent(secret), url].map((text) =>
		text.replace(/%[\dA-F]{2}/g, (code) => code.toLowerCase()),
	);
	const base64 = [0, 1, 2].map((before) => insideBase64(secret, before));
	const forURL = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
	return [...plain, ...lower, ...base64, ...forURL, ...base64.map(encodeURIComponent)];
}

function percent(character: string): string {
	return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/**
 * What shows of a secret in any Base64 text that includes it, such as `id:secret`. Four characters hold three bytes, so
 * there are three forms, depending on the number of bytes before it. The first and the last character are left out if
 * they also hold bits of something else.
 */
function insideBase64(secret: string, before: number): string {
	const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
	const first = Math.ceil((before * 8) / 6);
	return bytes.toString('base64').slice(first, Math.floor((bytes.length * 8) / 6));
}
