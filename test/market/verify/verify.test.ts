import { apiMethods } from '../../../market/contract/apiMethods';
import type { OwnWarehouses } from '../../../market/read/ownWarehouses';
import { MarketReadRefused } from '../../../market/read/read';
import { unread, type Compared } from '../../../market/verify/compared';
import { hiddenComparison } from '../../../market/verify/hidden';
import {
	storeComparison,
	warehouseComparison,
	type SentStock,
} from '../../../market/verify/stocks';
import { portsWithin } from '../../../market/pacing/limits';
import { readingLimits, verify } from '../../../market/verify/verify';
import { generateCatalogue, SandboxMarket, STORES, TOKENS, type Switches } from '../../../sandbox';
import { OK, refusal, scripted } from '../../support/answers';
import { expectUsable } from '../../support/checked';
import { modelSend } from '../../../lab/time/modelSend';
import { VirtualClock } from '../../../lab/time/virtualClock';
import { virtualPorts, type VirtualPorts } from '../../support/virtualPorts';

const STORE = STORES.dbs.campaignId;
const SKU = 'SKU-00001';
const MINUTE = 60_000;

function openMarket(
	switches: Partial<Switches> = {},
	token: string = TOKENS.allMethods,
	offers = 3,
) {
	const clock = new VirtualClock();
	const catalogue = generateCatalogue(offers);
	const market = new SandboxMarket({ clock, catalogue, switches });
	const send = modelSend(market, token);
	const ports = virtualPorts(send, { clock });
	const startMs = clock.now();
	const sentAt = new Date(startMs).toISOString();
	/** Sends balances as a run would, a moment ago or as of another one. */
	const write = async (
		counts: Record<string, number>,
		updatedAt = sentAt,
	): Promise<SentStock[]> => {
		const sent = Object.entries(counts).map(([sku, count]) => ({ sku, count, updatedAt }));
		const skus = sent.map(({ sku, count }) => ({ sku, items: [{ count, updatedAt }] }));
		const path = `/v2/campaigns/${STORE}/offers/stocks`;
		await modelSend(market)({
			apiMethod: apiMethods.updateStocks,
			path,
			body: JSON.stringify({ skus }),
		});
		return sent;
	};
	return { clock, market, ports, startMs, write };
}

/** Reads balances back for so many minutes. */
async function readBack(
	sent: readonly SentStock[],
	ports: VirtualPorts,
	minutes = 1,
	own?: OwnWarehouses,
) {
	const unconfirmed = await verify(
		sent,
		storeComparison(String(STORE), own, ports),
		ports.clock.now() + minutes * MINUTE,
		ports,
	);
	for (const told of unconfirmed.values()) expectUsable(told);
	return new Map([...unconfirmed].map(([{ sku }, told]) => [sku, told]));
}

/** Reads back for some minutes which offers are hidden. */
async function readHidden(
	skus: readonly string[],
	wanted: boolean,
	ports: VirtualPorts,
	minutes = 1,
) {
	const unconfirmed = await verify(
		skus.map((sku) => ({ sku })),
		hiddenComparison(String(STORE), wanted, 'none', ports),
		ports.clock.now() + minutes * MINUTE,
		ports,
	);
	for (const told of unconfirmed.values()) expectUsable(told);
	return new Map([...unconfirmed].map(([{ sku }, told]) => [sku, told]));
}

describe('Balances that are read back', () => {
	it('are confirmed at once if the Market shows them', async () => {
		const { clock, market, ports, startMs, write } = openMarket({}, TOKENS.allMethods, 1_200);
		const sent = await write(
			Object.fromEntries(market.catalogue.map(({ sku }, index) => [sku, index])),
		);
		expect(await readBack(sent, ports)).toEqual(new Map());
		expect(clock.now()).toBe(startMs);
		expect(market.statistics().getStocks?.requests).toBe(3);
	});

	it.each([1_000, 29_000, 59_900])(
		'are confirmed as soon as they are shown, after %d ms',
		async (visibilityDelayMs) => {
			const { clock, ports, startMs, write } = openMarket({ visibilityDelayMs });
			expect(await readBack(await write({ [SKU]: 5 }), ports)).toEqual(new Map());
			expect(clock.now() - startMs).toBeLessThanOrEqual(MINUTE);
		},
	);

	it('are read again only if they are not confirmed', async () => {
		const { market, ports, write } = openMarket();
		const sent = await write({ [SKU]: 5 });
		const missing = { sku: 'nobody knows', count: 1, updatedAt: sent[0]?.updatedAt ?? '' };
		await readBack([...sent, missing], ports);
		const items = market
			.calls()
			.flatMap(({ operation, items: count }) => (operation === 'getStocks' ? [count] : []));
		expect(items).toEqual([1, ...Array<number>(items.length - 1).fill(0)]);
	});

	it('need no request if there are none', async () => {
		const { market, ports } = openMarket();
		expect(await readBack([], ports)).toEqual(new Map());
		expect(market.calls()).toEqual([]);
	});
});

