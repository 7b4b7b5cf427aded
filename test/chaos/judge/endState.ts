import type { Played, PlayedStep } from '../play/stage';
import type { Meaning } from '../scenario/rows';
import type { Complaint } from './complaint';
import { readTold, type Fate, type Told } from './told';

type Value = Meaning['value'] | null;

/** Number of keys that one complaint names. */
const NAMED = 3;

/**
 * Compares what the Market holds in the end with what the users were told. The model knows nothing of the product: for
 * each SKU in a store or warehouse it keeps the set of values that the Market may hold, and each run in turn changes that
 * set by what it said about the items.
 */
export function judgeEndState({
	scenario,
	steps,
	held,
}: Pick<Played, 'scenario' | 'steps' | 'held'>): Complaint[] {
	const complaints: Complaint[] = [];
	const may = new Map<string, Set<Value>>();
	const valuesOf = (key: string) => {
		let values = may.get(key);
		if (!values) may.set(key, (values = new Set<Value>([isHiding ? false : null])));
		return values;
	};
	const isHiding = steps.some(({ step }) => !step.job.startsWith('update'));
	for (const { key, value } of scenario.before) may.set(key, new Set([value]));

	for (const [index, played] of steps.entries()) {
		const { step, result } = played;
		const told: Told | undefined = result && readTold(step, result);
		if (told)
			complaints.push(
				...told.complaints.map(({ failing, text }) => ({
					failing,
					text: `run ${index + 1}: ${text}`,
				})),
			);
		else complaints.push({ failing: 'untold', text: `run ${index + 1} said nothing of its items` });
		const before = new Map(
			step.rows.flatMap(({ meaning }) => (meaning ? [[meaning.key, valuesOf(meaning.key)]] : [])),
		);
		step.rows.forEach(({ meaning }, item) => {
			const fate = told?.fates[item];
			const wrong = wrongFate(fate, meaning);
			if (wrong)
				complaints.push({ failing: 'wrong', text: `run ${index + 1}, item ${item}: ${wrong}` });
			if (!meaning) return;
			may.set(meaning.key, after(valuesOf(meaning.key), fate, meaning.value));
		});
		if (told?.counts && index === steps.length - 1)
			complaints.push(...judgeCounts(played, told.counts, before, held));
	}

	const bad = [...may].filter(([key, values]) => !values.has(held(key)));
	if (bad.length > 0) {
		const named = bad
			.slice(0, NAMED)
			.map(([key, values]) => `${key}: ${held(key)}, not ${[...values].join(' or ')}`);
		complaints.push({
			failing: 'wrong',
			text: `the Market holds what nobody was told for ${bad.length} SKUs: ${named.join('; ')}`,
		});
	}
	return complaints;
}

/** An accepted item must be one that can be sent, with the number that it means; a skipped one must not be. */
function wrongFate(fate: Fate | undefined, meaning: Meaning | undefined): string | undefined {
	if (!fate || fate.status === 'not sent') return undefined;
	if (fate.status === 'skipped') return meaning && 'skipped, but it means something';
	if (!meaning) return 'accepted, but it means nothing';
	if (fate.count === undefined || fate.count === meaning.value) return undefined;
	return `accepted as ${fate.count}, but it means ${meaning.value}`;
}

/** What the Market may hold after a run has said this about an item. */
function after(values: ReadonlySet<Value>, fate: Fate | undefined, value: Value): Set<Value> {
	switch (fate?.status) {
		case 'accepted':
			return new Set([value]);
		case 'skipped':
			return new Set(values);
		case 'not sent':
			return fate.mayBeHeld ? new Set([...values, value]) : new Set(values);
		default:
			return new Set([...values, value]);
	}
}

/** If a run gave only counts of items: at least this many of them, and at most that many, are held. */
function judgeCounts(
	{ step }: PlayedStep,
	{ accepted, mayBeHeld }: NonNullable<Told['counts']>,
	before: ReadonlyMap<string, ReadonlySet<Value>>,
	held: Played['held'],
): Complaint[] {
	const meanings = step.rows.flatMap(({ meaning }) => (meaning ? [meaning] : []));
	const holding = meanings.filter(({ key, value }) => held(key) === value);
	const surely = holding.filter(({ key, value }) => !before.get(key)?.has(value));
	if (holding.length < accepted) {
		return [
			{
				failing: 'wrong',
				text: `${accepted} items are reported as accepted, but the Market holds ${holding.length}`,
			},
		];
	}
	if (surely.length > accepted + mayBeHeld) {
		const told = `${accepted} items are reported as accepted and ${mayBeHeld} as doubtful`;
		return [{ failing: 'wrong', text: `${told}, and the Market holds ${surely.length}` }];
	}
	return [];
}
