import fc from 'fast-check';

import { codeOf, type Json } from './support/flowSteps';

const FLOW = 'every-15-minutes-changes-only';
const onlyWhatChanged = codeOf(FLOW, 'Only What Changed');
const knownNow = codeOf(FLOW, 'Known Now');

const STORE = '21000001';
const SKUS = ['A', 'B'];
const START_MS = Date.UTC(2026, 10, 25);

/** What becomes of a balance that is sent. */
const OUTCOMES = {
	accepted: { isApplied: true, says: { status: 'accepted' } },
	refused: { isApplied: false, says: { status: 'failed' } },
	takenWithoutReply: { isApplied: true, says: { status: 'failed', mayBeHeld: true } },
	lost: { isApplied: false, says: { status: 'failed', mayBeHeld: true } },
} as const;

type Outcome = keyof typeof OUTCOMES;

/** The file, the data table and the Market, and the runs of the flow that go on between them. */
class World {
	readonly file = new Map(SKUS.map((sku) => [sku, '1']));
	readonly held = new Map<string, { stock: string; moment: string }>();
	private readonly table: Json[] = [];
	private nowMs = START_MS;

	/** A run at its start: it has read the table and the file. */
	begin(): Run {
		this.nowMs += 100;
		const rows = Array.from(this.file, ([sku, stock]) => ({ sku, stock }));
		const steps = { 'Known of the Last Day': [...this.table] };
		const params = { 'Update Stocks': { store: { value: STORE } } };
		return new Run(this, onlyWhatChanged({ input: rows, steps, params, nowMs: this.nowMs }));
	}

	note(rows: readonly Json[]): void {
		this.table.push(...rows);
	}

	/** As the Market does it: the balance of the later moment stays. */
	apply({ sku, stock, moment }: Json): void {
		const held = this.held.get(sku as string);
		if (!held || held.moment <= (moment as string))
			this.held.set(sku as string, { stock, moment } as never);
	}

	/** One run that nothing disturbs. @returns what it has sent */
	undisturbed(): string[] {
		const run = this.begin();
		while (run.step(() => 'accepted'));
		return run.changes.map(({ sku }) => sku as string);
	}
}

/** A run of the flow, step by step. One that is stopped simply goes no further. */
class Run {
	private stepsDone = 0;
	private answered: Json[] = [];

	constructor(
		private readonly world: World,
		readonly changes: readonly Json[],
	) {}

	/** Does the next step. @returns whether there was one */
	step(outcomeOf: (place: number) => Outcome): boolean {
		const { world, changes } = this;
		if (changes.length === 0) return false;
		const done = this.stepsDone++;
		if (done === 0) {
			const { store, moment } = changes[0] as Json;
			world.note([{ sku: '', stock: 'begun', store, moment }]);
			return true;
		}
		const change = changes[done - 1];
		if (change) {
			const { isApplied, says } = OUTCOMES[outcomeOf(done - 1)];
			if (isApplied) world.apply(change);
			this.answered.push({ ...says, sku: change.sku, input: change });
			return true;
		}
		if (done > changes.length + 1) return false;
		world.note(
			knownNow({
				input: this.answered,
				steps: { 'Only What Changed': changes },
				params: { 'Update Stocks': {} },
				nowMs: START_MS,
			}),
		);
		return true;
	}
}

const stocks = (world: World) =>
	Object.fromEntries(Array.from(world.held, ([sku, { stock }]) => [sku, stock]));

