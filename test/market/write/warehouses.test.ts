import fc from 'fast-check';

import { updateWarehouseStocks } from '../../../market/write/methods';
import type { WarehouseStockRecord } from '../../../market/records/stockRecord';
import { RunStamp } from '../../../market/records/runStamp';
import { sendRecords } from '../../../market/write/sender';
import { generateCatalogue, SandboxMarket, STORES, TOKENS, type Switches } from '../../../sandbox';
import { modelSend } from '../../../lab/time/modelSend';
import { VirtualClock } from '../../../lab/time/virtualClock';
import { virtualPorts } from '../../support/virtualPorts';
import { failures } from './sending';

const WAREHOUSES = [STORES.warehouseFbs, STORES.warehouseDbs, STORES.warehouseExpress].map(
	({ warehouseId }) => warehouseId,
);
const MINUTE_MS = 60_000;

/** A business without groups, balances for all its warehouses, and what it takes to send them. */
function open(offers: number, switches: Partial<Switches> = {}, maxItems = 2_000) {
	const clock = new VirtualClock();
	const catalogue = generateCatalogue(offers);
	const market = new SandboxMarket({ clock, catalogue, switches });
	const ports = virtualPorts(modelSend(market, TOKENS.warehouseAll), { clock });
	const records: WarehouseStockRecord[] = catalogue.flatMap(({ sku }, index) =>
		WAREHOUSES.map((warehouseId, place) => ({
			sku,
			count: index * 10 + place,
			warehouseId: String(warehouseId),
		})),
	);
	const method = {
		...updateWarehouseStocks,
		apiMethod: { ...updateWarehouseStocks.apiMethod, maxItems },
	};
	const send = async (some: readonly WarehouseStockRecord[] = records, deadlineMs = Infinity) =>
		await sendRecords(
			{
				method,
				targetId: String(STORES.warehouseFbs.businessId),
				records: some,
				stamp: RunStamp.ofRun(clock.now()),
				subscription: 'none',
				deadlineMs,
			},
			ports,
		);
	const held = ({ sku, warehouseId }: WarehouseStockRecord) =>
		market.warehouseStock(Number(warehouseId), sku);
	return { clock, market, records, send, held };
}

const statusesOf = (market: SandboxMarket) =>
	market.statistics().updateStocksOnPartnerWarehouses?.statuses;

describe('The quota of requests', () => {
	it('is used to the last request, in full ones, and never tripped', async () => {
		const { clock, market, records, send, held } = open(40_000);
		const startMs = clock.now();
		const { outcomes, stats } = await send();
		expect(failures(outcomes)).toEqual([]);
		expect(records.filter((record) => held(record) !== record.count)).toEqual([]);
		expect(statusesOf(market)).toEqual({ 200: 60 });
		expect(stats.requests).toBe(60);
		const [first] = market
			.windows()
			.filter(({ operation }) => operation === 'updateStocksOnPartnerWarehouses');
		expect(first?.used).toBe(50);
		// The last ten go as soon as the next minute begins.
		expect(Math.floor(clock.now() / MINUTE_MS)).toBe(Math.floor(startMs / MINUTE_MS) + 1);
	});

	it('that another program uses too is waited for', async () => {
		const phantom = [
			{
				operation: 'updateStocksOnPartnerWarehouses' as const,
				businessId: 1003,
				itemsPerWindow: 45,
			},
		];
		const { records, send, held } = open(4_000, { phantom });
		const { outcomes } = await send();
		expect(failures(outcomes)).toEqual([]);
		expect(records.filter((record) => held(record) !== record.count)).toEqual([]);
	});

	it('that lasts longer than the wait allowed: the rest is reported, nothing is cut into small requests', async () => {
		const { clock, market, send } = open(4_000, { quotas: 0.04 });
		const { outcomes } = await send(undefined, clock.now());
		expect(outcomes.filter(({ status }) => status === 'accepted').length % 2_000).toBe(0);
		expect(market.calls().every(({ items }) => items === 2_000)).toBe(true);
		expect(failures(outcomes)[0]?.refusal.reason).toMatch(
			/^Not sent: the Market's quota is used up until/,
		);
	});
});

it('Whatever SKUs the Market refuses, in whatever words: exactly these fail, in all their warehouses', async () => {
	const naming = fc.constantFrom('named' as const, 'listed' as const, 'unnamed' as const);
	const poisoned = fc.dictionary(fc.integer({ min: 1, max: 30 }).map(String), naming, {
		maxKeys: 4,
	});
	await fc.assert(
		fc.asyncProperty(poisoned, fc.integer({ min: 5, max: 40 }), async (bad, maxItems) => {
			const skuOf = (offer: string) => `SKU-${offer.padStart(5, '0')}`;
			const poisonedSkus = Object.entries(bad).map(([offer, how]) => ({
				sku: skuOf(offer),
				naming: how,
			}));
			const { records, send, held } = open(30, { poisonedSkus }, maxItems);
			const { outcomes } = await send();
			const skus = new Set(poisonedSkus.map(({ sku }) => sku));
			records.forEach((record, position) => {
				const isBad = skus.has(record.sku);
				expect([record.sku, outcomes[position]?.status]).toEqual([
					record.sku,
					isBad ? 'failed' : 'accepted',
				]);
				expect(held(record)).toBe(isBad ? null : record.count);
			});
		}),
		{ numRuns: 60 },
	);
});
