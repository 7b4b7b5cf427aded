import fc from 'fast-check';

import type { MarketRequest, Send } from '../../../market/wire/ports';
import type { Outcome } from '../../../market/write/outcome';
import { seededRandom } from '../../../sandbox';
import { VirtualClock } from '../../../lab/time/virtualClock';
import { DROPPED, OK, refusal } from '../../support/answers';
import { virtualPorts } from '../../support/virtualPorts';
import { sendStock, skusOf, someRecords } from './sending';

/** How a Market answers that names nobody. */
interface World {
	records: number;
	/** Positions of the records that it refuses. */
	bad: number[];
	/** How many of these its message names, one at a time and not always. */
	named: number;
	maxItems: number;
	/** Part of all requests that it refuses although it would accept each of their records, or that get no answer. */
	wrongly: number;
	lost: number;
	latencyMs: number;
	seed: number;
}

const RECORDS = 400;

const world: fc.Arbitrary<World> = fc.record({
	records: fc.integer({ min: 1, max: RECORDS }),
	bad: fc.oneof(
		fc.uniqueArray(fc.nat({ max: RECORDS - 1 }), { maxLength: 30 }),
		// Side by side.
		fc
			.tuple(fc.nat({ max: RECORDS - 1 }), fc.integer({ min: 1, max: 60 }))
			.map(([from, length]) => Array.from({ length }, (_, index) => from + index)),
	),
	named: fc.constantFrom(0, 0, 3),
	maxItems: fc.integer({ min: 1, max: RECORDS }),
	wrongly: fc.constantFrom(0, 0, 0.05, 0.3, 0.9),
	lost: fc.constantFrom(0, 0, 0.05, 0.2, 0.75),
	latencyMs: fc.constantFrom(0, 300),
	seed: fc.nat(),
});

interface Answered {
	skus: string[];
	what: 'accepted' | 'refused' | 'lost';
}

/** All requests in the order of their answers, and what the sender says became of each record. */
async function happen(world: World): Promise<{ outcomes: Outcome[]; answered: Answered[] }> {
	const { records, bad, named, maxItems, wrongly, lost, latencyMs, seed } = world;
	const clock = new VirtualClock();
	const random = seededRandom(seed);
	const all = someRecords(records);
	const badSkus = new Set(bad.flatMap((at) => all[at]?.sku ?? []));
	const namedSkus = [...badSkus].slice(0, named);
	const answered: Answered[] = [];
	const send: Send = async (request: MarketRequest) => {
		const skus = skusOf(request);
		const isBad = skus.some((sku) => badSkus.has(sku)) || random() < wrongly;
		if (latencyMs > 0) await clock.sleep(latencyMs * (0.5 + random()));
		const what = random() < lost ? 'lost' : isBad ? 'refused' : 'accepted';
		answered.push({ skus, what });
		if (what === 'lost') return DROPPED;
		if (what === 'accepted') return OK;
		const sku = random() < 0.5 ? namedSkus.find((one) => skus.includes(one)) : undefined;
		return refusal(
			400,
			sku ? `Stock for '${sku}' is not allowed` : 'Request contains invalid data',
		);
	};
	const { outcomes } = await sendStock(all, virtualPorts(send, { clock, seed }), maxItems);
	return { outcomes, answered };
}

describe('The search for what the Market refuses without a name', () => {
	it('ends whatever the answers, loses none, repeats none, and blames none that was not refused alone', async () => {
		await fc.assert(
			fc.asyncProperty(world, async (world) => {
				const { outcomes, answered } = await happen(world);
				const all = someRecords(world.records);
				const bad = new Set(world.bad);
				const alone = new Set(
					answered.flatMap(({ skus, what }) =>
						skus.length === 1 && what === 'refused' ? skus : [],
					),
				);
				const accepted = answered.flatMap(({ skus, what }) => (what === 'accepted' ? skus : []));
				const held = new Set(accepted);
				expect(held.size).toBe(accepted.length);
				const lost = new Set(answered.flatMap(({ skus, what }) => (what === 'lost' ? skus : [])));
				for (const [at, { sku }] of all.entries()) {
					const outcome = outcomes[at];
					const isAccepted = outcome?.status === 'accepted';
					expect({ sku, isAccepted }).toEqual({ sku, isAccepted: held.has(sku) });
					if (outcome?.status !== 'failed') continue;
					const { reason } = outcome.refusal;
					const wasTried = reason.includes('invalid data') && !reason.includes('not tried');
					expect({ sku, reason, isBlamed: wasTried && !alone.has(sku) }).toMatchObject({
						isBlamed: false,
					});
					// There is no such limit: nothing was forgotten.
					expect(reason).not.toContain('Maximum Wait');
					expect(outcome.applied).toBe(lost.has(sku) ? 'unknown' : 'no');
					if (world.wrongly + world.lost === 0)
						expect({ sku, isBad: bad.has(at) }).toEqual({ sku, isBad: true });
				}
			}),
			{ numRuns: 300 },
		);
	}, 120_000);
});
