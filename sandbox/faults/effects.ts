import { refusedAnswer, type Answer } from '../market/answer';
import type { MarketReply } from '../market/http';
import { tooManyAtOnce } from '../market/parallel';
import { overQuota, type Account, type Allowance } from '../market/quotas';
import { ConnectionDropped, Refusal } from '../market/refusal';
import type { FaultKind } from './rules';

/** What a fault does to a call, at one of three places on its way. */
export interface Effect {
	/** Answers in the Market's place; the Market never sees the call: nothing is checked, used or applied. */
	instead?: (account: Account, allowance: Allowance) => Answer;
	/** The body of the 200 for a call that is checked and uses its quota, but is not carried out. */
	undone?: object;
	/** What becomes of the reply: by then the call is carried out and has used its quota. */
	spoil?: (reply: MarketReply) => MarketReply;
}

const MESSAGES = {
	500: 'Internal server error',
	502: 'Bad gateway',
	503: 'Service is temporarily unavailable',
} as const;

type ErrorStatus = keyof typeof MESSAGES;

const EFFECTS: Record<FaultKind, Effect> = {
	dropBefore: { instead: drop },
	dropAfter: { spoil: drop },
	resetMidBody: {
		spoil: (reply) => {
			throw new ConnectionDropped(reply);
		},
	},
	'500': { instead: failed(500) },
	'502': { instead: failed(502) },
	'503': { instead: failed(503) },
	'500empty': { instead: gatewayText(500, 'text/plain', '') },
	'502empty': { instead: gatewayText(502, 'text/plain', '') },
	'503empty': { instead: gatewayText(503, 'text/plain', '') },
	errorAfter: {
		spoil: (reply) => ({ ...reply, status: 500, body: JSON.stringify(refusalOf(500).envelope()) }),
	},
	html502: { instead: gatewayText(502, 'text/html', pageOf('502 Bad Gateway')) },
	html200: { instead: gatewayText(200, 'text/html', pageOf('Just a moment')) },
	truncatedJson: {
		spoil: (reply) => ({ ...reply, body: reply.body.slice(0, Math.floor(reply.body.length / 2)) }),
	},
	errorStatus: { undone: refusalOf(500).envelope() },
	slow: {},
	limit: {
		instead: (account, allowance) => {
			const usedUp = { ...allowance, remaining: 0 };
			return refusedAnswer(overQuota(account, usedUp), usedUp);
		},
	},
	parallel: { instead: (account) => refusedAnswer(tooManyAtOnce(account)) },
};

/** What a fault of this kind does; without a fault, nothing. */
export function effectOf(kind: FaultKind | undefined): Effect {
	return kind === undefined ? {} : EFFECTS[kind];
}

function drop(): never {
	throw new ConnectionDropped();
}

/** The Market itself fails, in its own envelope and with its headers. */
function failed(status: ErrorStatus): Effect['instead'] {
	return (_account, allowance) => refusedAnswer(refusalOf(status), allowance);
}

/** Something in front of the Market answers; it knows nothing of quotas. */
function gatewayText(status: number, contentType: string, body: string): Effect['instead'] {
	return () => ({ status, contentType, body });
}

function refusalOf(status: ErrorStatus): Refusal {
	return new Refusal(status, MESSAGES[status]);
}

function pageOf(title: string): string {
	return `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
}
