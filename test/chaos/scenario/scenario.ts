import type { INode, INodeParameters } from 'n8n-workflow';

import { extraStores, seededRandom, STORES, type Random, type Switches } from '../../../sandbox';
import { skuOf } from '../../support/useSandbox';
import { planFaults, type FaultPlan } from '../proxy/plan';
import { keyOf, makeRows, type Meaning, type Row } from './rows';

/** Which node, and where it writes. */
export type Job = 'update stores' | 'update warehouses' | 'hide' | 'unhide';

/** How the credential signs in. `own key` is a token of a shape unlike the Market's. */
export type SignIn = 'Api-Key' | 'own key' | 'OAuth2' | 'OAuth2, run out';

/** One run of one node. */
export interface Step {
	job: Job;
	rows: readonly Row[];
	options: INodeParameters;
	onError: INode['onError'];
	/** Milliseconds from the end of the step before it; from its start if `isBeside`. */
	gapMs: number;
	isBeside: boolean;
}

/** A whole story, determined by a seed alone. */
export interface Scenario {
	seed: number;
	/** One line for people. */
	summary: string;
	signIn: SignIn;
	switches: Partial<Switches>;
	/** What the Market holds beforehand. */
	before: readonly Meaning[];
	steps: readonly Step[];
	faults: FaultPlan;
}

/** Offers of the sandbox. */
export const CATALOGUE_SIZE = 3_000;

/** Stores in addition to the fixed ones. */
export const EXTRA_STORES = extraStores(2);

const STORE_PLACES = [STORES.dbs, ...EXTRA_STORES].map(({ campaignId }) => String(campaignId));
const WAREHOUSE_PLACES = [STORES.warehouseFbs, STORES.warehouseDbs, STORES.warehouseExpress].map(
	({ warehouseId }) => String(warehouseId),
);

/** The distance between the values that different steps send. */
const VALUES_OF_STEP = 100_000;
const MINUTE_MS = 60_000;

/** Makes a scenario from a seed: always the same one. */
export function scenarioOf(seed: number): Scenario {
	const random = seededRandom(seed * 7_919 + 1);
	const isWarehouses = random() < 0.3;
	const places = (isWarehouses ? WAREHOUSE_PLACES : STORE_PLACES).slice(
		0,
		1 + Math.floor(random() * 3),
	);
	const skus = skusFor(random);
	const stepCount = pick([1, 1, 1, 2, 2, 3], random);
	const isHiding = !isWarehouses && random() < 0.35;
	const steps = Array.from({ length: stepCount }, (_, index) => {
		const job: Job = isWarehouses
			? 'update warehouses'
			: isHiding
				? pick(['hide', 'unhide'], random)
				: 'update stores';
		return stepOf(job, index, places, skus, random);
	});
	const signIn = pick<SignIn>(
		['Api-Key', 'Api-Key', 'own key', 'OAuth2', 'OAuth2, run out'],
		random,
	);
	const switches = switchesFor(skus, random);
	const faults = planFaults(seed);
	const jobs = steps.map(
		({ job, rows, isBeside }) => `${isBeside ? 'beside it ' : ''}${job} (${rows.length} items)`,
	);
	return {
		seed,
		summary: `${signIn}; ${jobs.join(', then ')}; ${faults.summary}`,
		signIn,
		switches,
		before: stateBefore(isHiding, places, skus, random),
		steps,
		faults,
	};
}

/** Mostly few SKUs, at times enough to fill several requests. */
function skusFor(random: Random): string[] {
	const chance = random();
	const most = chance < 0.75 ? 30 : chance < 0.95 ? 400 : CATALOGUE_SIZE;
	return Array.from({ length: 1 + Math.floor(random() * most) }, (_, index) => skuOf(index + 1));
}

function stepOf(
	job: Job,
	index: number,
	places: readonly string[],
	skus: readonly string[],
	random: Random,
): Step {
	const isUpdate = job.startsWith('update');
	const options: INodeParameters = {};
	const maybe = (chance: number, set: () => void) => {
		if (random() < chance) set();
	};
	maybe(0.2, () => (options.output = 'summary'));
	maybe(0.2, () => (options.includeInputFields = true));
	maybe(0.05, () => (options.dryRun = true));
	maybe(0.1, () => (options.allOrNothing = true));
	maybe(0.3, () => (options.maximumWait = pick([0, 1, 5], random)));
	maybe(0.25, () => (options.verify = pick([0, 1], random)));
	if (isUpdate) {
		maybe(0.4, () => (options.duplicateSkus = pick(['last', 'sum'], random)));
		maybe(0.3, () => (options.fractions = 'roundDown'));
		maybe(0.3, () => (options.negatives = 'zero'));
		maybe(0.2, () => (options.reserve = 1 + Math.floor(random() * 5)));
		maybe(0.1, () => (options.maximumStock = (index + 1) * VALUES_OF_STEP + 50));
	}
	const count = Math.ceil(skus.length * places.length * (0.5 + random() / 2));
	return {
		job,
		options,
		rows: makeRows(
			{
				count: Math.min(count, CATALOGUE_SIZE),
				places,
				skus,
				options,
				firstValue: (index + 1) * VALUES_OF_STEP,
				hidden: isUpdate ? undefined : job === 'hide',
			},
			random,
		),
		onError: pick<INode['onError']>(
			['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'],
			random,
		),
		gapMs: pick([1, 300, 1_500, 10_000, 2 * MINUTE_MS], random),
		// Two simultaneous runs that hide and show the same offers have no right outcome.
		isBeside: isUpdate && index > 0 && random() < 0.4,
	};
}

function switchesFor(skus: readonly string[], random: Random): Partial<Switches> {
	const switches: Partial<Switches> = {};
	if (random() < 0.15) {
		switches.poisonedSkus = Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({
			sku: pick(skus, random),
			naming: pick(['named', 'listed', 'unnamed'] as const, random),
		}));
	}
	if (random() < 0.1) switches.quotas = pick([0.05, 0.2], random);
	if (random() < 0.1) switches.clockSkewMs = pick([-5, 5, -0.02, 0.02], random) * MINUTE_MS;
	if (random() < 0.1) switches.visibilityDelayMs = MINUTE_MS / 2;
	if (random() < 0.1) switches.phantomParallel = 1 + Math.floor(random() * 2);
	if (random() < 0.2) switches.subscription = 'MEDIUM';
	return switches;
}

/** Half of what may be written to already has a state. */
function stateBefore(
	isHiding: boolean,
	places: readonly string[],
	skus: readonly string[],
	random: Random,
): Meaning[] {
	return places.flatMap((place) =>
		skus.flatMap((sku, index) =>
			random() < 0.5 ? [{ key: keyOf(place, sku), value: isHiding ? true : 50_000 + index }] : [],
		),
	);
}

function pick<T>(list: readonly T[], random: Random): T {
	return list[Math.floor(random() * list.length)] as T;
}
