import type { IDataObject, INode, INodeParameters, INodeType } from 'n8n-workflow';

import { HideOffers } from '../../nodes/HideOffers/HideOffers.node';
import { UnhideOffers } from '../../nodes/UnhideOffers/UnhideOffers.node';
import { UpdateStocks } from '../../nodes/UpdateStocks/UpdateStocks.node';
import { YandexMarket } from '../../nodes/YandexMarket/YandexMarket.node';
import { STORES, TOKENS, type Sandbox } from '../../sandbox';
import { runNode, type NodeResult, type NodeRun } from './engine';

/** What a test changes about a run; everything else is as a user would leave it. */
export interface RunSettings {
	options?: INodeParameters;
	/** Parameters other than the options. */
	parameters?: INodeParameters;
	/** Campaign ID, or an expression. */
	store?: number | string;
	onError?: INode['onError'];
	settings?: Partial<INode>;
	apiKey?: string;
	/** n8n's ID of the credential. @default a new one for each run */
	credentialId?: string;
	startStore?: string;
	startType?: string;
	onStart?: NodeRun['onStart'];
}

type RunItems = (items: IDataObject[], settings?: RunSettings) => Promise<NodeResult>;

/** The nodes by what they do. */
export type Nodes = Record<'update' | 'hide' | 'unhide' | 'read', RunItems>;

/** The nodes, each run in the real engine against this sandbox over HTTP. */
export function nodesOn(sandbox: Pick<Sandbox, 'url'>): Nodes {
	const runner =
		(Node: new () => INodeType, own: INodeParameters): RunItems =>
		async (
			items,
			{
				options = {},
				parameters,
				store = STORES.fbs.campaignId,
				apiKey,
				credentialId,
				...rest
			} = {},
		) =>
			await runNode({
				node: new Node(),
				parameters: {
					authentication: 'apiKey',
					store: { __rl: true, mode: 'id', value: String(store) },
					inputMode: 'fieldNames',
					skuField: 'sku',
					...own,
					...parameters,
					options,
				},
				items,
				credential: {
					type: 'yandexMarketApi',
					id: credentialId,
					data: {
						environment: 'sandbox',
						apiUrl: sandbox.url,
						apiKey: apiKey ?? TOKENS.allMethods,
					},
				},
				...rest,
			});
	return {
		update: runner(UpdateStocks, { stockField: 'stock' }),
		hide: runner(HideOffers, {}),
		unhide: runner(UnhideOffers, {}),
		read: runner(YandexMarket, { resource: 'stock', operation: 'getAll' }),
	};
}
