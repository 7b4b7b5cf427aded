import { extraStores, TOKENS, type Sandbox, type Store, type Switches } from '../sandbox';
import type { BalanceRow } from './balances';
import type { Verdict } from './checks';
import { LedgerFlows, until, type LedgerHome } from './ledgerFlows';
import { judgeLedger, type LedgerRow } from './ledgerReport';
import { MarketReader } from './market';

/** A store that no other part of the demo sends to. */
export const LEDGER_STORE = extraStores(1)[0] as Store;

const { businessId, businessName, campaignId, domain } = LEDGER_STORE;

const GOODS = 36;
const GOODS_IN_AN_ORDER = 6;

const COPIES = 3;
/** Each notification comes three times, and they change places. */
const SHUFFLED: Partial<Switches> = {
	notificationCopies: COPIES,
	notificationSpreadMs: 3_000,
};

/** Where the table is played. */
export interface LedgerSurroundings extends LedgerHome {
	sandbox: Sandbox;
	/** Path of n8n's log. */
	log: string;
}

/** Plays the guide's table with goods of the file, and then two cancellations. */
export async function playTheTable(
	goods: readonly BalanceRow[],
	surroundings: LedgerSurroundings,
): Promise<Verdict> {
	const { market, url } = surroundings.sandbox;
	const reader = new MarketReader(url, TOKENS.allMethods);
	const skus = goods.slice(0, GOODS).map(({ sku }) => sku);
	const flows = await LedgerFlows.publish(surroundings, {
		store: { id: String(campaignId), name: domain },
		business: { id: String(businessId), name: businessName },
		market: { apiUrl: url, apiKey: TOKENS.allMethods },
	});
	await market.notifications.subscribe({ businessId, url: flows.notifiedAt });
	const usual = { ...market.switches };
	market.setSwitches(SHUFFLED);

	const orders: number[] = [];
	const placeOrders = async () => {
		for (const items of inOrders(skus)) orders.push(market.placeOrder(campaignId, items).orderId);
		await heard(flows, surroundings);
	};
	const cancelTwo = async (unpacked: number, packed: number) => {
		market.stepOrder(packed, 'pack');
		// The Market says of a cancelled order no longer whether it was packed: the ledger has to have seen it before.
		await heard(flows, surroundings);
		for (const order of [unpacked, packed]) market.cancelOrder(order);
		await heard(flows, surroundings);
	};
	const shown = async () => {
		await flows.send();
		return {
			ledger: await flows.balances(),
			market: await reader.balancesOf(campaignId, skus),
		};
	};

	const rows: LedgerRow[] = [];
	const steps: Array<[words: string, count: number, happens: () => Promise<void>]> = [
		['nothing yet', 0, () => flows.book('stocktake', 'begin', skus, 0)],
		['the supplier brings 10', 10, () => flows.book('receipt', '1', skus, 10)],
		['the Market takes an order for 2', 8, placeOrders],
		['the supplier brings 10 more', 18, () => flows.book('receipt', '2', skus, 10)],
		['your shop sells 3', 15, () => flows.sellInTheShop('S-1', skus, 3)],
	];
	for (const [words, count, happens] of steps) {
		await happens();
		rows.push({ words, count, skus, ...(await shown()) });
	}
	const [unpacked, packed] = orders as [number, number];
	await cancelTwo(unpacked, packed);
	const end = await shown();
	const goodsOf = (order: number) => market.orderView(order).lines.map(({ sku }) => sku);
	const cancelled = [unpacked, packed].flatMap(goodsOf);
	const untouched = skus.filter((sku) => !cancelled.includes(sku));
	rows.push(
		{ words: 'an order is cancelled, not yet packed', count: 17, skus: goodsOf(unpacked), ...end },
		{ words: 'an order is cancelled after packing', count: 15, skus: goodsOf(packed), ...end },
		{ words: 'the other goods at the end', count: 15, skus: untouched, ...end },
	);
	market.setSwitches(usual);
	return judgeLedger({
		rows,
		attempts: market.notifications.deliveries(),
		copies: COPIES,
		executions: flows.executions,
		log: surroundings.log,
	});
}

/** Two units of each of these goods, a few goods in each order. */
function inOrders(skus: readonly string[]): Array<Array<{ sku: string; count: number }>> {
	const count = Math.ceil(skus.length / GOODS_IN_AN_ORDER);
	return Array.from({ length: count }, (_, index) =>
		skus
			.slice(index * GOODS_IN_AN_ORDER, (index + 1) * GOODS_IN_AN_ORDER)
			.map((sku) => ({ sku, count: 2 })),
	);
}

/** Waits until all notifications have got through, and n8n has done what they asked for. */
async function heard(
	flows: LedgerFlows,
	{ sandbox: { market }, signal }: LedgerSurroundings,
): Promise<void> {
	const { notifications } = market;
	await until(
		'all notifications have got through',
		async () => notifications.subscriptions().every(({ queued }) => queued === 0),
		signal,
	);
	const delivered = notifications
		.deliveries()
		.filter(({ type, outcome }) => type !== 'PING' && outcome === 'DELIVERED');
	await flows.untilTaken(delivered.length);
}
