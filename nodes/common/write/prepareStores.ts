import { storeUnknown } from '../../../market/checks/warnings';
import { asMarketId } from '../../../market/records/ids';
import { dependsOnSubscription, type Subscription } from '../../../market/contract/apiMethods';
import type { TargetPlan } from '../../../market/records/plan';
import { allRefused } from '../../../market/records/refusedRecords';
import { MarketReadRefused, type Patience } from '../../../market/read/read';
import { refusalOf } from '../../../market/read/refusalOf';
import { getCampaign, type Campaign } from '../../../market/read/stores';
import type { Checked, Refusal } from '../../../market/common/refusal';
import { forEachAtOnce, TARGETS_AT_ONCE } from './atOnce';
import type { SentRecord } from '../output/fates';
import { campaignsOf, withMixUp } from './knownIds';
import { fitStores, subscriptions } from '../connection/processMemory';
import type { AskingRun } from './job';
import { allPrepared, type Prepared, type ReadyTarget } from './prepared';

/** A store that may be written to. */
export interface ReadyStore<R> extends ReadyTarget<R> {
	campaign: Campaign;
}

/** Most stores that are asked about one by one, out of 5,000 questions an hour; for more, the list of all is read. */
const MOST_ASKED_ALONE = 8;

/** Why a store must not be written to; undefined if it may be. */
type RefuseStore = (campaign: Campaign) => Refusal | undefined;

/** A store as the Market describes it, or why it must not be written to; and what the user should know about it. */
type FoundStore = Checked<Campaign> & { warnings?: string[] };

/** Asks the Market about stores before anything is sent to them. */
export async function prepareStores<R extends SentRecord>(
	plans: ReadonlyArray<TargetPlan<R>>,
	refuseStore: RefuseStore,
	run: AskingRun<R>,
): Promise<Prepared<R, ReadyStore<R>>> {
	const listed = await listedStores(plans, run);
	const stores = new Map<TargetPlan<R>, Prepared<R, ReadyStore<R>>>();
	await forEachAtOnce(plans, TARGETS_AT_ONCE, async (plan) => {
		const found = await checkStore(plan.targetId, refuseStore, listed, run);
		stores.set(plan, await preparedStore(plan, found, run));
	});
	return allPrepared(plans.flatMap((plan) => stores.get(plan) ?? []));
}

async function preparedStore<R extends SentRecord>(
	plan: TargetPlan<R>,
	found: FoundStore,
	run: AskingRun<R>,
): Promise<Prepared<R, ReadyStore<R>>> {
	const { warnings = [] } = found;
	if (!found.ok) return { ready: [], refused: [allRefused(plan, found.refusal)], warnings };
	const campaign = found.value;
	const subscription = await subscriptionOf(campaign, run);
	const store = { plan, campaign, subscription, businessId: campaign.business?.id };
	return { ready: [store], refused: [], warnings };
}

/** All stores that the credential opens, by their IDs, if it is worthwhile to ask for them; or undefined. */
async function listedStores<R extends SentRecord>(
	plans: ReadonlyArray<TargetPlan<R>>,
	run: AskingRun<R>,
): Promise<Map<string, Campaign> | undefined> {
	const unknown = plans.filter(({ targetId }) => recallStore(targetId, run) === undefined);
	if (unknown.length <= MOST_ASKED_ALONE) return undefined;
	const campaigns = await campaignsOf(run);
	return campaigns.ok
		? new Map(campaigns.value.map((campaign) => [String(campaign.id), campaign]))
		: undefined;
}

/** Checks one store: by what was found recently, by the list if there is one, or else by asking. */
async function checkStore<R extends SentRecord>(
	campaignId: string,
	refuseStore: RefuseStore,
	listed: ReadonlyMap<string, Campaign> | undefined,
	run: AskingRun<R>,
): Promise<FoundStore> {
	const known = recallStore(campaignId, run);
	if (known) return { ok: true, value: known };
	if (!listed) return await askForStore(campaignId, refuseStore, run, { isImpatient: true });
	const campaign = listed.get(campaignId);
	if (campaign) return judgeStore(campaignId, campaign, refuseStore, run);
	const refusal = {
		reason: `The credential opens no store with the campaign ID ${campaignId}`,
		advice:
			'Choose the store from the list. The campaign ID is not the store number in the cabinet.',
	};
	return { ok: false, refusal: await withMixUp(campaignId, refusal, run) };
}

/**
 * Asks about one store. If the Market cannot answer, sending goes on: it has its own retries, and balances must not
 * wait for a mere question.
 */
export async function askForStore<R extends SentRecord>(
	campaignId: string,
	refuseStore: RefuseStore,
	run: AskingRun<R>,
	patience: Patience,
): Promise<FoundStore> {
	const { ports } = run;
	try {
		const campaign = await getCampaign(campaignId, patience, ports);
		return judgeStore(campaignId, campaign, refuseStore, run);
	} catch (error) {
		const refusal = refusalOf(error);
		if (!(error instanceof MarketReadRefused)) return { ok: false, refusal };
		if (error.isOfTarget) return { ok: false, refusal: await withMixUp(campaignId, refusal, run) };
		if (error.isDefinite || ports.signal.aborted) return { ok: false, refusal };
		// When sending, the Market's answer will show it; a dry run gets no answer.
		const warnings = run.options.dryRun ? [storeUnknown(campaignId, refusal)] : [];
		return { ok: true, value: { id: asMarketId(campaignId) }, warnings };
	}
}

function judgeStore<R extends SentRecord>(
	campaignId: string,
	campaign: Campaign,
	refuseStore: RefuseStore,
	run: AskingRun<R>,
): Checked<Campaign> {
	const refusal = refuseStore(campaign);
	if (refusal) return { ok: false, refusal };
	fitStores.remember(keyOf(campaignId, run), campaign, run.ports.clock.now());
	return { ok: true, value: campaign };
}

function recallStore<R extends SentRecord>(
	campaignId: string,
	run: AskingRun<R>,
): Campaign | undefined {
	return fitStores.recall(keyOf(campaignId, run), run.ports.clock.now());
}

function keyOf<R extends SentRecord>(campaignId: string, { account, job }: AskingRun<R>): string {
	return JSON.stringify([account.apiUrl, account.accessKey, job.method.apiMethod.name, campaignId]);
}

/** Asks for the business's subscription only if it affects the method's quota. */
async function subscriptionOf<R extends SentRecord>(
	{ business }: Campaign,
	{ job, options, account, ports }: AskingRun<R>,
): Promise<Subscription> {
	if (options.subscription !== 'auto') return options.subscription;
	if (!dependsOnSubscription(job.method.apiMethod) || business?.id === undefined) return 'none';
	const { apiUrl, accessKey } = account;
	return await subscriptions.levelOf({ apiUrl, accessKey, businessId: String(business.id) }, ports);
}
