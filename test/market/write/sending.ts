import { updateStocks, type WriteMethod } from '../../../market/write/methods';
import type { MarketRequest, Send } from '../../../market/wire/ports';
import type { StockRecord } from '../../../market/records/stockRecord';
import { RunStamp } from '../../../market/records/runStamp';
import type { FailedOutcome, Outcome, SendReport } from '../../../market/write/outcome';
import { sendRecords, type TargetJob } from '../../../market/write/sender';
import { generateCatalogue, SandboxMarket, STORES, type Switches } from '../../../sandbox';
import { refusal } from '../../support/answers';
import { modelSend } from '../../../lab/time/modelSend';
import { VirtualClock } from '../../../lab/time/virtualClock';
import { virtualPorts, type VirtualPorts } from '../../support/virtualPorts';

/** The store that everything is sent to. */
export const STORE = STORES.dbs.campaignId;

/** A Market with as many offers as are needed, and what it takes to send to it. */
export function openMarket(offers: number, switches: Partial<Switches> = {}, aheadMs = 0) {
	const clock = new VirtualClock();
	const catalogue = generateCatalogue(offers);
	const market = new SandboxMarket({ clock, catalogue, switches });
	const requests: MarketRequest[] = [];
	const toModel = modelSend(market);
	const send: Send = async (request) => {
		requests.push(request);
		return await toModel(request);
	};
	const records: StockRecord[] = catalogue.map(({ sku }, index) => ({ sku, count: index % 1_000 }));
	return { clock, market, records, requests, ports: virtualPorts(send, { clock, aheadMs }) };
}

/** A job whose stamp is of this moment by our own clock. */
export function jobOf<R>(
	records: readonly R[],
	ports: VirtualPorts,
	method: WriteMethod<R>,
): TargetJob<R> {
	const stamp = RunStamp.ofRun(ports.clock.now());
	return {
		method,
		targetId: String(STORE),
		records,
		stamp,
		subscription: 'none',
		deadlineMs: Infinity,
	};
}

/** Sends balances, a given number in each request. */
export async function sendStock(
	records: readonly StockRecord[],
	ports: VirtualPorts,
	maxItems = 2_000,
): Promise<SendReport> {
	return await sendRecords(jobOf(records, ports, inBatchesOf(maxItems)), ports);
}

/** Update Stocks with fewer records in a request, so that few records make many requests. */
export function inBatchesOf(maxItems: number): WriteMethod<StockRecord> {
	return { ...updateStocks, apiMethod: { ...updateStocks.apiMethod, maxItems } };
}

/** Records of the catalogue's first offers. */
export function someRecords(count: number): StockRecord[] {
	return generateCatalogue(count).map(({ sku }, index) => ({ sku, count: index }));
}

/** The outcomes that failed. */
export function failures(outcomes: readonly Outcome[]): FailedOutcome[] {
	return outcomes.filter((outcome): outcome is FailedOutcome => outcome.status === 'failed');
}

/** A letter for each outcome: A for accepted, F for failed. */
export function statuses(outcomes: readonly Outcome[]): string {
	return Array.from(outcomes, (outcome) => (outcome.status === 'accepted' ? 'A' : 'F')).join('');
}

/** A quota that is used up, by the headers that the Market gives. */
export function quotaHit(date: string, until: string) {
	return refusal(420, 'Hit rate limit of 100000 requests per 1 minute', {
		date,
		'x-ratelimit-resource-limit': '100000',
		'x-ratelimit-resource-remaining': '0',
		'x-ratelimit-resource-until': until,
	});
}

/** The SKUs of a request of Update Stocks. */
export function skusOf({ body }: MarketRequest): string[] {
	return (JSON.parse(body ?? '') as { skus: Array<{ sku: string }> }).skus.map(({ sku }) => sku);
}
