import { bytesOf, CAPTCHA_PAGE, dateHeader, gatewayPage, json, refusal } from './pages';
import { secretsIn, waysToWrite } from './secretsIn';
import type { Answer, Visit } from './visit';

/** One way in which a connection, a gateway or the Market goes wrong. */
export interface FaultKind {
	name: string;
	/** What it does, in the words of docs/chaos.md. */
	what: string;
	strike(visit: Visit): Promise<void>;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The page token of a list that never ends. */
export const AGAIN = 'the-same-page-again';

const coin = ({ random }: Visit) => random() < 0.5;
const between = ({ random }: Visit, least: number, most: number) =>
	least + random() * (most - least);

/** Answers in place of the Market, which has done its work in half of the cases. */
async function instead(visit: Visit, answer: Answer): Promise<void> {
	if (coin(visit)) await visit.forward();
	visit.answer(answer);
}

/** Sends the Market's answer with a change. */
async function changed(visit: Visit, change: (answer: Answer) => Answer): Promise<void> {
	visit.answer(change(await visit.forward()));
}

/** Changes a JSON answer of the Market; any other answer stays as it is. */
function changeJson(
	answer: Answer,
	change: (body: Record<string, unknown>) => Record<string, unknown>,
): Answer {
	if (!answer.body.startsWith('{')) return answer;
	return {
		...answer,
		body: JSON.stringify(change(JSON.parse(answer.body) as Record<string, unknown>)),
	};
}

const connection: FaultKind[] = [
	{
		name: 'drop before',
		what: 'resets the connection; the Market never sees the request',
		strike: async (visit) => visit.drop(),
	},
	{
		name: 'drop after',
		what: 'the Market does what is asked; the connection is reset instead of its reply',
		strike: async (visit) => {
			await visit.forward();
			visit.drop();
		},
	},
	{
		name: 'swallow before',
		what: 'no answer, ever; the Market never sees the request',
		strike: async (visit) => visit.swallow(),
	},
	{
		name: 'swallow after',
		what: 'the Market does what is asked; no answer, ever',
		strike: async (visit) => {
			await visit.forward();
			visit.swallow();
		},
	},
	{
		name: 'trickle',
		what: 'the reply comes in some twelve pieces, one every few seconds, and ends',
		strike: async (visit) => {
			const answer = await visit.forward();
			const whole = bytesOf(answer, Buffer.byteLength(answer.body));
			const piece = Math.ceil(whole.length / 12);
			for (let from = 0; from < whole.length && !visit.isGone(); from += piece) {
				await visit.wait(between(visit, SECOND_MS, 8 * SECOND_MS));
				visit.raw(whole.slice(from, from + piece), from + piece >= whole.length);
			}
		},
	},
	{
		name: 'trickle for ever',
		what: 'a space every 20 seconds in place of the reply, which never comes',
		strike: async (visit) => {
			const answer = await visit.forward();
			visit.raw(bytesOf({ ...answer, body: '' }, 1_000_000), false);
			while (!visit.isGone()) {
				await visit.wait(20 * SECOND_MS);
				visit.raw(' ', false);
			}
		},
	},
	{
		name: 'twice',
		what: 'the request is delivered twice; the reply is that of one of the two',
		strike: async (visit) => {
			const answers = [await visit.forward(), await visit.forward()] as const;
			visit.answer(answers[coin(visit) ? 0 : 1]);
		},
	},
	{
		name: 'late',
		what: 'the connection is reset at once; the request reaches the Market up to two minutes later',
		strike: async (visit) => {
			visit.later(between(visit, 100, 2 * MINUTE_MS), async () => await visit.forward());
			visit.drop();
		},
	},
	{
		name: 'truncate',
		what: 'the connection ends after half of the reply, although its head promised all of it',
		strike: async (visit) => {
			const answer = await visit.forward();
			const half = answer.body.slice(0, answer.body.length / 2);
			visit.raw(bytesOf({ ...answer, body: half }, Buffer.byteLength(answer.body)), true);
		},
	},
	{
		name: 'length too long',
		what: 'all of the reply comes, under a Content-Length that promises more',
		strike: async (visit) => {
			const answer = await visit.forward();
			visit.raw(bytesOf(answer, Buffer.byteLength(answer.body) + 10), true);
		},
	},
	{
		name: 'length too short',
		what: 'the Content-Length cuts the reply off in the middle',
		strike: async (visit) => {
			const answer = await visit.forward();
			const half = Math.ceil(answer.body.length / 2);
			visit.raw(bytesOf({ ...answer, body: answer.body.slice(0, half) }, half), false);
			await visit.wait(1);
			visit.raw(answer.body.slice(half), true);
		},
	},
];

const gateways: FaultKind[] = [
	{
		name: '502',
		what: "a gateway's page whose Date lags by up to an hour; the Market may or may not have done its work",
		strike: async (visit) =>
			await instead(
				visit,
				gatewayPage(
					502,
					'Bad Gateway',
					dateHeader(visit, -between(visit, SECOND_MS, 60 * MINUTE_MS)),
				),
			),
	},
	{
		name: '503',
		what: "a gateway's page; the Market may or may not have done its work",
		strike: async (visit) =>
			await instead(visit, gatewayPage(503, 'Service Temporarily Unavailable')),
	},
	{
		name: '504',
		what: "a gateway's page; the Market may or may not have done its work",
		strike: async (visit) => await instead(visit, gatewayPage(504, 'Gateway Time-out')),
	},
	{
		name: '499',
		what: 'an empty answer, as if the client had gone away; the Market may or may not have done its work',
		strike: async (visit) => await instead(visit, { status: 499, headers: {}, body: '' }),
	},
	{
		name: '408',
		what: 'a gateway gave up waiting for the request; the Market never sees it',
		strike: async (visit) => visit.answer(gatewayPage(408, 'Request Time-out')),
	},
	{
		name: '413',
		what: 'a gateway says that the request is too large, whatever its size',
		strike: async (visit) => visit.answer(gatewayPage(413, 'Request Entity Too Large')),
	},
	{
		name: '429',
		what: 'a gateway says that there are too many requests, with Retry-After',
		strike: async (visit) =>
			visit.answer(
				gatewayPage(429, 'Too Many Requests', {
					'retry-after': String(Math.ceil(between(visit, 1, 30))),
				}),
			),
	},
	{
		name: '407',
		what: 'a proxy asks for a sign-in',
		strike: async (visit) =>
			visit.answer(
				gatewayPage(407, 'Proxy Authentication Required', {
					'proxy-authenticate': 'Basic realm="proxy"',
				}),
			),
	},
	{
		name: 'redirect',
		what: "301, 302, 307 or 308 to another host, which records what it gets; not from the token endpoint, where n8n's own OAuth client follows redirects and no node can stop it",
		strike: async (visit) => {
			if (visit.request.path.startsWith('/oauth/')) return visit.answer(await visit.forward());
			const status = [301, 302, 307, 308][Math.floor(visit.random() * 4)] as number;
			visit.answer(
				gatewayPage(status, 'Moved', { location: `${visit.foreignUrl}${visit.request.path}` }),
			);
		},
	},
	{
		name: 'captcha page',
		what: '200 with an HTML page that asks whether you are a robot',
		strike: async (visit) => await instead(visit, CAPTCHA_PAGE),
	},
	{
		name: 'captcha JSON',
		what: '200 with the same in JSON',
		strike: async (visit) =>
			await instead(
				visit,
				json(200, { type: 'captcha', captcha: { 'captcha-page': 'https://captcha.example/show' } }),
			),
	},
];

const market: FaultKind[] = [
	{
		name: 'deprecated',
		what: '403 "The method is deprecated and is occasionally forbidden. Please stop using it"',
		strike: async (visit) =>
			visit.answer(
				refusal(
					403,
					'FORBIDDEN',
					'The method is deprecated and is occasionally forbidden. Please stop using it',
					dateHeader(visit),
				),
			),
	},
	{
		name: 'garbled 403',
		what: '403 with a JSON body that breaks off',
		strike: async (visit) =>
			visit.answer({
				status: 403,
				headers: { 'content-type': 'application/json' },
				body: '{"status":"ERROR","errors":[{"co',
			}),
	},
	{
		name: 'empty object',
		what: '200 {}; the Market may or may not have done its work',
		strike: async (visit) => await instead(visit, json(200, {})),
	},
	{
		name: 'empty list',
		what: '200 []; the Market may or may not have done its work',
		strike: async (visit) => await instead(visit, json(200, [])),
	},
	{
		name: 'pending',
		what: '200 {"status":"PENDING"}; the Market may or may not have done its work',
		strike: async (visit) => await instead(visit, json(200, { status: 'PENDING' })),
	},
	{
		name: 'errors only',
		what: '200 with a list of errors and no status; the Market has not done its work',
		strike: async (visit) =>
			visit.answer(json(200, { errors: [{ code: 'INTERNAL', message: 'Try later' }] })),
	},
	{
		name: 'bare 420',
		what: "420 without any of the limit's headers",
		strike: async (visit) =>
			visit.answer(
				refusal(420, 'LIMIT', 'Hit rate limit of 4 parallel requests', dateHeader(visit)),
			),
	},
	{
		name: 'far 420',
		what: '420 whose Until lies three days ahead',
		strike: async (visit) => {
			const until = new Date(visit.nowMs + 3 * DAY_MS).toUTCString();
			const limit = { 'x-ratelimit-resource-limit': '100', 'x-ratelimit-resource-remaining': '0' };
			const headers = { ...dateHeader(visit), ...limit, 'x-ratelimit-resource-until': until };
			visit.answer(refusal(420, 'LIMIT', 'Hit rate limit of 100 requests per minute', headers));
		},
	},
	{
		name: 'same page again',
		what: 'a list whose next page is always the same page',
		strike: async (visit) =>
			await changed(visit, (answer) =>
				changeJson(answer, (body) => {
					if ('campaigns' in body) return { ...body, paging: { nextPageToken: AGAIN } };
					if (typeof body.result !== 'object' || body.result === null) return body;
					return { ...body, result: { ...body.result, paging: { nextPageToken: AGAIN } } };
				}),
			),
	},
	{
		name: 'wrong date',
		what: "the Market's own reply with a Date three days ahead or behind",
		strike: async (visit) => {
			const offsetMs = coin(visit) ? 3 * DAY_MS : -3 * DAY_MS;
			await changed(visit, (answer) => ({
				...answer,
				headers: { ...answer.headers, ...dateHeader(visit, offsetMs) },
			}));
		},
	},
	{
		name: 'new fields',
		what: 'fields and values of a later version of the Market, in a reply that is otherwise its own',
		strike: async (visit) =>
			await changed(visit, (answer) =>
				changeJson(
					{
						...answer,
						body: answer.body.replace(
							/"(placementType|apiAvailability|subscriptionLevel)":"\w+"/g,
							'"$1":"OF_TOMORROW"',
						),
					},
					(body) => ({ ...body, ofTomorrow: { value: 1, list: [null, 'x'] } }),
				),
			),
	},
	{
		name: 'echo',
		what: 'a refusal, a fault or a success that repeats the secrets of the request: raw, URL-encoded and in base64',
		strike: async (visit) => {
			const said = secretsIn(visit.request).flatMap(waysToWrite).join(' ');
			const status = [200, 400, 401, 403, 404, 420, 500][Math.floor(visit.random() * 7)] as number;
			if (status === 200) {
				await changed(visit, (answer) => changeJson(answer, (body) => ({ ...body, seen: said })));
			} else if (coin(visit)) {
				visit.answer(
					refusal(status, 'ECHO', `Not for ${said}`, { ...dateHeader(visit), traceparent: said }),
				);
			} else {
				visit.answer(gatewayPage(status, said));
			}
		},
	},
];

/** All kinds, each once. */
export const FAULT_KINDS: readonly FaultKind[] = [...connection, ...gateways, ...market];