describe('A balance that is not confirmed', () => {
	it('because it is still on its way has what is shown, at the end of the time given', async () => {
		const { clock, ports, startMs, write } = openMarket({ visibilityDelayMs: 3 * MINUTE });
		await write({ [SKU]: 4 }, new Date(startMs - 5_000).toISOString());
		await clock.sleep(4 * MINUTE);
		const sent = await write({ [SKU]: 5 }, new Date(startMs).toISOString());
		const before = clock.now();
		const told = (await readBack(sent, ports, 2)).get(SKU);
		expect(told?.reason).toBe('The Market shows 4 and not 5');
		expect(told?.advice).toMatch(/15 minutes/);
		expect(clock.now() - before).toBe(2 * MINUTE);
	});

	it('because a newer one is held says so, though the Market shows the date of ours', async () => {
		const { market, ports, startMs, write } = openMarket();
		await write({ [SKU]: 9 });
		const sent = await write({ [SKU]: 5 }, new Date(startMs - 60_000).toISOString());
		const told = (await readBack(sent, ports)).get(SKU);
		expect(told?.reason).toMatch(/shows 9 and not 5.*holds a newer one/);
		// More than was sent: no order can be the cause.
		expect(told?.advice).toMatch(/^Another program or a later run has sent it/);
		expect(market.balance(STORE, SKU)?.available).toBe(9);
	});

	it('because another program has sent a newer one says when', async () => {
		const { clock, ports, write } = openMarket();
		const sent = await write({ [SKU]: 5 });
		await clock.sleep(1_000);
		await write({ [SKU]: 8 }, new Date(clock.now()).toISOString());
		expect((await readBack(sent, ports)).get(SKU)?.reason).toMatch(
			/shows 8 and not 5, of 2026-.*: a newer balance/,
		);
	});

	it('because the Market does not know the SKU says so', async () => {
		const { ports, write } = openMarket();
		const told = await readBack(await write({ 'nobody knows': 5 }), ports);
		expect(told.get('nobody knows')?.reason).toMatch(/no such SKU/);
	});

	it('because of orders that were placed after sending says that nothing need be done', async () => {
		const { clock, market, ports, write } = openMarket();
		await write({ [SKU]: 10 });
		market.placeOrder(STORE, [{ sku: SKU, count: 2 }]);
		await clock.sleep(1_000);
		const sent = await write({ [SKU]: 8 }, new Date(clock.now()).toISOString());
		market.placeOrder(STORE, [{ sku: SKU, count: 1 }]);
		const told = (await readBack(sent, ports)).get(SKU);
		expect(told?.reason).toBe('The Market shows 7 and not 8: 3 are reserved for orders');
		expect(told?.advice).toMatch(/^If they were ordered after this was sent, nothing need be done/);
	});

	it('because a part of an older number is reserved does not speak of orders', async () => {
		const { market, ports, clock, write } = openMarket({ visibilityDelayMs: 10 * MINUTE });
		market.setBalance(STORE, SKU, 10);
		market.placeOrder(STORE, [{ sku: SKU, count: 3 }]);
		await clock.sleep(1_000);
		const sent = await write({ [SKU]: 9 }, new Date(clock.now()).toISOString());
		expect((await readBack(sent, ports)).get(SKU)?.advice).toMatch(/may take up to 15 minutes/);
	});

	it('because goods are reserved says how many', async () => {
		const { clock, market, ports, write } = openMarket({ deductReserves: true });
		await write({ [SKU]: 10 });
		market.placeOrder(STORE, [{ sku: SKU, count: 3 }]);
		await clock.sleep(1_000);
		const sent = await write({ [SKU]: 10 }, new Date(clock.now()).toISOString());
		const told = (await readBack(sent, ports)).get(SKU);
		expect(told?.reason).toBe('The Market shows 7 and not 10: 3 are reserved for orders');
		expect(told?.advice).toMatch(/less what is already ordered/);
	});

	it('because the reads are refused has that reason, at once', async () => {
		const { clock, market, ports, startMs, write } = openMarket({}, TOKENS.pricing);
		const told = (await readBack(await write({ [SKU]: 5 }), ports, 15)).get(SKU);
		expect(told?.reason).toMatch(/^It could not be read back\. .*access group/);
		expect(clock.now()).toBe(startMs);
		expect(market.statistics().getStocks?.requests).toBe(1);
	});

	it('because the run was stopped is reported at once', async () => {
		const { clock, ports, startMs, write } = openMarket({ visibilityDelayMs: 10 * MINUTE });
		const sent = await write({ [SKU]: 5 });
		ports.stopAfter(10_000);
		const told = await readBack(sent, ports, 15);
		expect(clock.now() - startMs).toBe(10_000);
		expect(told.get(SKU)?.reason).toMatch(/could not be read back.*stopped/);
	});
});

