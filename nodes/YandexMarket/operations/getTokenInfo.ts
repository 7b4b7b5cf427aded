import type { IDataObject } from 'n8n-workflow';

import { MarketReadRefused } from '../../../market/read/read';
import { getTokenInfo as readTokenInfo } from '../../../market/read/token';
import { accepted, type Refusal } from '../../../market/common/refusal';
import { tokenAccess } from '../../../market/contract/tokenAccess';
import { listAt } from '../reading/listAt';
import type { ReadOperation } from '../reading/operation';
import { onceForEachPlace, readingOptions } from '../reading/properties';
import type { ReadRun } from '../reading/readRun';

const NOT_FOR_OAUTH: Refusal = {
	reason: 'Only an Api-Key token has access groups, and this node signs in with OAuth2',
	advice:
		'Set Authentication to Api-Key Token to read what a token may do. ' +
		'An OAuth2 user may do what the seller cabinet allows the user: see Store: Get Many for the stores.',
};

/** What the credential's Api-Key token may do. */
export const getTokenInfo: ReadOperation = {
	resource: 'token',
	option: {
		name: 'Get Info',
		value: 'getInfo',
		description:
			'Read the name and access groups of the Api-Key token, and which nodes of this package it can serve',
		action: 'Get token info',
	},
	properties: [
		{ ...onceForEachPlace, displayName: 'Runs once, however many input items there are.' },
		readingOptions(),
	],
	async run(reading) {
		const everywhere = accepted({});
		await listAt(reading, {
			placeOf: () => everywhere,
			read: () => readToken(reading),
			show: (tokens) => [...tokens],
			nothing: () => 'The Market says nothing about the token.',
		});
	},
};

async function* readToken({ account, ports }: ReadRun): AsyncGenerator<IDataObject[]> {
	if (account.credentialType !== 'yandexMarketApi') throw new MarketReadRefused(NOT_FOR_OAUTH);
	const { name, accessGroups } = await readTokenInfo({ isImpatient: false }, ports);
	yield [{ name: name ?? null, accessGroups, ...tokenAccess(accessGroups) }];
}
