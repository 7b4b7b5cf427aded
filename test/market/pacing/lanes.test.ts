import { apiMethods } from '../../../market/contract/apiMethods';
import { Lanes, type LaneKey } from '../../../market/pacing/lanes';
import { Slots } from '../../../market/pacing/slots';
import { demandOf } from '../../../market/pacing/exchange';
import { OK } from '../../support/answers';
import { VirtualClock } from '../../../lab/time/virtualClock';
import { virtualPorts } from '../../support/virtualPorts';

const HOUR_MS = 3_600_000;
const KEY: LaneKey = {
	apiUrl: 'https://market',
	entity: '1',
	apiMethod: apiMethods.addHiddenOffers,
	subscription: 'none',
};

describe('The lanes of a process', () => {
	it('are shared by all who use the same method of the same store at the same address', () => {
		const lanes = new Lanes();
		const lane = lanes.open(KEY, 0);
		expect(lanes.open({ ...KEY }, 1)).toBe(lane);
		expect(lanes.open({ ...KEY, subscription: 'medium' }, 1)).toBe(lane);
		expect(lanes.open({ ...KEY, entity: '2' }, 1)).not.toBe(lane);
		expect(lanes.open({ ...KEY, apiUrl: 'https://sandbox' }, 1)).not.toBe(lane);
		expect(lanes.open({ ...KEY, apiMethod: apiMethods.deleteHiddenOffers }, 1)).not.toBe(lane);
	});

	it('of a method with a maximum of its own share no slots with others, whoever comes first', async () => {
		const lanes = new Lanes();
		const ports = virtualPorts(() => Promise.resolve(OK), { clock: new VirtualClock() });
		const atOnce = async (apiMethod: LaneKey['apiMethod']) => {
			let tickets = 0;
			const lane = lanes.open({ ...KEY, apiMethod }, 0);
			const now = { deadlineMs: -Infinity, pauseDeadlineMs: -Infinity };
			for (let asked = 0; asked < 10; asked++)
				void lane.enter({ ...demandOf(1), ...now }, ports).then((ticket) => {
					if ('booking' in ticket) tickets += 1;
				});
			for (let turn = 0; turn < 100; turn++) await Promise.resolve();
			return tickets;
		};
		expect(await atOnce(apiMethods.getBusinessOrders)).toBe(6);
		expect(await atOnce(apiMethods.getPartnerWarehouses)).toBe(4);
		ports.stop();
	});

	it.each([
		['none', 5_000],
		['medium', 10_000],
	] as const)('with the subscription %s begin at %d', (subscription, limit) => {
		expect(new Lanes().open({ ...KEY, subscription }, 0).limit).toBe(limit);
	});

	it.each([undefined, null, '', 'gold', 'unit', 'windowMs', '__proto__', 5, {}])(
		'with the subscription %p begin at what holds without one, and let everybody through',
		async (subscription) => {
			const lanes = new Lanes();
			const ports = virtualPorts(() => Promise.resolve(OK), { clock: new VirtualClock() });
			const first = lanes.open({ ...KEY, subscription: subscription as never }, 0);
			expect(first.limit).toBe(5_000);
			for (const lane of [first, lanes.open(KEY, 1)]) {
				expect(
					await lane.enter(
						{ ...demandOf(1), deadlineMs: Infinity, pauseDeadlineMs: Infinity },
						ports,
					),
				).toHaveProperty('booking');
			}
		},
	);

	it('are forgotten after two hours without use, and not before', () => {
		const lanes = new Lanes();
		const lane = lanes.open(KEY, 0);
		expect(lanes.open(KEY, 2 * HOUR_MS)).toBe(lane);
		lanes.open({ ...KEY, entity: '2' }, 4 * HOUR_MS);
		expect(lanes.open(KEY, 4 * HOUR_MS)).toBe(lane);
		lanes.open({ ...KEY, entity: '2' }, 6 * HOUR_MS + 1);
		expect(lanes.open(KEY, 6 * HOUR_MS + 1)).not.toBe(lane);
	});

	it('are all looked through once a minute, not for each store that a run opens', () => {
		const isIdle = jest.spyOn(Slots.prototype, 'isIdle', 'get');
		const lanes = new Lanes();
		for (const ms of [0, 1, 59_999]) lanes.open({ ...KEY, entity: String(ms) }, ms);
		expect(isIdle.mock.calls).toHaveLength(0);
		lanes.open(KEY, 60_000);
		expect(isIdle.mock.calls).toHaveLength(3);
		isIdle.mockRestore();
	});

	it('of a run that lasts for hours are not forgotten while it is under way, nor just after', async () => {
		const lanes = new Lanes();
		const clock = new VirtualClock();
		const ports = virtualPorts(() => Promise.resolve(OK), { clock });
		const lane = lanes.open(KEY, clock.now());
		const demand = { ...demandOf(1), deadlineMs: Infinity, pauseDeadlineMs: Infinity };
		for (let hour = 0; hour < 3; hour++) {
			const ticket = await lane.enter(demand, ports);
			if (!('booking' in ticket)) throw new Error(ticket.kind);
			await clock.sleep(HOUR_MS);
			lanes.open({ ...KEY, entity: '2' }, clock.now());
			lane.settle(ticket, OK, ports);
		}
		lanes.open({ ...KEY, entity: '3' }, clock.now());
		expect(lanes.open(KEY, clock.now())).toBe(lane);
	});
});
