import { ownerOf, type ApiMethod } from '../contract/apiMethods';
import type { MarketFault, MarketReply } from './ports';
import type { Refusal } from '../common/refusal';
import { accessMissing } from '../contract/tokenAccess';
import { isUntrusted, withoutCodes } from './connection';
import { gatewayAnswer } from './gateway';
import { isOwnRefusal, marketMessages } from './messages';

/** How much of the Market's own message is repeated, in UTF-16 code units. */
const MAX_MESSAGE_LENGTH = 500;

/**
 * Turns an answer that is not a success into what happened and what to do, with the Market's own message
 * and the request's `traceparent`, by which the Market's support finds the request.
 *
 * @param targetId of the store or the business, if the request was for one
 * @param messages the Market's messages to repeat; all of them by default
 */
export function explain(
	answer: MarketReply | MarketFault,
	apiMethod: ApiMethod,
	targetId?: string,
	messages?: readonly string[],
): Refusal {
	if (answer.kind === 'fault') {
		const said = withoutCodes(answer.message);
		if (isUntrusted(answer))
			return { reason: `${UNTRUSTED.what}: ${said}`, advice: UNTRUSTED.advice };
		return {
			reason: `The Market could not be reached: ${said}`,
			advice:
				'Check the network and the proxy of this n8n, then run again. Sending the same balances again is safe.',
		};
	}
	const said = shortened((messages ?? marketMessages(answer)).join('; '));
	const trace = answer.headers['traceparent'];
	const { what, advice, accessGroup } = meaning(answer, said, apiMethod, targetId);
	return {
		reason: `${what} (${answer.status})${said ? `: ${said}` : ''}${trace ? ` [traceparent ${trace}]` : ''}`,
		advice,
		...(accessGroup === undefined ? {} : { accessGroup }),
	};
}

/**
 * Takes the traceparent out of a reason: it tells requests apart, and answers with the same meaning differ in it.
 *
 * @param reason of `explain`, or a text around it
 */
export function withoutTrace(reason: string): { text: string; trace?: string } {
	const found = / \[traceparent ([^\]]*)\]/.exec(reason);
	if (!found) return { text: reason };
	return { text: reason.replace(found[0], ''), trace: found[1] };
}

function shortened(text: string): string {
	return text.length > MAX_MESSAGE_LENGTH ? `${text.slice(0, MAX_MESSAGE_LENGTH)}...` : text;
}

interface Meaning {
	what: string;
	advice: string;
	accessGroup?: string;
}

const REFUSED = 'The Market refused the request';

const OAUTH_REFUSED: Meaning = {
	what: 'The Market did not accept the OAuth token',
	advice:
		'Open the credential in n8n and connect it again, with the permission market:partner-api.',
};

const REVOKED: Meaning = {
	what: 'The Market did not accept the Api-Key token',
	advice:
		'Make a new token in the seller cabinet (API and modules), and put it into the credential.',
};

/** Nothing is sent to a server that cannot prove it is the Market. */
const UNTRUSTED: Meaning = {
	what: "The certificate in the Market's name is not trusted",
	advice:
		'If a proxy or gateway of your network reads along, give n8n its root certificate (environment variable ' +
		"NODE_EXTRA_CA_CERTS). If it has expired or is not valid yet, check this computer's clock. Then run again.",
};

const WANTS_CAMPAIGN_ID =
	'Store wants the campaign ID, which is not the store number shown in the seller cabinet. ' +
	'Choose the store from the list, or find the campaign ID in the cabinet under API and modules.';

const WANTS_BUSINESS_ID =
	'Business wants the business ID, which is not the campaign ID of a store. ' +
	'Choose the business from the list, or find its ID in the seller cabinet under API and modules.';

/** A store opens to the API within a minute of being switched on; earlier calls appear in no request log. */
const SWITCHED_ON =
	'Then wait a minute and run again: before, the request log of the cabinet shows no calls.';

/**
 * Why the API of a store or a business is switched off, and how to open it again; the last entry is for unknown reasons.
 * Source: "API Access Control" in the Market's documentation.
 */
const SWITCHED_OFF: ReadonlyArray<{ says: RegExp; advice: string }> = [
	{
		says: /only disabled partners/i,
		advice:
			'All stores of the business are switched off. Switch on the API of at least one in the seller cabinet ' +
			'(Settings, API and modules); Get Many of the resource Store in the node Yandex Market says why each is off.',
	},
	{
		says: /inactivity/i,
		advice:
			'Nothing was on sale there for 90 days. Switch the API on in the seller cabinet (Settings, API and modules), ' +
			'bring balances and prices up to date, and send the store to moderation.',
	},
	{
		says: /manually disabled/i,
		advice:
			'Somebody switched it off. Switch it on in the seller cabinet (Settings, API and modules).',
	},
	{
		says: /no active contracts/i,
		advice:
			'There is no active contract with the Market. Complete it in the seller cabinet, under Legal data.',
	},
	{
		says: /no placement program/i,
		advice: 'The store has no placement model. Connect it to one in the seller cabinet.',
	},
	{ says: /disabled/i, advice: 'Put in order what the message names in the seller cabinet.' },
];

