import { STORES } from '../../sandbox';
import { Bench, entry } from './support/bench';

const { campaignId } = STORES.fbs;
const HOUR_MS = 3_600_000;
const NOON = Date.parse('2026-11-23T12:00:00Z');

/** A Market whose clock differs from the bench's, which shows 12:00:00. */
function benchWith(clockSkewMs: number): Bench {
	return new Bench({ switches: { clockSkewMs } });
}

function at(ms: number): string {
	return new Date(ms).toISOString();
}

describe.each([
	{ name: 'ahead', clockSkewMs: 90_000, date: '12:01:30', until: '12:02:00' },
	{ name: 'behind', clockSkewMs: -90_000, date: '11:58:30', until: '11:59:00' },
])('a Market whose clock is $name', ({ clockSkewMs, date, until }) => {
	it('says so in the Date of a reply, and ends its windows by it', async () => {
		const bench = benchWith(clockSkewMs);
		const { headers } = await bench.send([entry('SKU-00001')]);
		expect(headers.date).toBe(`Mon, 23 Nov 2026 ${date} GMT`);
		expect(headers['x-ratelimit-resource-until']).toBe(`Mon, 23 Nov 2026 ${until} GMT`);
		bench.clock.turn(29_999);
		expect((await bench.send([entry('SKU-00001')])).headers['x-ratelimit-resource-remaining']).toBe(
			'99998',
		);
		bench.clock.turn(1);
		expect((await bench.send([entry('SKU-00001')])).headers['x-ratelimit-resource-remaining']).toBe(
			'99999',
		);
		const start = Date.parse(`2026-11-23T${until}Z`) - 60_000;
		expect(bench.market.windows().map((window) => window.start)).toEqual([start, start + 60_000]);
	});

	it('stamps a balance that has no date by it', async () => {
		const bench = benchWith(clockSkewMs);
		await bench.send([entry('SKU-00001', 5)]);
		expect(bench.market.balance(campaignId, 'SKU-00001')?.stamp).toBe(NOON + clockSkewMs);
		expect(bench.market.calls()[0]?.at).toBe(NOON + clockSkewMs);
	});

	it('takes a date by it: up to a day old, and not in the future', async () => {
		const bench = benchWith(clockSkewMs);
		const now = NOON + clockSkewMs;
		const messages = async (ms: number) =>
			(await bench.send([entry('SKU-00001', 1, at(ms))])).messages;
		expect(await messages(now - 24 * HOUR_MS)).toEqual([]);
		expect(await messages(now)).toEqual([]);
		expect(await messages(now + 1)).toEqual(["Stock for 'SKU-00001' should not be in the future"]);
		expect(await messages(now - 24 * HOUR_MS - 1)).toEqual([
			"Stock for 'SKU-00001' should not be older than a day",
		]);
	});
});

it('A clock that is set back leaves what is held newer than a balance as of now', async () => {
	const bench = benchWith(0);
	await bench.send([entry('SKU-00001', 5)]);
	bench.market.setSwitches({ clockSkewMs: -HOUR_MS });
	expect((await bench.send([entry('SKU-00001', 8)])).status).toBe(200);
	expect(bench.market.balance(campaignId, 'SKU-00001')).toMatchObject({
		available: 5,
		shownStamp: NOON - HOUR_MS,
	});
});
