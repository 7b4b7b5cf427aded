import { Lane, type Demand, type NoTicket, type Ticket } from '../../../market/pacing/lane';
import { ServerClock } from '../../../market/pacing/serverClock';
import { Slots } from '../../../market/pacing/slots';
import { QuotaWindow } from '../../../market/pacing/window';
import type { MarketReply } from '../../../market/wire/ports';
import { StampLog } from '../../../market/records/runStamp';
import { demandOf } from '../../../market/pacing/exchange';
import { DROPPED, OK, PARALLEL_LIMIT, refusal } from '../../support/answers';
import { VirtualClock } from '../../../lab/time/virtualClock';
import { virtualPorts } from '../../support/virtualPorts';

const NOON = Date.UTC(2026, 10, 23, 12);
const MINUTE = 60_000;

/** A lane with a hundred a minute, and what it takes to use it. */
function openLane({ limit = 100, parallel = 4 } = {}) {
	const clock = new VirtualClock(NOON);
	const slots = new Slots(parallel);
	const lane = new Lane(new QuotaWindow(limit, MINUTE), slots, new ServerClock(), new StampLog());
	const portsOf = () => virtualPorts(() => Promise.resolve(OK), { clock });
	return { clock, slots, lane, portsOf, ports: portsOf() };
}

function want(cost: number, more: Partial<Demand> = {}): Demand {
	return { ...demandOf(cost), deadlineMs: Infinity, pauseDeadlineMs: Infinity, ...more };
}

/** Takes what there is, up to a limit. */
function wantUpTo(wanted: number): Demand {
	return { ...want(wanted), least: 1, take: (free) => Math.min(free, wanted) };
}

function ticketOf(result: Ticket | NoTicket): Ticket {
	if (!('booking' in result)) throw new Error(`No ticket: ${result.kind}`);
	return result;
}

describe('A lane', () => {
	it('lets through what the quota and the places allow, at once', async () => {
		const { clock, lane, ports } = openLane();
		for (const cost of [40, 60]) {
			const ticket = ticketOf(await lane.enter(want(cost), ports));
			expect(ticket).toMatchObject({ booking: { cost }, waitedMs: 0 });
			lane.settle(ticket, OK, ports);
		}
		expect(clock.now()).toBe(NOON);
	});

	it('waits for the next window if not enough is left, and says so first', async () => {
		const { clock, lane, ports } = openLane();
		const waits: number[] = [];
		lane.settle(ticketOf(await lane.enter(want(70), ports)), OK, ports);
		await clock.sleep(10_000);
		const ticket = ticketOf(await lane.enter(want(40, { onWait: (ms) => waits.push(ms) }), ports));
		expect(clock.now()).toBe(NOON + MINUTE);
		expect(ticket.waitedMs).toBe(50_000);
		expect(waits).toEqual([50_000]);
	});

	it('gives crumbs away only if no awaited reply may tell of more', async () => {
		const { lane, ports } = openLane();
		const first = ticketOf(await lane.enter(want(70), ports));
		const second = lane.enter(wantUpTo(50), ports);
		lane.settle(first, refusal(503), ports);
		expect(ticketOf(await second).booking.cost).toBe(50);
		const third = lane.enter(wantUpTo(60), ports);
		lane.settle(ticketOf(await second), OK, ports);
		expect(ticketOf(await third).booking.cost).toBe(50);
	});

	it('does not wait for a reply longer than the window lasts', async () => {
		const { clock, lane, ports } = openLane();
		lane.settle(ticketOf(await lane.enter(want(60), ports)), OK, ports);
		await lane.enter(want(40), ports);
		ticketOf(await lane.enter(want(60), ports));
		expect(clock.now()).toBe(NOON + MINUTE);
	});

	it('lets a request through that is larger than the whole quota: the Market has to decide', async () => {
		const { clock, lane, ports } = openLane({ limit: 10 });
		ticketOf(await lane.enter(want(500), ports));
		expect(clock.now()).toBe(NOON);
	});

	it('never has more booked in a window than there is, no matter who asks for what', async () => {
		const { clock, lane, portsOf } = openLane();
		const booked = new Map<number, number>();
		const run = async (cost: number) => {
			const ports = portsOf();
			for (let request = 0; request < 20; request++) {
				const ticket = ticketOf(await lane.enter(wantUpTo(cost), ports));
				const minute = Math.floor(clock.now() / MINUTE);
				booked.set(minute, (booked.get(minute) ?? 0) + ticket.booking.cost);
				await clock.sleep(300);
				lane.settle(ticket, OK, ports);
			}
		};
		await Promise.all([7, 11, 13, 29, 30].map(run));
		for (const amount of booked.values()) expect(amount).toBeLessThanOrEqual(100);
		expect([...booked.values()].slice(0, -1).every((amount) => amount === 100)).toBe(true);
	});

	it('is used in turn', async () => {
		const { clock, lane, portsOf } = openLane({ parallel: 1 });
		const order: string[] = [];
		const run = async (name: string) => {
			const ports = portsOf();
			for (let request = 0; request < 6; request++) {
				const ticket = ticketOf(await lane.enter(want(10), ports));
				order.push(name);
				await clock.sleep(100);
				lane.settle(ticket, OK, ports);
			}
		};
		await Promise.all([run('A'), run('B')]);
		expect(order.join('')).toBe('ABABABABABAB');
	});
});

