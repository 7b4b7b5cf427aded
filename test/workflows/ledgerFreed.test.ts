import { generateCatalogue, startSandbox, STORES, type Sandbox } from '../../sandbox';
import { LeapingClock } from '../support/leapingClock';
import { nodesOn } from '../support/nodeRuns';
import { skuOf } from '../support/useSandbox';
import { order, useLedger } from './support/ledger';
import { sendBy } from './support/ledgerSend';

const { campaignId } = STORES.fbs;
const SKU = skuOf(1);
const MINUTE_MS = 60_000;

/** So many minutes after a cancellation the Market has its units for sale again. */
const FREES_AFTER = 3;

/** By then nothing is kept back any more, whatever happened. */
const LAST_MINUTE = 45;

const WITHIN_MS = 60_000;

const ledger = useLedger();
const clock = new LeapingClock();
let sandbox: Sandbox;

beforeEach(async () => {
	// The nodes' clock is the Market's.
	jest.spyOn(Date, 'now').mockImplementation(() => clock.now());
	sandbox = await startSandbox({
		clock,
		catalogue: generateCatalogue(1),
		switches: { freeingDelayMs: FREES_AFTER * MINUTE_MS },
	});
	brought = 0;
	orders.clear();
});
afterEach(async () => {
	jest.restoreAllMocks();
	await sandbox.stop();
});

/** What truly is there, and what orders truly hold of it. */
let brought: number;
const orders = new Map<number, number>();
const truth = () =>
	Math.max(
		0,
		[...orders.values()].reduce((left, held) => left - held, brought),
	);

const shown = () => sandbox.market.offer(campaignId, SKU).available ?? 0;
const send = async () => await sendBy(ledger(), sandbox, clock.now());

const book = async (kind: 'receipt' | 'sale', units: number) => {
	brought += kind === 'sale' ? -units : units;
	await ledger().book(kind, `${clock.now()}`, { [SKU]: units });
};

/** The ledger hears of the order as it is now. */
const hear = async (orderId: number) => {
	const [held, found] = [orders.get(orderId) ?? 0, sandbox.market.orders()];
	const { lines, updatedAt, status } = found.find((one) => one.orderId === orderId)!;
	await ledger().takeOrder(
		order(
			String(orderId),
			0,
			{},
			{
				status,
				version: new Date(updatedAt).toISOString(),
				lines: lines.map(({ sku, ordered }) => ({ sku, count: ordered, held })),
			},
		),
	);
};
const buy = (units: number) => {
	const { orderId } = sandbox.market.placeOrder(campaignId, [{ sku: SKU, count: units }]);
	orders.set(orderId, units);
	return orderId;
};
const bought = async (units: number) => {
	const orderId = buy(units);
	await hear(orderId);
	return orderId;
};
const cancel = (orderId: number) => {
	sandbox.market.cancelOrder(orderId);
	orders.set(orderId, 0);
};
const cancelled = async (orderId: number) => {
	cancel(orderId);
	await hear(orderId);
};
const night = async () => {
	const rows = await ledger().allToSend();
	const { status } = await nodesOn(sandbox).update(
		rows.map((row) => ({ ...row })),
		{ options: { updatedAtField: 'updatedAt' } },
	);
	expect(status).toBe('success');
};

/** What happens in which minute. Every minute the flow ledger-send runs, after that. */
type Story = () => Record<number, () => Promise<unknown> | void>;

/**
 * Plays a story minute by minute.
 *
 * @returns the minutes in which the Market showed more units than there were: when it had done what was due by itself, or
 * after sending; and what it showed at the end
 */
async function play(story: Story) {
	const happenings = story();
	const tooMany: Record<'byItself' | 'afterSending', number[]> = { byItself: [], afterSending: [] };
	for (let minute = 0; minute <= LAST_MINUTE; minute++) {
		if (shown() > truth()) tooMany.byItself.push(minute);
		await happenings[minute]?.();
		await send();
		if (shown() > truth()) tooMany.afterSending.push(minute);
		clock.leapTo(clock.now() + MINUTE_MS);
		await ledger().pass(MINUTE_MS);
		// The Market does what is due.
		await new Promise(setImmediate);
	}
	return { tooMany, shown: shown(), truth: truth() };
}

it.each<[string, number, Story]>([
	[
		'a cancelled order',
		1,
		() => {
			let id: number;
			return {
				0: () => book('receipt', 1),
				1: async () => (id = await bought(1)),
				2: () => cancelled(id),
			};
		},
	],
	[
		'a cancelled order that is heard of late',
		10,
		() => {
			let id: number;
			return {
				0: () => book('receipt', 10),
				1: async () => (id = await bought(2)),
				2: () => cancel(id),
				9: () => hear(id),
			};
		},
	],
	[
		'an order that is heard of only after its end, when the balance was sent meanwhile',
		20,
		() => {
			let id: number;
			return {
				0: () => book('receipt', 10),
				1: () => void (id = buy(2)),
				2: async () => {
					cancel(id);
					await book('receipt', 10);
				},
				4: () => hear(id),
			};
		},
	],
	[
		'an order that ended long before it is heard of',
		10,
		() => {
			let id: number;
			return {
				0: async () => {
					await book('receipt', 10);
					await send();
					cancel((id = buy(2)));
					clock.leapTo(clock.now() + 5 * 60 * MINUTE_MS);
					await new Promise(setImmediate);
					await hear(id);
				},
			};
		},
	],
	[
		'orders that are cancelled again and again',
		10,
		() => {
			const ids: number[] = [];
			return {
				0: () => book('receipt', 10),
				1: async () => {
					for (let number = 0; number < 5; number++) ids.push(await bought(2));
				},
				...Object.fromEntries([2, 8, 14, 20, 26].map((at) => [at, () => cancelled(ids.pop()!)])),
			};
		},
	],
	[
		'a cancelled order, while the shop sells, goods come in, others order, and the night sends all',
		13,
		() => {
			let id: number;
			return {
				0: () => book('receipt', 10),
				1: async () => (id = await bought(4)),
				2: () => cancelled(id),
				3: () => book('sale', 1),
				4: night,
				6: night,
				8: async () => await bought(1),
				10: () => book('receipt', 5),
			};
		},
	],
])(
	'after %s the Market never shows a unit twice, and %i in the end',
	async (_, end, story) => {
		expect(await play(story)).toEqual({
			tooMany: { byItself: [], afterSending: [] },
			shown: end,
			truth: end,
		});
	},
	WITHIN_MS,
);

it(
	'a unit that the Market puts up for sale although it is sold elsewhere is gone with the next sending',
	async () => {
		const played = await play(() => {
			let id: number;
			return {
				0: () => book('receipt', 1),
				1: async () => (id = await bought(1)),
				2: () => book('sale', 1),
				4: () => cancelled(id),
			};
		});
		expect(played).toEqual({
			tooMany: { byItself: [4 + FREES_AFTER], afterSending: [] },
			shown: 0,
			truth: 0,
		});
	},
	WITHIN_MS,
);
