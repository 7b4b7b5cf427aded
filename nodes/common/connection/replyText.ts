/**
 * Most bytes of a reply that are read. The largest honest one is a page of getOfferMappings: 100 offers, each with a
 * description of up to 6,000 characters, names, pictures and parameters [openapi]. It stays far below 16 MB, and even a
 * hostile server cannot fill n8n's memory with what 32 requests at once bring.
 */
export const MAX_REPLY_BYTES = 16 * 1024 * 1024;

/** The body of a reply as it arrives. n8n gives a Node stream; this is the part of it that is needed. */
interface Incoming extends AsyncIterable<Uint8Array> {
	destroy(): unknown;
}

/**
 * Reads the body of a reply as text, up to a sensible length. A fault is a reply of which nothing can be used.
 *
 * @param body a stream; or what an n8n without streams has made of it
 * @param announced the header Content-Length, if there is one
 * @param signal once it is given, nothing more is read: a reply may stall, or trickle, for ever
 */
export async function readText(
	body: unknown,
	announced: unknown,
	signal: AbortSignal,
): Promise<{ text: string } | { fault: string }> {
	if (typeof body === 'string') return { text: body };
	if (!isIncoming(body))
		return { text: body === undefined || body === null ? '' : JSON.stringify(body) };
	const stop = () => body.destroy();
	if (signal.aborted) stop();
	signal.addEventListener('abort', stop);
	try {
		if (Number(announced) > MAX_REPLY_BYTES) return TOO_LONG;
		return await readAll(body);
	} catch (error) {
		return {
			fault: `its reply broke off: ${error instanceof Error ? error.message : String(error)}`,
		};
	} finally {
		signal.removeEventListener('abort', stop);
		stop();
	}
}

const TOO_LONG = { fault: `its reply is longer than ${MAX_REPLY_BYTES / (1024 * 1024)} MB` };

async function readAll(body: Incoming): Promise<{ text: string } | { fault: string }> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of body) {
		size += chunk.length;
		if (size > MAX_REPLY_BYTES) return TOO_LONG;
		chunks.push(chunk);
	}
	const text = Buffer.concat(chunks).toString('utf8');
	return { text: text.startsWith('\ufeff') ? text.slice(1) : text };
}

function isIncoming(body: unknown): body is Incoming {
	return (
		typeof body === 'object' && body !== null && Symbol.asyncIterator in body && 'destroy' in body
	);
}