describe('If a part cannot be read back', () => {
	/** A Market that answers a request by what its body names. */
	function failing(market: SandboxMarket, answer: ReturnType<typeof refusal>, ...skus: string[]) {
		const send = modelSend(market);
		return virtualPorts(async (request) =>
			skus.some((sku) => request.body?.includes(`"${sku}"`)) ? answer : await send(request),
		);
	}

	it.each([
		[500, /^It could not be read back\. The Market is not working/],
		[400, /^It could not be read back\. The Market refused/],
	])('the others are confirmed all the same (%d)', async (status, reason) => {
		const { market, write } = openMarket({}, TOKENS.allMethods, 1_200);
		const sent = await write(Object.fromEntries(market.catalogue.map(({ sku }) => [sku, 3])));
		const told = await readBack(sent, failing(market, refusal(status), 'SKU-00700'), 0);
		expect(told.size).toBe(500);
		expect([...told.keys()][0]).toBe('SKU-00501');
		expect(told.get('SKU-00700')?.reason).toMatch(reason);
	});

	it('of several warehouses, those of the others are confirmed', async () => {
		const { market } = openMarket();
		const { businessId, warehouseId } = STORES.warehouseFbs;
		const updatedAt = new Date(market.now()).toISOString();
		market.setBalance(STORES.warehouseFbs.campaignId, SKU, 4);
		market.setBalance(STORES.warehouseDbs.campaignId, SKU, 6);
		const send = modelSend(market, TOKENS.warehouseAll);
		const isOther = (body = '') => body.includes(String(STORES.warehouseDbs.warehouseId));
		const ports = virtualPorts(async (request) =>
			isOther(request.body) ? refusal(400) : await send(request),
		);
		const compare = warehouseComparison(String(businessId), ports);
		const results = await compare([
			{ sku: SKU, count: 6, updatedAt, warehouseId: String(STORES.warehouseDbs.warehouseId) },
			{ sku: SKU, count: 4, updatedAt, warehouseId: String(warehouseId) },
			{ sku: 'SKU-00002', count: 4, updatedAt, warehouseId: String(warehouseId) },
		]);
		expect(results.map((result) => (result.ok ? 'ok' : result.refusal.reason))).toEqual([
			expect.stringMatching(/^It could not be read back/),
			'ok',
			'The Market shows 0 and not 4',
		]);
	});
});

