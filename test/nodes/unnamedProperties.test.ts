import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startSandbox, STORES, type Sandbox } from '../../sandbox';
import { nodesOn } from '../support/nodeRuns';
import { skuOf } from '../support/useSandbox';

const { campaignId, marketWarehouses } = STORES.fbs;
const OFFERS = 8;
const RUNS = 40;
const onError = 'continueRegularOutput';

/** How an item of the input is about an offer. */
type Row = 'absent' | 'misspelt' | 'unread' | number;

/** An offer at the Market, and what the input says of it. */
interface Offer {
	/** Units on the shelf; null if no balance was ever given. */
	held: number | null;
	ordered: boolean;
	/** Units that the Market itself keeps, from returns. */
	returned: number;
	row: Row;
}

interface Case {
	offers: Offer[];
	isOn: boolean;
	mostPercent: number;
	zeroGuard: number | undefined;
	/** Whether an item has no SKU. */
	hasNameless: boolean;
	isReadable: boolean;
}

const percent = fc.constantFrom(0, 20, 50, 80, 100);
const cases: fc.Arbitrary<Case> = fc.record({
	offers: fc.array(
		fc.record<Offer>({
			held: fc.constantFrom(null, 0, 3, 7),
			ordered: fc.boolean(),
			returned: fc.constantFrom(0, 0, 4),
			row: fc.constantFrom<Row>('absent', 'absent', 'misspelt', 'unread', 0, 2, 9),
		}),
		{ minLength: OFFERS, maxLength: OFFERS },
	),
	isOn: fc.constantFrom(true, true, true, false),
	mostPercent: percent,
	zeroGuard: fc.option(percent, { nil: undefined }),
	hasNameless: fc.constantFrom(false, false, false, true),
	isReadable: fc.constantFrom(true, true, true, true, false),
});

/** What a store must hold after the run, by offer. */
function expected({ offers, isOn, mostPercent, zeroGuard, hasNameless, isReadable }: Case) {
	const before = offers.map(({ held, ordered }) => (held && ordered ? held - 1 : held));
	const sent = offers.filter(({ row }) => typeof row === 'number' || row === 'misspelt');
	const isWhole = isOn && isReadable && !hasNameless && sent.length > 0;
	const stocked = before.filter((units) => (units ?? 0) > 0).length;
	const gone = offers.map(
		({ row }, index) => isWhole && row === 'absent' && (before[index] ?? 0) > 0,
	);
	const goneCount = gone.filter(Boolean).length;
	const zeros = sent.filter(({ row }) => row === 0).length;
	const isRefused = (some: number, all: number, most = 100) => some * 100 > all * most;
	if (
		isRefused(zeros, sent.length, zeroGuard) ||
		isRefused(goneCount, stocked, mostPercent) ||
		isRefused(zeros + goneCount, sent.length + goneCount, zeroGuard)
	)
		return before;
	return offers.map(({ row }, index) => {
		if (typeof row === 'number') return row;
		return gone[index] ? 0 : before[index];
	});
}

/** SKUs of the form SKU-00007 are misspelt as sku-7. */
const misspelt = (offer: number) => `sku-${offer}`;

/** Runs a case in a Market of its own: the nodes remember quotas that they found used up. */
async function run(given: Case, { market, url }: Sandbox) {
	// What is on the shelves before a run is older than the run's stamp.
	market.setSwitches({ clockSkewMs: -60_000 });
	const [returns] = marketWarehouses;
	const rows: IDataObject[] = [];
	given.offers.forEach(({ held, ordered, returned, row }, index) => {
		const sku = skuOf(index + 1);
		if (held !== null) market.setBalance(campaignId, sku, held);
		if (held && ordered) market.placeOrder(campaignId, [{ sku, count: 1 }]);
		if (returned > 0) market.setMarketStock(campaignId, returns.warehouseId, sku, returned);
		if (row === 'misspelt') rows.push({ sku: misspelt(index + 1), stock: 5 });
		else if (row === 'unread') rows.push({ sku, stock: 'many' });
		else if (row !== 'absent') rows.push({ sku, stock: row });
	});
	if (given.hasNameless) rows.push({ sku: '', stock: 1 });
	market.setSwitches({
		clockSkewMs: 0,
		faults: given.isReadable ? [] : [{ operation: 'getStocks', kind: 'limit', rate: 1 }],
	});
	const options: INodeParameters = {
		offersNotInInput: given.isOn ? 'zero' : 'leave',
		mostNotInInput: given.mostPercent,
		...(given.isReadable ? {} : { maximumWait: 0 }),
		...(given.zeroGuard === undefined ? {} : { zeroGuard: given.zeroGuard }),
	};
	const { items } = await nodesOn({ url }).update(rows, { options, onError });
	const after = given.offers.map(
		(_, index) => market.offer(campaignId, skuOf(index + 1)).available,
	);
	return { rows, items, after };
}

it('Offers that have stock and are not in the input end at 0 if the option is on, the list was whole and no guard said no; all else stays', async () => {
	await fc.assert(
		fc.asyncProperty(cases, async (given) => {
			const sandbox = await startSandbox();
			try {
				const { rows, items, after } = await run(given, sandbox);
				expect(after).toEqual(expected(given));
				// Every item has its fate, and every zero that was added an item of its own.
				expect(items.filter(({ json }) => json.notInInput !== true)).toHaveLength(rows.length);
				for (const { json } of items.slice(rows.length))
					if (json.status !== 'failed')
						expect(json).toMatchObject({ status: 'accepted', count: 0, notInInput: true });
			} finally {
				await sandbox.stop();
			}
		}),
		{ numRuns: RUNS },
	);
});