describe('Nobody gets a ticket', () => {
	it('whose run is cancelled while it waits for the quota, and nothing stays behind', async () => {
		const { clock, slots, lane, ports, portsOf } = openLane();
		lane.settle(ticketOf(await lane.enter(want(100), ports)), OK, ports);
		const stopped = portsOf();
		const waits = [lane.enter(want(10), stopped), lane.enter(want(10), stopped)];
		stopped.stopAfter(5_000);
		expect(await Promise.all(waits)).toEqual([
			{ kind: 'cancelled', waitedMs: 5_000 },
			{ kind: 'cancelled', waitedMs: 0 },
		]);
		expect(clock.now()).toBe(NOON + 5_000);
		expect(slots.isIdle).toBe(true);
		await clock.sleep(MINUTE);
		expect(ticketOf(await lane.enter(want(100), ports)).waitedMs).toBe(0);
	});

	it('whose run is cancelled while it waits for a place', async () => {
		const { slots, lane, ports, portsOf } = openLane({ parallel: 1 });
		const first = ticketOf(await lane.enter(want(10), ports));
		const stopped = portsOf();
		const wait = lane.enter(want(90), stopped);
		stopped.stopAfter(10);
		expect(await wait).toMatchObject({ kind: 'cancelled' });
		lane.settle(first, OK, ports);
		expect(slots.isIdle).toBe(true);
		expect(ticketOf(await lane.enter(want(90), ports)).waitedMs).toBe(0);
	});

	it('who would have to wait too long: refused at once, with the time to wait', async () => {
		const { clock, lane, ports } = openLane();
		lane.settle(ticketOf(await lane.enter(want(100), ports)), OK, ports);
		const hurried = want(1, { deadlineMs: NOON + MINUTE - 1 });
		expect(await lane.enter(hurried, ports)).toEqual({
			kind: 'tooLate',
			waitMs: MINUTE,
			waitedMs: 0,
		});
		expect(clock.now()).toBe(NOON);
		ticketOf(await lane.enter(want(1, { deadlineMs: NOON + MINUTE }), ports));
	});

	it('who would have to wait too long behind somebody with more patience', async () => {
		const { clock, lane, ports, portsOf } = openLane();
		lane.settle(ticketOf(await lane.enter(want(100), ports)), OK, ports);
		const patient = lane.enter(want(1), portsOf());
		expect(await lane.enter(want(1, { deadlineMs: NOON + 10 }), ports)).toMatchObject({
			kind: 'tooLate',
		});
		expect(clock.now()).toBe(NOON);
		ticketOf(await patient);
	});

	it('who stands in the queue when somebody with more patience begins to wait', async () => {
		const { clock, slots, lane, ports, portsOf } = openLane();
		const first = ticketOf(await lane.enter(want(100), ports));
		const patient = lane.enter(want(60), portsOf());
		const hurried = [1, 2].map(
			async () => await lane.enter(want(1, { deadlineMs: NOON + 10 }), ports),
		);
		await clock.sleep(5);
		lane.settle(first, OK, ports);
		expect(await Promise.all(hurried)).toMatchObject([{ kind: 'tooLate' }, { kind: 'tooLate' }]);
		expect(clock.now()).toBe(NOON + 5);
		lane.settle(ticketOf(await patient), OK, ports);
		ticketOf(await lane.enter(want(40), ports));
		expect(clock.now()).toBe(NOON + MINUTE);
		expect(slots.isIdle).toBe(false);
	});

	it('for whom nothing is left to do by their turn', async () => {
		const { lane, ports } = openLane({ parallel: 1 });
		let isOver = false;
		const first = ticketOf(await lane.enter(want(1), ports));
		const waits = [1, 2].map(
			async () => await lane.enter(want(1, { isOver: () => isOver }), ports),
		);
		await new Promise((resolve) => setImmediate(resolve));
		isOver = true;
		lane.settle(first, OK, ports);
		expect(await Promise.all(waits)).toMatchObject([{ kind: 'nothing' }, { kind: 'nothing' }]);
	});
});