function meaning(
	{ status, body }: MarketReply,
	said: string,
	apiMethod: ApiMethod,
	targetId: string | undefined,
): Meaning {
	const isBusiness = ownerOf(apiMethod) === 'business';
	const kind = isBusiness ? 'business' : 'store';
	const target = targetId === undefined ? `the ${kind}` : `${kind} ${targetId}`;
	if (status >= 300 && status < 500 && status !== 420 && !isOwnRefusal(body))
		return gatewayAnswer(status);
	// A refusal may also arrive disguised as a success.
	if (status === 400 || (status < 300 && said)) return badRequest(said, apiMethod, target);
	if (status === 401) {
		if (/authorization header/i.test(said)) return OAUTH_REFUSED;
		if (/revoked/i.test(said)) return REVOKED;
		return {
			what: 'The Market did not accept the Api-Key token',
			advice:
				'Copy the whole token again into the credential, without "Bearer" and without spaces. ' +
				'If it was deleted in the seller cabinet (API and modules), make a new one there.',
		};
	}
	if (status === 403) return forbidden(said, apiMethod, target);
	if (status === 404) {
		if (/resource not found/i.test(said)) {
			return {
				what: 'The Market does not know this method',
				advice:
					"Check the Market's address in the credential, then update n8n-nodes-yandex-market.",
			};
		}
		return {
			what: `The Market does not know ${target}`,
			advice: isBusiness ? WANTS_BUSINESS_ID : WANTS_CAMPAIGN_ID,
		};
	}
	if (status === 420) {
		return {
			what: "The Market's request limit is used up for longer than a run waits",
			advice:
				'Another program may be using the same quota. Stop it or send less often, then run again.',
		};
	}
	if (status === 423) {
		return {
			what: 'The Market is moving this business and has locked it',
			advice: 'Wait until the move is over (the seller cabinet shows it), then run again.',
		};
	}
	if (status >= 500 || status < 300) {
		return {
			what:
				status >= 500
					? 'The Market is not working at the moment'
					: 'The Market gave no usable answer',
			advice: 'Run again later: sending the same balances again is safe.',
		};
	}
	return {
		what: REFUSED,
		advice:
			'Check that the credential points at the Market and that no proxy answers in its place.',
	};
}

/**
 * What to do if a method is refused altogether, because the business has warehouse groups or has none.
 * Source: the Market's changelog of 2026-07-29, which gives each kind of business its own methods.
 */
const OTHER_WAY: ReadonlyMap<string, string> = new Map([
	[
		'updateStocks',
		'Set Send To to Warehouse: balances of a business without warehouse groups are sent to its warehouses.',
	],
	[
		'updateStocksOnPartnerWarehouses',
		'Set Send To to Store, and choose one store of each group: the others follow.',
	],
	[
		'getStocks',
		'Such stocks are read by warehouse: in the node Yandex Market set Read From to Warehouse.',
	],
	[
		'getStocksOnPartnerWarehouses',
		'Such stocks are read by store: in the node Yandex Market set Read From to Store.',
	],
]);

function badRequest(said: string, apiMethod: ApiMethod, target: string): Meaning {
	const otherWay = /warehouse groups?\b|method is not allowed/i.test(said)
		? OTHER_WAY.get(apiMethod.name)
		: undefined;
	if (otherWay !== undefined)
		return { what: `The Market does not accept this method for ${target}`, advice: otherWay };
	if (/campaign type is not allowed/i.test(said)) {
		return {
			what: `The Market does not accept this for ${target}`,
			advice: apiMethod.path.endsWith('/stocks')
				? 'The Market counts the stock of FBY and LaaS stores itself. Choose an FBS, DBS or Express store.'
				: 'Choose a store of one of the models that the message allows.',
		};
	}
	if (/should not be in the future/i.test(said)) {
		return {
			what: REFUSED,
			advice: "Check the time zone of Updated At in the source, and this computer's clock.",
		};
	}
	if (/should not be older than a day/i.test(said)) {
		return {
			what: REFUSED,
			advice:
				'Send balances that are at most 24 hours old, or set the option Old Updated At to Send Run Time.',
		};
	}
	if (/duplicate/i.test(said)) {
		return {
			what: REFUSED,
			advice: 'Two SKUs of this request are the same for the Market. Leave one of them.',
		};
	}
	return {
		what: REFUSED,
		advice: 'Correct what the message names in the source, then run again.',
	};
}

function forbidden(said: string, apiMethod: ApiMethod, target: string): Meaning {
	if (/scopes/i.test(said)) {
		const { reason, ...rest } = accessMissing(apiMethod);
		return { what: reason, ...rest };
	}
	if (/oauth|scope is invalid/i.test(said)) return OAUTH_REFUSED;
	const why = SWITCHED_OFF.find(({ says }) => says.test(said));
	if (why) {
		// A store's request may be refused because of its business.
		const [, business] = /\bbusiness (\d+)/i.exec(said) ?? [];
		const whose = business === undefined ? target : `business ${business}`;
		return {
			what: `The Market has switched off the API of ${whose}`,
			advice: `${why.advice} ${SWITCHED_ON}`,
		};
	}
	if (/deprecated/i.test(said)) {
		return {
			what: 'The Market is retiring this method',
			advice:
				'Run again now, and update n8n-nodes-yandex-market: a newer version uses the method that replaces it.',
		};
	}
	return {
		what: `The credential has no right to ${target}`,
		advice:
			'An Api-Key token opens the stores of one business only. ' +
			(ownerOf(apiMethod) === 'business'
				? `Use the token of this business. ${WANTS_BUSINESS_ID}`
				: "Choose a store from the list, or use the token of this store's business. " +
					'The campaign ID is not the store number in the seller cabinet.'),
	};
}