describe('Reading back', () => {
	it('ends at once if all that is left is not in the catalogue, or overtaken', async () => {
		const { clock, ports, startMs, write } = openMarket();
		await write({ [SKU]: 8 }, new Date(startMs).toISOString());
		const sent = [
			{ sku: SKU, count: 5, updatedAt: new Date(startMs - 1_000).toISOString() },
			...(await write({ 'nobody knows': 5 })),
		];
		const told = await readBack(sent, ports, 15);
		expect([...told.keys()].sort()).toEqual([SKU, 'nobody knows']);
		expect(clock.now()).toBe(startMs);
	});

	it('goes on for a SKU that the catalogue has, though it does not have another', async () => {
		const { ports, write } = openMarket({ visibilityDelayMs: 40_000 });
		const told = await readBack(await write({ [SKU]: 5, 'nobody knows': 5 }), ports, 15);
		expect([...told.keys()]).toEqual(['nobody knows']);
	});

	it.each([0, 5])(
		'of %d minutes is over by then, even with the quota of the reads used up by others',
		async (minutes) => {
			const { clock, ports, startMs, write } = openMarket({
				phantom: [{ operation: 'getStocks', campaignId: STORE, itemsPerWindow: 100_000 }],
			});
			const sent = await write({ [SKU]: 5 });
			const endMs = startMs + minutes * MINUTE;
			const bounded = portsWithin(ports, readingLimits(sent.length, endMs, Infinity, startMs));
			const unconfirmed = await verify(
				sent,
				storeComparison(String(STORE), undefined, bounded),
				endMs,
				bounded,
			);
			expect([...unconfirmed.values()][0]?.reason).toMatch(/^It could not be read back/);
			expect(clock.now() - startMs).toBeLessThanOrEqual(Math.max(2, minutes) * MINUTE + 15_000);
		},
	);

	it('goes on after a failure that may pass', async () => {
		const { ports } = openMarket();
		const failed = new MarketReadRefused(
			{ reason: 'The Market is not working', advice: 'Wait.' },
			500,
		);
		const limited = new MarketReadRefused({ reason: 'Limit', advice: 'Wait.' }, 420);
		const readings = [failed, limited, [{ ok: true, value: 1 } as const]];
		const unconfirmed = await verify(
			[SKU],
			async () => {
				const reading = readings.shift();
				if (Array.isArray(reading)) return await Promise.resolve(reading);
				throw reading ?? new Error('Read once too often');
			},
			ports.clock.now() + MINUTE,
			ports,
		);
		expect(unconfirmed).toEqual(new Map());
	});

	it('that fails on our own side leaves accepted what was accepted, and is not repeated', async () => {
		const { ports } = openMarket();
		let readings = 0;
		const broken = async () => {
			readings += 1;
			return await Promise.reject(new Error('No credential'));
		};
		const unconfirmed = await verify([SKU], broken, ports.clock.now() + MINUTE, ports);
		expect(unconfirmed.get(SKU)?.reason).toBe('It could not be read back. No credential');
		expect(readings).toBe(1);
	});

	const updatedAt = '2026-11-23T12:00:00Z';
	const warehouse = (warehouseId: number, count: number, moment?: string, offerId = SKU) => ({
		warehouseId,
		offers: [{ offerId, stocks: [{ type: 'AVAILABLE', count }], updatedAt: moment }],
	});
	const shows = (...warehouses: object[]) => ({
		...OK,
		body: { status: 'OK', result: { warehouses } },
	});
	const own = { own: new Set(['1']), mates: new Set<string>() };
	const before = '2026-11-23T11:00:00Z';
	const after = '2026-11-23T13:00:00Z';
	const told = async (answer: ReturnType<typeof shows>, known?: OwnWarehouses, count = 0) =>
		(
			await readBack([{ sku: SKU, count, updatedAt }], virtualPorts(scripted(answer)), 0, known)
		).get(SKU)?.reason;

	it.each([before, after, updatedAt])(
		"goes by the store's own warehouse, whenever the one for returns changed (%s)",
		async (moment) => {
			const reply = shows(warehouse(1, 5, before), warehouse(2, 0, moment));
			expect(await told(reply, own)).toBe('The Market shows 5 and not 0');
			expect(await told(reply, own, 5)).toBeUndefined();
		},
	);

	it('confirms nothing by only the warehouse for returns', async () => {
		const reason =
			/^The Market shows 0 in warehouse 2, and no number of the store's own warehouse \(1\)$/;
		expect(await told(shows(warehouse(2, 0, after)), own)).toMatch(reason);
	});

	it("confirms nothing by guesswork if the store's own warehouse is not known", async () => {
		const reply = shows(warehouse(1, 5, before), warehouse(2, 0, after));
		const reason =
			/^The Market shows 5 in warehouse 1, 0 in warehouse 2, and it is not known which .* own$/;
		expect(await told(reply)).toMatch(reason);
		expect(await told(reply, undefined, 5)).toMatch(reason);
	});

	it("confirms only what is shown with our exact moment if the store's own warehouse is not known", async () => {
		const reason =
			/^The Market shows 0 in warehouse 1, and it is not known which warehouse is the store's own$/;
		expect(await told(shows(warehouse(1, 0, before)))).toMatch(reason);
		expect(await told(shows(warehouse(1, 5, before)))).toBe('The Market shows 5 and not 0');
		expect(await told(shows(warehouse(2, 5, after), warehouse(1, 0, updatedAt)))).toBeUndefined();
		expect(await told(shows(warehouse(2, 0, updatedAt), warehouse(1, 5, updatedAt)))).toMatch(
			/^The Market shows 5 and not 0/,
		);
	});

	it('says of several own warehouses that none is known to be the one', async () => {
		const both = { own: new Set(['1', '2']), mates: new Set<string>() };
		expect(await told(shows(warehouse(1, 5, before), warehouse(2, 0, before)), both)).toMatch(
			/several of them are the store's own/,
		);
	});

	it('remembers that there are several warehouses, even if a later reading shows one', async () => {
		const first = shows(warehouse(1, 5, updatedAt, 'other'), warehouse(2, 0, after));
		const ports = virtualPorts(scripted(first, shows(warehouse(2, 0, after))));
		const sent = [
			{ sku: SKU, count: 0, updatedAt },
			{ sku: 'other', count: 5, updatedAt },
		];
		expect([...(await readBack(sent, ports, 1)).keys()]).toEqual([SKU]);
	});

	it('of an FBS store is not misled by the warehouse for returns', async () => {
		const returns = [
			warehouse(2, 1, '2026-11-23T15:30:00+03:00'),
			warehouse(2, 1, '2026-11-22T15:00:00+03:00'),
			warehouse(2, 1),
		];
		for (const other of returns) {
			const own = warehouse(1, 5, '2026-11-23T15:00:00+03:00');
			for (const warehouses of [
				[other, own],
				[own, other],
			]) {
				const ports = virtualPorts(
					scripted({ ...OK, body: { status: 'OK', result: { warehouses } } }),
				);
				expect(await readBack([{ sku: SKU, count: 5, updatedAt }], ports)).toEqual(new Map());
			}
		}
	});
});

