import type {
	ILoadOptionsFunctions,
	INode,
	INodeListSearchItems,
	INodeListSearchResult,
	NodeOperationError,
} from 'n8n-workflow';

import type { RunPorts } from '../../../../market/pacing/runPorts';
import { readAccount, type Account } from '../../connection/account';
import { readError, refusalError } from '../../engine/nodeError';
import { marketPorts, type NodePorts } from '../../connection/transport';

/** What n8n's panel asks for: what was typed into the search, and where the previous page ended. */
export interface Wanted {
	filter?: string;
	paginationToken?: string;
}

/**
 * Answers a picker with its node's credential.
 *
 * @throws NodeOperationError with the reason and advice of whoever refused: an empty list would mean nothing is there
 */
export async function answerPicker(
	context: ILoadOptionsFunctions,
	answer: (account: Account, ports: RunPorts) => Promise<INodeListSearchResult>,
): Promise<INodeListSearchResult> {
	let ports: NodePorts | undefined;
	try {
		const account = await readAccount(context);
		ports = withoutTraces(marketPorts(context, account));
		return await answer(account, ports);
	} catch (error) {
		throw pickerError(context.getNode(), error);
	} finally {
		ports?.close();
	}
}

/** A trace lets the Market's support find a request: nobody asks them about a list, and n8n's panel garbles it. */
function withoutTraces(ports: NodePorts): NodePorts {
	return {
		...ports,
		send: async (request) => {
			const answer = await ports.send(request);
			if (answer.kind === 'fault') return answer;
			return { ...answer, headers: { ...answer.headers, traceparent: undefined } };
		},
	};
}

/** n8n's panel shows only the message, without the description, so what to do belongs in the message. */
function pickerError(node: INode, error: unknown): NodeOperationError {
	const { message, description } = readError(node, error);
	const reason = description ? `${message.replace(/\.$/, '')}. ${description}` : message;
	return refusalError(node, { reason, advice: description ?? '' });
}

/** Where the page that n8n asks for begins: our tokens are positions. */
export function startOf({ paginationToken = '0' }: Wanted): number {
	const position = Number(paginationToken);
	return Number.isSafeInteger(position) && position > 0 ? position : 0;
}

/**
 * One page of a picker: the entries whose shown name, which includes the ID, contains what was searched for.
 *
 * @param entries of the list from the page's start on; no more are read than it takes to fill the page
 * @param size most entries of a page
 */
export async function pageOf(
	entries: AsyncIterable<INodeListSearchItems> | Iterable<INodeListSearchItems>,
	wanted: Wanted,
	size: number,
): Promise<INodeListSearchResult> {
	const typed = (wanted.filter ?? '').trim().toLowerCase();
	const results: INodeListSearchItems[] = [];
	let position = startOf(wanted);
	for await (const entry of entries) {
		position += 1;
		if (!entry.name.toLowerCase().includes(typed)) continue;
		results.push(entry);
		if (results.length === size) return { results, paginationToken: String(position) };
	}
	return { results };
}
