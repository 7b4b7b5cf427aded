import axios, { type AxiosError } from 'axios';

/** What a receiver of notifications answers. */
export interface Answer {
	status: number;
	contentType: string;
	body: string;
}

/** Sends a notification. Rejects with an error that has Node's code if no answer comes. */
export type Post = (url: string, body: object, signal: AbortSignal) => Promise<Answer>;

/** By HTTP. Neither a proxy nor a redirect can lead away from this machine. */
export const postByHttp: Post = async (url, body, signal) => {
	const { status, headers, data } = await axios.post<string>(url, body, {
		signal,
		proxy: false,
		maxRedirects: 0,
		responseType: 'text',
		transformResponse: (text: string) => text,
		validateStatus: () => true,
	});
	return { status, contentType: String(headers['content-type'] ?? ''), body: data };
};

/** Node's code of what went wrong; an empty text if it has none. */
export function codeOf(error: unknown): string {
	return (error as AxiosError).code ?? '';
}