describe('What something else may undo for a while', () => {
	const yes = { ok: true, value: 1 } as const;
	const no = { ok: false, refusal: { reason: 'Undone', advice: 'Wait.' } } as const;

	/** Reads records back for a minute; what is as wanted is read again after 15 s. @returns when, which, and what is unconfirmed */
	async function readTwice(
		resultOf: (record: string, atMs: number) => Compared,
		{ minutes = 1, againMs = 15_000 } = {},
	) {
		const ports = virtualPorts(scripted(OK));
		const startMs = ports.clock.now();
		const readings: string[] = [];
		const compare = async (some: readonly string[]) => {
			const atMs = ports.clock.now() - startMs;
			readings.push(`${atMs / 1_000}: ${some.join('')}`);
			return await Promise.resolve(some.map((record) => resultOf(record, atMs)));
		};
		const told = await verify(
			['a', 'b'],
			compare,
			startMs + minutes * MINUTE,
			ports,
			startMs + againMs,
		);
		return { readings, told: [...told].map(([record, { reason }]) => `${record}: ${reason}`) };
	}

	it('is looked at again then', async () => {
		expect(await readTwice(() => yes)).toEqual({ readings: ['0: ab', '15: ab'], told: [] });
	});

	it('is unconfirmed if it is undone by then, and read on until it is as wanted once more', async () => {
		const undone = await readTwice((record, atMs) => (record === 'a' && atMs >= 15_000 ? no : yes));
		expect([undone.readings.slice(0, 3), undone.told]).toEqual([
			['0: ab', '15: ab', '19: a'],
			['a: Undone'],
		]);
		const back = await readTwice((record, atMs) =>
			record === 'a' && atMs >= 15_000 && atMs < 19_000 ? no : yes,
		);
		expect(back).toEqual({ readings: ['0: ab', '15: ab', '19: a'], told: [] });
	});

	it('is looked at again even if others are still waited for', async () => {
		const { readings, told } = await readTwice((record, atMs) =>
			record === 'b' && atMs < 20_000 ? no : yes,
		);
		expect([readings, told]).toEqual([['0: ab', '2: b', '6: b', '14: b', '30: ba'], []]);
	});

	it('stays confirmed if it cannot be read again', async () => {
		const broken = { ...unread(new Error('No credential')) };
		const { readings, told } = await readTwice((record, atMs) =>
			record === 'a' && atMs > 0 ? broken : yes,
		);
		expect([readings, told]).toEqual([['0: ab', '15: ab'], []]);
	});

	it('is not looked at again after the time that is given', async () => {
		expect(await readTwice(() => yes, { minutes: 0 })).toEqual({ readings: ['0: ab'], told: [] });
		expect(await readTwice(() => yes, { againMs: 61_000 })).toEqual({
			readings: ['0: ab'],
			told: [],
		});
		expect((await readTwice(() => yes, { againMs: 60_000 })).readings).toEqual(['0: ab', '60: ab']);
	});
});

