import { WarehouseLists } from '../../../market/read/warehouseLists';
import { extraStores, SandboxMarket, STORES, TOKENS } from '../../../sandbox';
import { refusal, scripted } from '../../support/answers';
import { modelSend } from '../../../lab/time/modelSend';
import { VirtualClock } from '../../../lab/time/virtualClock';
import { virtualPorts } from '../../support/virtualPorts';

const MINUTE_MS = 60_000;
const { businessId } = STORES.warehouseFbs;
const KEY = { apiUrl: 'virtual', accessKey: '1', businessId: String(businessId) };
const anything = () => true;

function open(token: string = TOKENS.warehouseAll, extra = 0) {
	const clock = new VirtualClock();
	const market = new SandboxMarket({ clock, extraStores: extraStores(extra, STORES.warehouseFbs) });
	const ports = virtualPorts(modelSend(market, token), { clock });
	const lists = new WarehouseLists();
	return {
		clock,
		market,
		ports,
		ofStores: async () => await lists.storeWarehouses(KEY, ports),
		ofPartner: async (isWanted: Parameters<WarehouseLists['partnerWarehouses']>[1] = anything) =>
			await lists.partnerWarehouses(KEY, isWanted, ports),
		awaitOfStores: async (bounded = ports) =>
			await lists.awaitStoreWarehouses(KEY, bounded, { isImpatient: false }),
		awaitOfPartner: async () =>
			await lists.awaitPartnerWarehouses(KEY, ports, { isImpatient: false }),
		asked: () => market.calls().length,
	};
}

describe("A business's warehouses", () => {
	it('are read to the last page, once an hour however many ask', async () => {
		const { clock, ofStores, asked } = open(TOKENS.warehouseAll, 70);
		const [list] = await Promise.all([ofStores(), ofStores()]);
		expect(list.ok && list.value.length).toBe(74);
		expect(asked()).toBe(3);
		await clock.sleep(59 * MINUTE_MS);
		await ofStores();
		expect(asked()).toBe(3);
		await clock.sleep(2 * MINUTE_MS);
		await ofStores();
		expect(asked()).toBe(6);
	});

	it('are asked for anew if a wanted one is not among them, at most once a minute', async () => {
		const { clock, ofPartner, asked } = open();
		const isWanted = () => false;
		await ofPartner(isWanted);
		await clock.sleep(MINUTE_MS - 1);
		await ofPartner(isWanted);
		expect(asked()).toBe(1);
		await clock.sleep(1);
		await ofPartner(anything);
		expect(asked()).toBe(1);
		await ofPartner(isWanted);
		expect(asked()).toBe(2);
	});

	it('with their stores are likewise asked for anew if a wanted one is not among them', async () => {
		const { clock, ports, asked } = open();
		const lists = new WarehouseLists();
		const get = async () => await lists.storeWarehouses(KEY, ports, () => false);
		await get();
		await get();
		expect(asked()).toBe(1);
		await clock.sleep(MINUTE_MS);
		await get();
		expect(asked()).toBe(2);
	});

	it('are asked for by the next run if the Market failed or the quota was used up', async () => {
		const { market, ofStores, asked } = open();
		market.setSwitches({ faults: [{ kind: '500', rate: 1 }] });
		expect((await ofStores()).ok).toBe(false);
		market.setSwitches({ faults: [] });
		const before = asked();
		expect((await ofStores()).ok).toBe(true);
		expect(asked()).toBe(before + 1);
	});

	it('behind an access group that the token lacks: the refusal is given, and the request repeated after a minute', async () => {
		const { clock, ofStores, asked } = open(TOKENS.warehouseStocks);
		const list = await ofStores();
		expect(list.ok ? '' : list.refusal.advice).toContain('inventory-and-order-processing');
		await ofStores();
		expect(asked()).toBe(1);
		await clock.sleep(MINUTE_MS);
		await ofStores();
		expect(asked()).toBe(2);
	});

	it('are not waited for if the quota is used up', async () => {
		const { clock, market, ports, ofStores } = open();
		market.setSwitches({ quotas: 0.01 });
		await ofStores();
		const startMs = clock.now();
		const list = await new WarehouseLists().storeWarehouses(KEY, ports);
		expect(list.ok ? '' : list.refusal.reason).toContain('quota for this question is used up');
		expect(clock.now()).toBe(startMs);
	});

	it('are waited for if they decide: faults are repeated, quotas are awaited, and what came is remembered', async () => {
		const { market, ofStores, ofPartner, awaitOfStores, awaitOfPartner, asked } = open();
		market.setSwitches({ faults: [{ kind: '500', count: 5 }] });
		expect((await ofStores()).ok).toBe(false);
		expect((await awaitOfStores()).ok).toBe(true);
		market.setSwitches({ faults: [{ kind: '500', count: 5 }] });
		expect((await ofPartner()).ok).toBe(false);
		expect((await awaitOfPartner()).ok).toBe(true);
		const before = asked();
		expect([(await ofStores()).ok, (await ofPartner()).ok]).toEqual([true, true]);
		expect(asked()).toBe(before);
	});

	it('are waited for to the end of an hour if the quota is used up, but not beyond the end of the run', async () => {
		const { clock, market, ports, ofStores, awaitOfStores } = open();
		market.setSwitches({ quotas: 0.01 });
		await ofStores();
		const bounded = await awaitOfStores({ ...ports, deadlineMs: clock.now() + MINUTE_MS });
		expect(bounded.ok ? '' : bounded.refusal.reason).toContain(
			'quota for this question is used up',
		);
		const startMs = clock.now();
		expect((await awaitOfStores()).ok).toBe(true);
		expect(clock.now() - startMs).toBeGreaterThan(MINUTE_MS);
	});

	it('are asked for by the next run if the one that asked was stopped meanwhile', async () => {
		const { ports, asked } = open();
		const stopped = virtualPorts(() => new Promise(() => {}));
		const lists = new WarehouseLists();
		const first = lists.storeWarehouses(KEY, stopped);
		const second = lists.storeWarehouses(KEY, ports);
		stopped.stop();
		expect((await first).ok).toBe(false);
		expect((await second).ok).toBe(true);
		expect((await lists.storeWarehouses(KEY, ports)).ok).toBe(true);
		expect(asked()).toBe(1);
	});

	it('are not remembered if something failed on our own side', async () => {
		const broken = new Error('No credential');
		const lists = new WarehouseLists();
		await expect(
			lists.storeWarehouses(
				KEY,
				virtualPorts(() => Promise.reject(broken)),
			),
		).rejects.toBe(broken);
		const list = await lists.storeWarehouses(KEY, virtualPorts(scripted(refusal(403))));
		expect(list.ok).toBe(false);
	});
});
