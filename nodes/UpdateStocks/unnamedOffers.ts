import {
	leftAsTheyAre,
	nameUnreadable,
	ownWarehouseUnknown,
	refuseUnnamed,
	setToZero,
	stocksUnread,
} from '../../market/checks/unnamedOffers';
import { firstFew, quote } from '../../market/common/text';
import type { Refusal } from '../../market/common/refusal';
import { alikeForm } from '../../market/records/alikeSkus';
import type { MarketId } from '../../market/records/ids';
import type { NamedSkus } from '../../market/records/namedSkus';
import type { TargetPlan } from '../../market/records/plan';
import type { StockRecord } from '../../market/records/stockRecord';
import type { OwnWarehouses } from '../../market/read/ownWarehouses';
import { told } from '../../market/read/read';
import { readStockedOffers, type StockedOffers } from '../../market/read/stockedOffers';
import type { StockPlace } from '../../market/read/stocks';
import { portsOfStore } from '../../market/wire/ports';
import { inTurns } from '../common/engine/turns';
import type { Place } from '../common/input/places';
import { forEachAtOnce, TARGETS_AT_ONCE } from '../common/write/atOnce';
import type { AskingRun } from '../common/write/job';
import type { AddedRecord, Prepared, ReadyTarget } from '../common/write/prepared';
import { ProgressLog } from '../common/write/progressLog';
import { guarded } from './judgedAgain';

/** Most SKUs that a warning names. */
const MAX_EXAMPLES = 5;

/** One balance for each SKU: a store, stores that hold one number, or a warehouse. It is judged as a whole. */
export interface Site<R> {
	/** As messages name it. */
	name: string;
	/** The stores or the business whose items name its SKUs, whether or not anything is sent to them. */
	targetIds: readonly string[];
	parts: ReadonlyArray<SitePart<R>>;
}

/** What is read and sent by itself. */
export interface SitePart<R> {
	plan: TargetPlan<R>;
	/** The business that owns a store, if the Market names it. */
	businessId?: MarketId;
	stocks: StockPlace;
	/** The warehouses of a store; undefined if the Market does not list them. `any` for a warehouse itself. */
	own: OwnWarehouses | 'any' | undefined;
	place: Place;
	/** The key of a SKU here, as the rows have it. */
	keyOf(sku: string): string;
	/** The record that takes a SKU off sale here. */
	zeroOf(sku: string): R;
	/** Whether a record of the plan is for this part. */
	isHere(record: R): boolean;
}

/** What became of a site. */
type Judged<R> =
	| { kind: 'added'; parts: Map<SitePart<R>, Array<AddedRecord<R>>>; warnings: string[] }
	| { kind: 'heldBack'; refusal: Refusal }
	| { kind: 'undone'; refusal: Refusal };

/**
 * Adds a zero for each offer that has stock and is not named by the input. If too many are not named, nothing is sent to
 * that site; if that cannot be told, only what the input names is sent. The job's guard judges the zeros too.
 *
 * @param sites those of the targets that something is to be sent to
 * @param mostPercent the largest share of unnamed offers that is allowed, of those that have stock
 */
export async function withUnnamed<R extends StockRecord, T extends ReadyTarget<R>>(
	targets: readonly T[],
	sites: ReadonlyArray<Site<R>>,
	named: NamedSkus,
	mostPercent: number,
	run: AskingRun<R>,
): Promise<Prepared<R, T>> {
	const judged = new Map<Site<R>, Judged<R>>();
	await forEachAtOnce(sites, TARGETS_AT_ONCE, async (site) => {
		judged.set(site, await judge(site, named, mostPercent, run));
	});
	const all: Prepared<R, T> = { ready: [], refused: [], warnings: [], undone: [] };
	const added = new Map<TargetPlan<R>, Array<AddedRecord<R>>>();
	const heldBack = new Map<TargetPlan<R>, Map<number, Refusal>>();
	for (const site of sites) {
		const result = judged.get(site) as Judged<R>;
		const [first] = site.parts as [SitePart<R>];
		if (result.kind === 'undone') {
			const note = 'Not in the input: what becomes of the offers that it does not name';
			all.undone?.push({ place: first.place, note, refusal: result.refusal });
		} else if (result.kind === 'heldBack') {
			for (const part of site.parts) holdBack(part, result.refusal, heldBack);
		} else {
			all.warnings.push(...result.warnings);
			for (const [{ plan }, records] of result.parts)
				added.set(plan, [...(added.get(plan) ?? []), ...records]);
		}
	}
	for (const target of targets) {
		const refusals = heldBack.get(target.plan) ?? new Map<number, Refusal>();
		const refused = { plan: target.plan, refusals, isHeldBack: true };
		const rest = await guarded({ ...target, added: added.get(target.plan) }, refused, run.job);
		all.ready.push(rest.ready);
		all.refused.push(...rest.refused);
	}
	return all;
}