describe('Offers that were hidden or shown', () => {
	it.each([true, false])('are confirmed at once (hidden: %s)', async (wanted) => {
		const { clock, market, ports, startMs } = openMarket({}, TOKENS.allMethods, 700);
		const skus = market.catalogue.map(({ sku }) => sku);
		for (const sku of skus) market.setHidden(STORE, sku, wanted);
		expect(await readHidden(skus, wanted, ports)).toEqual(new Map());
		expect(clock.now()).toBe(startMs);
	});

	it.each([true, false])(
		'are confirmed once the Market lists it so (hidden: %s)',
		async (wanted) => {
			const { clock, market, ports, startMs } = openMarket();
			market.setHidden(STORE, SKU, !wanted);
			market.setSwitches({ visibilityDelayMs: 40_000 });
			market.setHidden(STORE, SKU, wanted);
			expect(await readHidden([SKU], wanted, ports)).toEqual(new Map());
			expect(clock.now() - startMs).toBe(MINUTE);
		},
	);

	it.each([
		[true, /does not list the offer as hidden/],
		[false, /still lists the offer as hidden/],
	])('are unconfirmed if the Market does not (hidden: %s)', async (wanted, reason) => {
		const { market, ports } = openMarket();
		market.setHidden(STORE, SKU, !wanted);
		const unconfirmed = await readHidden(wanted ? [SKU, 'nobody knows'] : [SKU], wanted, ports);
		expect([...unconfirmed.keys()]).toEqual(wanted ? [SKU, 'nobody knows'] : [SKU]);
		expect(unconfirmed.get(SKU)?.reason).toMatch(reason);
	});

	it.each([true, false])(
		'that the catalogue does not have are never confirmed, and not waited for (hidden: %s)',
		async (wanted) => {
			const { clock, market, ports, startMs } = openMarket();
			market.setHidden(STORE, SKU, wanted);
			const unconfirmed = await readHidden([SKU, 'nobody knows'], wanted, ports, 15);
			expect([...unconfirmed].map(([sku, { reason }]) => [sku, reason])).toEqual([
				['nobody knows', 'The Market shows no such SKU in this store'],
			]);
			expect(clock.now()).toBe(startMs);
		},
	);

	it('are unconfirmed if shown and the catalogue cannot be asked; hidden ones are judged as usual', async () => {
		const { market } = openMarket();
		market.setHidden(STORE, SKU, true);
		const send = modelSend(market);
		const ports = virtualPorts(async (request) =>
			request.apiMethod.name === 'getCampaignOffers' ? refusal(403) : await send(request),
		);
		const skus = [SKU, 'SKU-00002'];
		expect((await readHidden(skus, false, ports, 0)).get('SKU-00002')?.reason).toMatch(
			/^It could not be read back/,
		);
		expect((await readHidden(skus, false, ports, 0)).get(SKU)?.reason).toMatch(
			/still lists the offer as hidden/,
		);
		const hidden = await readHidden(skus, true, ports, 0);
		expect([...hidden].map(([sku, { reason }]) => [sku, reason])).toEqual([
			['SKU-00002', 'The Market does not list the offer as hidden'],
		]);
	});

	it('are unconfirmed with the reason if the list is refused', async () => {
		const ports = virtualPorts(scripted(refusal(423, 'Campaign is in business migration')));
		expect((await readHidden([SKU], true, ports)).get(SKU)?.reason).toMatch(
			/could not be read back.*moving/,
		);
	});
});