describe('every-15-minutes-changes-only', () => {
	it('after runs that were stopped, overlapped or got no reply: the next one makes the Market right, and the one after sends nothing', () => {
		const sku = fc.constantFrom(...SKUS);
		const event = fc.oneof(
			fc.record({ edit: sku, stock: fc.constantFrom('1', '2') }),
			fc.record({ begin: fc.constant(true) }),
			fc.record({
				step: fc.nat(1),
				outcome: fc.constantFrom(...(Object.keys(OUTCOMES) as Outcome[])),
			}),
			fc.record({ stop: fc.nat(1) }),
		);
		fc.assert(
			fc.property(fc.array(event, { maxLength: 40 }), (events) => {
				const world = new World();
				world.undisturbed();
				const runs: Run[] = [];
				for (const one of events) {
					if ('edit' in one) world.file.set(one.edit, one.stock);
					else if ('begin' in one) runs.push(world.begin());
					else if ('step' in one) runs[one.step % (runs.length || 1)]?.step(() => one.outcome);
					else runs.splice(one.stop, 1);
				}
				world.undisturbed();
				expect(stocks(world)).toEqual(Object.fromEntries(world.file));
				// What is still under way is older.
				for (const run of runs) while (run.step(() => 'accepted'));
				world.undisturbed();
				expect(stocks(world)).toEqual(Object.fromEntries(world.file));
				expect(world.undisturbed()).toEqual([]);
			}),
			{ numRuns: 2_000 },
		);
	});

	it('sends 5 again after 7 was taken without a reply', () => {
		const world = new World();
		world.undisturbed();
		world.file.set('A', '7');
		const run = world.begin();
		while (run.step(() => 'takenWithoutReply'));
		world.file.set('A', '1');
		expect(world.undisturbed()).toContain('A');
		expect(stocks(world)).toMatchObject({ A: '1' });
	});

	it('knows the balance of the later run, even if an earlier one ends after it', () => {
		const world = new World();
		world.undisturbed();
		world.file.set('A', '7');
		const earlier = world.begin();
		world.file.set('A', '2');
		world.undisturbed();
		while (earlier.step(() => 'accepted'));
		expect(stocks(world)).toMatchObject({ A: '2' });
		world.file.set('A', '7');
		expect(world.undisturbed()).toEqual(['A']);
		expect(stocks(world)).toMatchObject({ A: '7' });
	});

	it('sends no more than what changed after a balance was refused', () => {
		const world = new World();
		world.undisturbed();
		world.file.set('A', '-2');
		const run = world.begin();
		while (run.step(() => 'refused'));
		expect(world.begin().changes.map(({ sku }) => sku)).toEqual(['A']);
		world.file.set('A', '1');
		expect(world.undisturbed()).toEqual([]);
	});

	it('does not take one of several rows of a SKU for its balance', () => {
		const steps = { 'Known of the Last Day': [] as Json[] };
		const params = { 'Update Stocks': { store: { value: STORE } } };
		const changed = (...rows: Json[]) =>
			onlyWhatChanged({ input: rows, steps, params, nowMs: START_MS });
		const [two, three] = [
			{ sku: 'A', stock: '2' },
			{ sku: 'A', stock: '3' },
		];
		const changes = changed(two, three);
		const answered = changes.map((input) => ({ status: 'accepted', sku: 'A', input }));
		steps['Known of the Last Day'] = knownNow({
			input: answered,
			steps: { 'Only What Changed': changes },
			params,
			nowMs: START_MS,
		});
		expect(changed(three)).toMatchObject([three]);
	});

	it('takes a moment that is later than that of every earlier run, even if the clock was set back', () => {
		const params = { 'Update Stocks': { store: { value: STORE } } };
		const noted = [
			{ sku: '', stock: 'begun', store: STORE, moment: new Date(START_MS).toISOString() },
		];
		const steps = { 'Known of the Last Day': noted };
		const [row] = onlyWhatChanged({
			input: [{ sku: 'A', stock: '2' }],
			steps,
			params,
			nowMs: START_MS - 60_000,
		});
		expect(row?.moment).toBe(new Date(START_MS + 1).toISOString());
	});

	it('takes the columns that Update Stocks names, and keeps what is known by SKU', () => {
		const params = {
			'Update Stocks': { store: { value: STORE }, skuField: 'Артикул', stockField: 'Остаток' },
		};
		const steps = { 'Known of the Last Day': [] as Json[] };
		const changed = () =>
			onlyWhatChanged({
				input: [{ Артикул: 'A', Остаток: '2', lineInFile: 7 }],
				steps,
				params,
				nowMs: START_MS,
			});
		const changes = changed();
		expect(changes).toMatchObject([{ Артикул: 'A', Остаток: '2', lineInFile: 7, store: STORE }]);
		steps['Known of the Last Day'] = knownNow({
			input: changes.map((input) => ({ status: 'accepted', sku: 'A', input })),
			steps: { 'Only What Changed': changes },
			params,
			nowMs: START_MS,
		});
		expect(steps['Known of the Last Day']).toMatchObject([{ sku: 'A', stock: '2' }, { sku: '' }]);
		expect(changed()).toEqual([]);
	});

	it('hands on numbers as the source has them: as a text, 1.234 kg could be 1234', () => {
		const params = { 'Update Stocks': { store: { value: STORE } } };
		const steps = { 'Known of the Last Day': [] as Json[] };
		const row = { sku: 4600000000000, stock: 1.234 };
		const changed = () => onlyWhatChanged({ input: [row], steps, params, nowMs: START_MS });
		const changes = changed();
		expect(changes).toMatchObject([row]);
		steps['Known of the Last Day'] = knownNow({
			input: changes.map((input) => ({ status: 'accepted', sku: '4600000000000', input })),
			steps: { 'Only What Changed': changes },
			params,
			nowMs: START_MS,
		});
		expect(steps['Known of the Last Day'][0]).toMatchObject({
			sku: '4600000000000',
			stock: '1.234',
		});
		expect(changed()).toEqual([]);
	});

	it('hands on a row that could not be read, so that Update Stocks names it', () => {
		const row = { notRead: 'it has 3 cells', lineInFile: 7 };
		const params = { 'Update Stocks': { store: { value: STORE } } };
		const changes = onlyWhatChanged({
			input: [{ sku: 'A', stock: '2' }, row],
			steps: { 'Known of the Last Day': [] },
			params,
			nowMs: START_MS,
		});
		expect(changes[1]).toMatchObject(row);
	});

	it.each(['0', '0,000', '0.00', '-0'])('takes %s for zero', (zero) => {
		const params = { 'Update Stocks': { store: { value: STORE } } };
		const input = ['A', 'B'].map((sku) => ({ sku, stock: zero }));
		const steps = { 'Known of the Last Day': [] };
		expect(() => onlyWhatChanged({ input, steps, params, nowMs: START_MS })).toThrow(
			'2 of 2 balances are zero',
		);
	});
});
