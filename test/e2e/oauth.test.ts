import type { CredentialReference } from '../../lab/n8n/workflow';
import { generateCatalogue, STORES } from '../../sandbox';
import { connectedCredential } from './support/connect';
import { oauthCredential } from './support/credentials';
import { useEditor } from './support/editor';
import { chain, marketNode, numberedRows } from './support/flow';
import { storeList } from './support/storeList';
import { useTestBed } from './support/testBed';

/** Five full requests, of which four go out at once. */
const COUNT = 10_000;

const bed = useTestBed({
	sandbox: {
		catalogue: generateCatalogue(COUNT),
		// For n8n, a token expires a minute before its end: this one, from the start. The Market accepts it.
		oauthTokenLifetimeMs: 59_000,
		// Long enough for all four to be under way when the first is answered.
		switches: { latencyMs: 300 },
	},
});
const editor = useEditor(bed);

afterEach(() => jest.restoreAllMocks());

const oAuth2 = { authentication: 'oAuth2' } as const;
const sending = (count: number, credential: CredentialReference) =>
	chain(`${count} balances`, numberedRows(count), marketNode('updateStocks', credential, oAuth2));
const balances = () =>
	bed()
		.market.offers(STORES.fbs.campaignId)
		.map(({ available }) => available);

/** Presses a button that opens Yandex ID in a popup, and agrees there. */
async function agree(button: string): Promise<void> {
	const { context, page } = editor();
	const opening = context.waitForEvent('page');
	await page.getByRole('button', { name: button, exact: true }).click();
	const popup = await opening;
	const closing = popup.waitForEvent('close');
	await popup.getByRole('button', { name: 'Allow' }).click();
	await closing;
}

describe('the button Connect', () => {
	it('asks at Yandex ID for consent, and the credential works from then on', async () => {
		const typed = oauthCredential(bed().sandbox);
		const credential = await bed().client.createCredential(typed);
		await expect(bed().client.testCredential(credential, typed)).rejects.toThrow(
			'was not connected to an account',
		);

		const dialog = await editor().openCredential(credential.id);
		await dialog.getByText('Connect your account to use this credential').waitFor();
		await editor().shoot('oauth-before');
		await agree('Connect');
		await dialog.getByText('Account connected').waitFor();
		await editor().shoot('oauth-after');
		expect(editor().scriptErrors).toEqual([]);
		// The stored state counts: n8n has no other test for OAuth2.
		await (await editor().openCredential(credential.id)).getByText('Account connected').waitFor();
		expect(await storeList(bed(), credential, oAuth2)).toContain(
			'fbs.sandbox.example (FBS, 21000001)',
		);
		expect((await bed().run(sending(1, credential))).status).toBe('success');
		expect(balances()[0]).toBe(1);
	});
});

describe('a token that runs out while four requests are under way', () => {
	it('is refreshed once and kept, and every balance arrives', async () => {
		const credential = await connectedCredential(bed());
		const { yandexId } = bed().market;
		const asked = jest.spyOn(yandexId, 'token');
		const ignore = () => {};
		const forget = bed().market.watch({
			offerChanged: ignore,
			wasReset: ignore,
			callAnswered: ({ operation }) => {
				// The last question before the balances are sent.
				if (operation === 'getPagedWarehouses') yandexId.expireAllTokens();
			},
		});
		const { status, nodes } = await bed().run(sending(COUNT, credential));
		forget();
		expect(status).toBe('success');
		expect(bed().market.peakParallel).toBe(4);
		expect(bed().market.statistics().updateStocks?.statuses).toEqual({ 200: 5, 403: 4 });
		expect(asked).toHaveBeenCalledTimes(1);
		expect(nodes.get('Update Stocks')?.items.every((item) => item['status'] === 'accepted')).toBe(
			true,
		);
		expect(balances()).toEqual(Array.from({ length: COUNT }, (_, index) => index + 1));

		// The new access token is kept,
		expect((await bed().run(sending(1, credential))).status).toBe('success');
		expect(asked).toHaveBeenCalledTimes(1);
		// and so is the new refresh token: the old one was good for one use.
		yandexId.expireAllTokens();
		expect((await bed().run(sending(1, credential))).status).toBe('success');
		expect(asked).toHaveBeenCalledTimes(2);
	});
});

describe('a grant that was taken back', () => {
	it("ends the run with n8n's own words, until the account is connected again", async () => {
		const credential = await connectedCredential(bed());
		const workflow = await bed().client.importWorkflow(sending(3, credential));
		bed().market.yandexId.revokeGrants();
		const asked = `The credential "${credential.name}" needs to be reconnected`;
		const { status, error, nodes } = await bed().client.execute(workflow, bed().signal);
		expect(status).toBe('error');
		expect(error).toMatch(/^0 of 3 items were sent and accepted, 3 were not: /);
		expect(error).toContain(asked);
		expect(nodes.get('Update Stocks')?.errorDescription).toMatch(
			/Open the credential and reconnect it/,
		);
		await expect(storeList(bed(), credential, oAuth2)).rejects.toThrow(asked);

		await editor().openWorkflow(workflow);
		await editor().page.getByTestId('execute-workflow-button').click();
		await editor().page.getByRole('alert').getByText(asked).waitFor();
		await editor().shoot('oauth-taken-back');

		await editor().openCredential(credential.id);
		await agree('Switch account');
		expect((await bed().client.execute(workflow, bed().signal)).status).toBe('success');
		expect(balances().slice(0, 3)).toEqual([1, 2, 3]);
	});
});