function holdBack<R>(
	{ plan, isHere }: SitePart<R>,
	refusal: Refusal,
	heldBack: Map<TargetPlan<R>, Map<number, Refusal>>,
): void {
	const refusals = heldBack.get(plan) ?? new Map<number, Refusal>();
	heldBack.set(plan, refusals);
	plan.records.forEach((record, position) => {
		if (isHere(record)) refusals.set(position, refusal);
	});
}

async function judge<R extends StockRecord>(
	{ name, targetIds, parts }: Site<R>,
	named: NamedSkus,
	mostPercent: number,
	run: AskingRun<R>,
): Promise<Judged<R>> {
	const undone = (refusal: Refusal) => ({ kind: 'undone' as const, refusal });
	for (const targetId of targetIds) {
		const item = named.unreadable(targetId);
		if (item !== undefined) return undone(nameUnreadable(name, item));
	}
	const offers = new Map<SitePart<R>, StockedOffers>();
	for (const part of parts) {
		if (!part.own) return undone(ownWarehouseUnknown(name));
		const read = await told(readPart(part, part.own, name, run));
		if (!read.ok) return undone(stocksUnread(name, read.refusal));
		offers.set(part, read.value);
	}
	const isNamed = (sku: string) =>
		parts.some(({ keyOf }) => targetIds.some((id) => named.has(id, keyOf(sku), sku)));
	const isLike = await likenessTo(unlisted(targetIds, named, [...offers.values()]));
	const zeros = new Map<SitePart<R>, Array<AddedRecord<R>>>();
	const stocked = new Set<string>();
	const left = { alike: new Set<string>(), unclear: new Set<string>() };
	let unnamed = 0;
	for (const [part, { available, unclear }] of offers) {
		const ofPart: Array<AddedRecord<R>> = [];
		const moment = momentOf(part);
		await inTurns([...available], ([sku, units]) => {
			if (stocked.has(sku)) return;
			stocked.add(sku);
			if (isNamed(sku)) return;
			if (isLike(sku)) return void left.alike.add(sku);
			unnamed += 1;
			const record = { ...part.zeroOf(sku), ...moment };
			ofPart.push({ record, place: part.place, note: setToZero(units) });
		});
		for (const sku of unclear) if (!isNamed(sku)) left.unclear.add(sku);
		zeros.set(part, ofPart);
	}
	const refusal = refuseUnnamed(name, unnamed, stocked.size, mostPercent);
	if (refusal) return { kind: 'heldBack', refusal };
	const warnings = (['alike', 'unclear'] as const).flatMap((why) =>
		left[why].size === 0
			? []
			: leftAsTheyAre(
					name,
					why,
					firstFew([...left[why]], MAX_EXAMPLES, (sku) => quote(sku)),
				),
	);
	return { kind: 'added', parts: zeros, warnings };
}

/**
 * The moment of a zero: that of the input, if all of it was true at one. An offer that has stock only since then was not
 * known to the source, and the Market keeps the newer balance. Otherwise a zero carries the run's stamp.
 */
function momentOf<R extends StockRecord>({ plan, isHere }: SitePart<R>): { updatedAt?: string } {
	const [first, ...others] = plan.records.filter(isHere);
	const updatedAt = first?.updatedAt;
	if (updatedAt === undefined || others.some((other) => other.updatedAt !== updatedAt)) return {};
	return { updatedAt };
}

/** The SKUs that items name and no list shows: an offer may be new, or its SKU misspelt. */
function* unlisted(
	targetIds: readonly string[],
	named: NamedSkus,
	offers: readonly StockedOffers[],
): Generator<string> {
	for (const id of targetIds)
		for (const sku of named.skusOf(id))
			if (!offers.some(({ listed }) => listed.has(sku))) yield sku;
}

/** Tells which SKUs one of these may have meant. */
async function likenessTo(skus: Iterable<string>): Promise<(sku: string) => boolean> {
	const forms = new Set<string>();
	await inTurns([...skus], (sku) => void forms.add(alikeForm(sku)));
	forms.delete('');
	return (sku) => forms.size > 0 && forms.has(alikeForm(sku));
}

async function readPart<R extends StockRecord>(
	{ stocks, businessId }: SitePart<R>,
	own: OwnWarehouses | 'any',
	name: string,
	{ ports, logger }: AskingRun<R>,
) {
	const log = new ProgressLog(logger, ports.clock, name);
	return await readStockedOffers(
		stocks,
		own === 'any' ? undefined : own,
		portsOfStore(ports, businessId),
		(read) => log.reaches(`${read} stocks read, to find the offers that are not in the input`),
	);
}
