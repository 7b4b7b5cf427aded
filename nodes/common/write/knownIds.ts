import { recogniseId, type KnownIds } from '../../../market/checks/recogniseId';
import { collect } from '../../../market/read/read';
import { listCampaigns, type Campaign } from '../../../market/read/stores';
import type { Checked, Refusal } from '../../../market/common/refusal';
import type { SentRecord } from '../output/fates';
import { campaignLists, warehouseLists } from '../connection/processMemory';
import type { AskingRun } from './job';

/** Most businesses whose warehouses are searched for an ID: each costs one of 100 requests an hour. */
const MOST_BUSINESSES = 3;

type Asking<R extends SentRecord> = Pick<AskingRun<R>, 'account' | 'ports'>;

/** All stores that the credential opens, or why the Market does not list them. Asked for once a minute at most. */
export async function campaignsOf<R extends SentRecord>({
	account,
	ports,
}: Asking<R>): Promise<Checked<readonly Campaign[]>> {
	const ask = async () => await collect(listCampaigns({ isImpatient: true }, ports));
	return await campaignLists.get([account.apiUrl, account.accessKey], ports, ask);
}

/** The IDs of an account, as many as the Market lists: a wrong ID may be recognised by them. */
export async function knownIds<R extends SentRecord>(run: Asking<R>): Promise<KnownIds> {
	const campaigns = await campaignsOf(run);
	if (!campaigns.ok) return { campaigns: [], warehouses: [] };
	const businesses = new Set(
		campaigns.value.flatMap(({ business }) => (business?.id ? [String(business.id)] : [])),
	);
	const { account, ports } = run;
	const { apiUrl, accessKey } = account;
	const warehouses = [];
	for (const businessId of [...businesses].slice(0, MOST_BUSINESSES)) {
		const list = await warehouseLists.storeWarehouses({ apiUrl, accessKey, businessId }, ports);
		if (list.ok) warehouses.push(...list.value);
	}
	return { campaigns: campaigns.value, warehouses };
}

/** A refusal of a store, with what the ID really is if that is known. */
export async function withMixUp<R extends SentRecord>(
	campaignId: string,
	refusal: Refusal,
	run: Asking<R>,
): Promise<Refusal> {
	const meaning = recogniseId(campaignId, await knownIds(run));
	if (meaning === undefined || meaning.kind === 'campaign') return refusal;
	return {
		reason: `Store ${campaignId} is not a campaign ID: ${campaignId} ${meaning.words}`,
		advice: 'Store wants a campaign ID. Choose the store from the list.',
	};
}
