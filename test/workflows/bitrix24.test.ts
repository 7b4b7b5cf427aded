import { readFileSync } from 'node:fs';
import path from 'node:path';

import fc from 'fast-check';

import { codeOf, stepOf, type Json } from './support/flowSteps';

const FLOW = 'bitrix24';
const STEPS = path.join(__dirname, '..', '..', 'workflows', 'steps');
const balances = codeOf(FLOW, 'Balances of Bitrix24');

const PAGE = 3;
const START = '2026-11-25T10:00:00.000Z';

/** What happens before a page of a list is read. */
type Event =
	| { kind: 'add' | 'delete' | 'change'; id: number; quantity: number }
	/** The page has no more rows than this. */
	| { kind: 'cut'; rows: number };

/** A portal, whose goods may be others at each page that is read. */
class Portal {
	/** Every quantity that a good has had, the latest last. */
	readonly had: Map<number, number[]>;
	readonly everDeleted = new Set<number>();
	wasCutToNothing = false;

	constructor(
		private readonly now: Map<number, number>,
		private readonly events: Event[][],
	) {
		this.had = new Map([...now].map(([id, quantity]) => [id, [quantity]]));
	}

	/** All pages of a list, read as the step Goods does it: each after the last ID of the one before. */
	read(owns: (id: number) => boolean): Json[] {
		const pages: Json[] = [];
		for (let after = 0; ;) {
			const most = this.happen(this.events.shift() ?? []);
			const found = [...this.now.keys()].filter((id) => owns(id) && id > after);
			const ids = found.sort((one, other) => one - other).slice(0, most);
			this.wasCutToNothing ||= ids.length === 0 && found.length > 0;
			const products = ids.map((id) => ({ id, type: 1, quantity: this.now.get(id) }));
			pages.push({ result: { products }, total: found.length });
			if (ids.length === 0 || ids.length === found.length) return pages;
			after = ids.at(-1)!;
		}
	}

	/** @returns how many rows the next page may have */
	private happen(events: readonly Event[]): number {
		let most = PAGE;
		for (const event of events) {
			if (event.kind === 'cut') most = Math.min(most, event.rows);
			else this.turn(event);
		}
		return most;
	}

	private turn({ kind, id, quantity }: Exclude<Event, { kind: 'cut' }>): void {
		if (kind === 'delete') {
			if (this.now.delete(id)) this.everDeleted.add(id);
			return;
		}
		if (this.now.has(id) !== (kind === 'change')) return;
		this.now.set(id, quantity);
		this.had.set(id, [...(this.had.get(id) ?? []), quantity]);
	}
}

const ids = fc.integer({ min: 1, max: 20 });
const quantities = fc.integer({ min: 0, max: 9 });
const events = fc.oneof(
	fc.record({
		kind: fc.constantFrom('add' as const, 'delete' as const, 'change' as const),
		id: ids,
		quantity: quantities,
	}),
	fc.record({ kind: fc.constant('cut' as const), rows: fc.integer({ min: 0, max: 2 }) }),
);

/** What is sent: the quantity of each good by its ID, or undefined if nothing is, because a list was not whole. */
function sentFrom(lists: Json[][]): Map<number, unknown> | undefined {
	const steps = {
		'Catalogues to Read': [{ skuFields: ['id'], stores: [] }],
		'Every Hour': [{ timestamp: START }],
		Goods: lists.flat(),
	};
	const origins = { Goods: lists.flatMap((pages, list) => pages.map(() => list)) };
	try {
		const rows = balances({ input: [], steps, origins, nowMs: 0 });
		expect(new Set(rows.map(({ sku }) => sku)).size).toBe(rows.length);
		return new Map(rows.map(({ id, available }) => [id as number, available]));
	} catch (error) {
		expect((error as Error).message).toMatch(/^Bitrix24 gave .* goods: nothing was sent/);
		return undefined;
	}
}

it('sends every good with a number that it had, or nothing, whatever happens while two lists are read', () => {
	fc.assert(
		fc.property(
			fc.uniqueArray(fc.tuple(ids, quantities), { minLength: 1, selector: ([id]) => id }),
			fc.array(fc.array(events, { maxLength: 3 }), { maxLength: 8 }),
			(goods, happening) => {
				const portal = new Portal(new Map(goods), happening);
				const lists = [0, 1].map((list) => portal.read((id) => id % 2 === list));
				const sent = sentFrom(lists);
				if (portal.wasCutToNothing) return expect(sent).toBeUndefined();
				if (!sent) return expect(portal.everDeleted.size).toBeGreaterThan(0);
				const stayed = goods.map(([id]) => id).filter((id) => !portal.everDeleted.has(id));
				expect(stayed.filter((id) => !sent.has(id))).toEqual([]);
				const isHad = ([id, quantity]: [number, unknown]) =>
					portal.had.get(id)?.includes(quantity as number);
				expect([...sent].filter((row) => !isHad(row))).toEqual([]);
			},
		),
		{ numRuns: 2_000 },
	);
});

it.each([
	['Balances of Bitrix24', 'balancesOfBitrix24.js'],
	['Catalogues to Read', 'cataloguesOfBitrix24.js'],
])('has in %s the code of workflows/steps, which "npm run steps" puts there', (step, file) => {
	const code = readFileSync(path.join(STEPS, file), 'utf8');
	expect(stepOf(FLOW, step).parameters.jsCode).toBe(code);
});
