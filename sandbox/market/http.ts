/** A call to the Market, however it arrived. */
export interface MarketRequest {
	method: string;
	/** Including the query, as in the request line. */
	path: string;
	headers: Readonly<Record<string, string | string[] | undefined>>;
	body?: string | Buffer;
}

/** The Market's reply. Header names are in lower case, like Node's own. */
export interface MarketReply {
	status: number;
	headers: Record<string, string>;
	/** JSON text, unless a fault put something else in its place. */
	body: string;
}

/** One header of a request, regardless of case; the first one if it was sent twice. */
export function headerOf(request: MarketRequest, name: string): string | undefined {
	for (const [key, value] of Object.entries(request.headers)) {
		if (key.toLowerCase() === name) return Array.isArray(value) ? value[0] : value;
	}
	return undefined;
}
