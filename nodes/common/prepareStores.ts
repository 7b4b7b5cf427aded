import { asMarketId } from '../../market/ids';
import { dependsOnSubscription, type Subscription } from '../../market/operations';
import type { TargetPlan } from '../../market/plan';
import { MarketReadRefused } from '../../market/read';
import { getCampaign, type Campaign } from '../../market/reads/stores';
import type { Checked, Refusal } from '../../market/refusal';
import { ownFault } from '../../market/sender/refusals';
import { forEachAtOnce, TARGETS_AT_ONCE } from './atOnce';
import type { SentRecord } from './fates';
import { withMixUp } from './knownIds';
import { fitStores, subscriptions } from './shared';
import type { ReadyTarget, WriteRun } from './writeRun';

/** A store that may be written to. */
export interface ReadyStore<R> extends ReadyTarget<R> {
	campaign: Campaign;
}

/** Asks the Market about stores before anything is sent to them. Those that must not be written to fail in the book. */
export async function prepareStores<R extends SentRecord>(
	plans: ReadonlyArray<TargetPlan<R>>,
	refuseStore: (campaign: Campaign) => Refusal | undefined,
	run: WriteRun<R>,
): Promise<Array<ReadyStore<R>>> {
	const ready = new Map<TargetPlan<R>, ReadyStore<R>>();
	await forEachAtOnce(plans, TARGETS_AT_ONCE, async (plan) => {
		const check = await checkStore(plan.targetId, refuseStore, run);
		if (!check.ok) return run.book.failAll(plan, check.refusal);
		const campaign = check.value;
		const subscription = await subscriptionOf(campaign, run);
		ready.set(plan, { plan, campaign, subscription, businessId: campaign.business?.id });
	});
	return plans.flatMap((plan) => ready.get(plan) ?? []);
}

/**
 * Asks about one store, unless it was found fit a short while ago. Where the Market cannot answer just now, sending
 * goes on: it has its own retries, and balances must not wait for a mere question.
 */
async function checkStore<R extends SentRecord>(
	campaignId: string,
	refuseStore: (campaign: Campaign) => Refusal | undefined,
	run: WriteRun<R>,
): Promise<Checked<Campaign>> {
	const { job, account, ports, stats } = run;
	const key = JSON.stringify([account.apiUrl, account.accessKey, job.method.operation.name, campaignId]);
	const known = fitStores.recall(key, ports.clock.now());
	if (known) return { ok: true, value: known };
	try {
		const campaign = await getCampaign(campaignId, { isImpatient: true }, ports, stats);
		const refusal = refuseStore(campaign);
		if (refusal) return { ok: false, refusal };
		fitStores.remember(key, campaign, ports.clock.now());
		return { ok: true, value: campaign };
	} catch (error) {
		if (!(error instanceof MarketReadRefused)) return { ok: false, refusal: ownFault(error) };
		const { refusal } = error;
		if (error.isOfTarget) return { ok: false, refusal: await withMixUp(campaignId, refusal, run) };
		if (error.isDefinite || ports.signal.aborted) return { ok: false, refusal };
		return { ok: true, value: { id: asMarketId(campaignId) } };
	}
}

/** Asks for the cabinet's subscription only where it makes a difference to the method's quota. */
async function subscriptionOf<R extends SentRecord>(
	{ business }: Campaign,
	{ job, options, account, ports, stats }: WriteRun<R>,
): Promise<Subscription> {
	if (options.subscription !== 'auto') return options.subscription;
	if (!dependsOnSubscription(job.method.operation) || business?.id === undefined) return 'none';
	const { apiUrl, accessKey } = account;
	return await subscriptions.levelOf({ apiUrl, accessKey, businessId: String(business.id) }, ports, stats);
}