describe('A lane after a 420', () => {
	it('pauses for all, longer each time, with jitter', async () => {
		const { clock, lane, ports } = openLane();
		const pauses: number[] = [];
		for (let hit = 0; hit < 8; hit++) {
			lane.settle(ticketOf(await lane.enter(want(1), ports)), PARALLEL_LIMIT, ports);
			const before = clock.now();
			const ticket = ticketOf(await lane.enter(want(1), ports));
			pauses.push(clock.now() - before);
			lane.settle(ticket, DROPPED, ports);
		}
		pauses.forEach((pause, hit) => {
			const longest = Math.min(15_000, 500 * 2 ** hit);
			expect(pause).toBeLessThanOrEqual(longest + 1);
			expect(pause).toBeGreaterThanOrEqual(longest / 2 - 1);
		});
	});

	it('pauses briefly again once something went through', async () => {
		const { clock, lane, ports } = openLane();
		const settleNext = async (answer: typeof OK) => {
			lane.settle(ticketOf(await lane.enter(want(1), ports)), answer, ports);
		};
		for (const answer of [PARALLEL_LIMIT, PARALLEL_LIMIT, PARALLEL_LIMIT, OK, PARALLEL_LIMIT])
			await settleNext(answer);
		const before = clock.now();
		await settleNext(OK);
		expect(clock.now() - before).toBeLessThanOrEqual(500);
		expect(clock.now() - before).toBeGreaterThanOrEqual(250);
	});

	it('does not let out those who were waiting for a place', async () => {
		const { clock, lane, ports } = openLane({ parallel: 2 });
		const tickets = [
			ticketOf(await lane.enter(want(1), ports)),
			ticketOf(await lane.enter(want(1), ports)),
		];
		const third = lane.enter(want(1), ports);
		for (const ticket of tickets) lane.settle(ticket, PARALLEL_LIMIT, ports);
		ticketOf(await third);
		expect(clock.now()).toBeGreaterThanOrEqual(NOON + 500);
	});
});

describe("What a lane knows of the Market's clock", () => {
	const date = new Date(NOON - 3_600_000).toUTCString();
	const learn = async (answer: MarketReply) => {
		const { lane, ports } = openLane();
		lane.settle(ticketOf(await lane.enter(want(1), ports)), answer, ports);
		return lane.clockOffset.least;
	};

	it.each<[string, MarketReply]>([
		[
			"a gateway's page",
			{ kind: 'reply', status: 502, headers: { date }, body: '<html>Bad Gateway</html>' },
		],
		[
			"a gateway's JSON",
			{ kind: 'reply', status: 403, headers: { date }, body: { message: 'Forbidden' } },
		],
		['nothing', { kind: 'reply', status: 504, headers: { date }, body: null }],
	])('is not learnt from %s', async (_, answer) => {
		expect(await learn(answer)).toBe(-Infinity);
	});

	it.each<[string, MarketReply]>([
		['a success', { ...OK, headers: { date } }],
		['a refusal', refusal(400, 'No', { date })],
		[
			'a quota',
			{
				kind: 'reply',
				status: 503,
				headers: { date, 'x-ratelimit-resource-limit': '5' },
				body: '',
			},
		],
	])('is learnt from %s', async (_, answer) => {
		expect(await learn(answer)).toBe(-3_600_000);
	});
});
