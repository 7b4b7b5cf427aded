import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { apiUrlOf, checkEnvironment } from '../../../market/contract/address';
import { apiMethods } from '../../../market/contract/apiMethods';
import { refuseUseless, tokenAccess } from '../../../market/contract/tokenAccess';
import type { Refusal } from '../../../market/common/refusal';
import { tokenInfoOf } from '../../../market/read/token';
import { explain } from '../../../market/wire/explain';
import { parseReply } from '../../../market/wire/json';
import type { MarketFault, MarketReply } from '../../../market/wire/ports';
import { judge } from '../../../market/wire/verdict';
import { Redactor } from './redact';
import { INTEGRATION } from './transport';

/** A person waits for it; the Market itself gives up after 10 s. */
const TIMEOUT_MS = 15_000;

/**
 * n8n's test of the Api-Key credential, which runs when it is saved: asks what the token may do. Red for a token with
 * which none of the nodes can work, green for one that only reads. (n8n 2.41 shows no words of ours in green.)
 */
export async function testApiKey(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const environment = checkEnvironment(data.environment);
	if (!environment.ok) return failed(environment.refusal);
	const apiUrl = apiUrlOf(environment.value, data.apiUrl);
	if (!apiUrl.ok) return failed(apiUrl.refusal);
	const token = String(data.apiKey ?? '').trim();
	const redactor = new Redactor([token]);
	const method = apiMethods.getAuthTokenInfo;
	const answer = await ask(this, apiUrl.value + method.path, token);
	const verdict = judge(answer, method);
	if (verdict.kind !== 'success') {
		const { reason, advice } = explain(answer, method);
		return failed({ reason: redactor.text(reason), advice });
	}
	const { accessGroups } = tokenInfoOf(verdict.body);
	const useless = refuseUseless(accessGroups);
	return useless ? failed(useless) : { status: 'OK', message: tokenAccess(accessGroups).summary };
}

function failed({ reason, advice }: Refusal): INodeCredentialTestResult {
	return { status: 'Error', message: `${reason}. ${advice}` };
}

/** The only way out that n8n gives to a credential's test. The token goes only where it was sent: no redirects. */
async function ask(
	{ helpers: { request } }: ICredentialTestFunctions,
	uri: string,
	token: string,
): Promise<MarketReply | MarketFault> {
	try {
		const { statusCode, headers, body } = (await request({
			method: 'POST',
			uri,
			headers: {
				Accept: 'application/json',
				'Api-Key': token,
				'X-Market-Integration': INTEGRATION,
			},
			timeout: TIMEOUT_MS,
			simple: false,
			resolveWithFullResponse: true,
			followRedirect: false,
			followAllRedirects: false,
		})) as { statusCode: number; headers: Record<string, string>; body: unknown };
		const reply = typeof body === 'string' ? parseReply(body) : body;
		return { kind: 'reply', status: statusCode, headers, body: reply };
	} catch (error) {
		const { code, message } = error as { code?: string; message: string };
		return { kind: 'fault', message, ...(code === undefined ? {} : { code }) };
	}
}
