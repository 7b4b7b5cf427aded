import { Throttle } from '../../../market/sender/throttle';
import { VirtualClock } from '../../support/virtualClock';

describe('Requests to one store', () => {
	it('start at once while nothing holds them', async () => {
		expect(await new Throttle(new VirtualClock()).ready()).toBe(0);
	});

	it('are held together, as long as the longest hold', async () => {
		const clock = new VirtualClock();
		const throttle = new Throttle(clock);
		const start = clock.now();
		throttle.hold(5_000);
		throttle.hold(60_000);
		throttle.hold(1_000);
		expect(await Promise.all([throttle.ready(), throttle.ready()])).toEqual([60_000, 60_000]);
		expect(clock.now() - start).toBe(60_000);
		expect(await throttle.ready()).toBe(0);
	});

	it('count only the time that they truly waited', async () => {
		const clock = new VirtualClock();
		const throttle = new Throttle({ now: () => clock.now(), sleep: async () => await clock.sleep(20) });
		throttle.hold(60_000);
		expect(await throttle.ready()).toBe(20);
	});
});
