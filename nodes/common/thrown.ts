import type { IDataObject } from 'n8n-workflow';

/** An answer of the other side, as n8n hands it on. */
export interface Answer {
	status: number;
	headers: IDataObject;
	body: unknown;
}

/** What broke the connection, as Node names it and in words. */
export interface Broken {
	code?: string;
	fault: string;
}

/** What axios throws, on which n8n's request helper is built. */
interface ThrownByAxios {
	isAxiosError?: boolean;
	code?: string;
	message?: string;
	response?: { status: number; headers: IDataObject; data: unknown };
}

/** What is left of it in the error that n8n before 2.34 throws, which loses its cause. */
interface ThrownWithoutCause {
	/** The status, or the code of what broke the connection. */
	httpCode?: string | null;
	/** The first one is what axios said. */
	messages?: string[];
	/** The body of the answer, where it was an object. */
	context?: { data?: unknown };
}

/** How axios says that an answer had a status that is thrown. */
const STATUS = /^Request failed with status code (\d{3})$/;
/** What broke the connection; or a good status, whose answer broke off in the middle. */
const BROKEN = /^([A-Z]|2\d\d$)/;
/** Yandex ID refused to refresh a token: the connection did its work. */
const OAUTH_REFUSAL = 'EAUTH';

/**
 * Reads what n8n's request helper threw: an answer with a status, or what the connection said when it broke.
 * Undefined where it is neither but something of our own, such as a credential that is not connected.
 */
export function readThrown(error: unknown): Answer | Broken | undefined {
	// By its shape and not its class: where two copies of n8n-workflow are loaded, there are two classes.
	const { cause } = error as { cause?: unknown };
	const thrown = ((cause as ThrownByAxios | undefined)?.isAxiosError ? cause : error) as ThrownByAxios;
	if (thrown.response) {
		const { status, headers, data } = thrown.response;
		return { status, headers, body: data };
	}
	if (thrown.isAxiosError) return fault(thrown.code, thrown.message);
	return cause === undefined ? readWithoutCause(error as ThrownWithoutCause) : undefined;
}

function readWithoutCause({ httpCode, messages, context }: ThrownWithoutCause): Answer | Broken | undefined {
	const said = messages?.[0] ?? '';
	const [, status] = STATUS.exec(said) ?? [];
	if (status !== undefined) return { status: Number(status), headers: {}, body: context?.data };
	if (!httpCode || httpCode === OAUTH_REFUSAL || !BROKEN.test(httpCode)) return undefined;
	return fault(httpCode, said);
}

function fault(code = '', message = ''): Broken {
	return { ...(code === '' ? {} : { code }), fault: message.includes(code) ? message : `${code} ${message}`.trim() };
}
