import { CredentialTestContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject, INodeCredentialTestResult } from 'n8n-workflow';

import { YandexMarket } from '../../nodes/YandexMarket/YandexMarket.node';
import { additionalData } from './engine';
import { CredentialStore } from './credentialStore';

/**
 * Tests an Api-Key credential as n8n does when it is saved: by the method of the node that names it in `testedBy`, with
 * n8n's real request helper.
 */
export async function testCredential(
	data: ICredentialDataDecryptedObject,
): Promise<INodeCredentialTestResult> {
	const node = new YandexMarket();
	const type = 'yandexMarketApi';
	const tested = node.description.credentials?.find(({ name }) => name === type);
	const method = tested?.testedBy as keyof typeof node.methods.credentialTest;
	const context = new CredentialTestContext(additionalData(new CredentialStore([], {}), []));
	return await node.methods.credentialTest[method].call(context, {
		id: 'id',
		name: 'Credential',
		type,
		data,
	});
}
