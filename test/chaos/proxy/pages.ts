import type { Answer, Visit } from './visit';

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const JSON_TYPE = { 'content-type': 'application/json;charset=UTF-8' };

/** A page of nginx, as gateways show it. */
export function gatewayPage(
	status: number,
	title: string,
	headers: Record<string, string> = {},
): Answer {
	const line = `${status} ${title}`;
	const body = `<html>\r\n<head><title>${line}</title></head>\r\n<body>\r\n<center><h1>${line}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
	return { status, headers: { ...HTML, ...headers }, body };
}

/** A page that asks whether you are a robot, with the status of a success. */
export const CAPTCHA_PAGE: Answer = {
	status: 200,
	headers: HTML,
	body: '<!DOCTYPE html><html><head><title>Are you not a robot?</title></head><body><form action="/checkcaptcha"></form></body></html>',
};

/** JSON with a status. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
	return { status, headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(body) };
}

/** The Market's envelope for a refusal. */
export function refusal(
	status: number,
	code: string,
	message: string,
	headers: Record<string, string> = {},
): Answer {
	return json(status, { status: 'ERROR', errors: [{ code, message }] }, headers);
}

/** An HTTP date this many milliseconds from now. */
export function dateHeader({ nowMs }: Pick<Visit, 'nowMs'>, offsetMs = 0): Record<string, string> {
	return { date: new Date(nowMs + offsetMs).toUTCString() };
}

/** An answer as HTTP/1.1 bytes, with any Content-Length. */
export function bytesOf({ status, headers, body }: Answer, contentLength: number): string {
	const lines = Object.entries({
		...headers,
		'content-length': String(contentLength),
		connection: 'close',
	});
	return `HTTP/1.1 ${status} Status\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
}
