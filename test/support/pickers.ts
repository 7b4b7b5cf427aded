import type {
	INodeListSearchItems,
	INodeListSearchResult,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';

import { TOKENS } from '../../sandbox';
import { loadOptionsContext } from './engine';

/** Whose list it is. */
export interface Access {
	apiUrl?: string;
	apiKey?: string;
	/** n8n's ID of the credential. @default a new one for each picker, so that nothing is remembered */
	credentialId?: string;
}

/** A picker in a node's panel, called with the text in its search and the place where the last page ended. */
export type Picker = (filter?: string, paginationToken?: string) => Promise<INodeListSearchResult>;

let pickersOpened = 0;

/** Opens a picker in the panel of a node whose other parameters are as given. */
export function openPicker(
	node: INodeType,
	method: string,
	{ apiUrl = '', apiKey = TOKENS.allMethods, credentialId = `picker ${++pickersOpened}` }: Access,
	parameters: INodeParameters = {},
): Picker {
	const search = node.methods?.listSearch?.[method];
	if (!search) throw new Error(`The node has no list ${method}`);
	// n8n creates a new context for each request of the panel.
	return async (filter, paginationToken) => {
		const context = loadOptionsContext({
			node,
			parameters: { authentication: 'apiKey', ...parameters },
			credential: {
				type: 'yandexMarketApi',
				id: credentialId,
				data: { environment: 'sandbox', apiUrl, apiKey },
			},
		});
		return await search.call(context, filter, paginationToken);
	};
}

/** Scrolls through a picker to its end. */
export async function allPages(picker: Picker, filter?: string): Promise<INodeListSearchItems[]> {
	const all: INodeListSearchItems[] = [];
	let token: string | undefined;
	do {
		const { results, paginationToken } = await picker(filter, token);
		all.push(...results);
		token = paginationToken;
	} while (token !== undefined);
	return all;
}
