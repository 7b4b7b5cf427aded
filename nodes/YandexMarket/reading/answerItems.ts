import type { IDataObject } from 'n8n-workflow';

import type { RunPorts } from '../../../market/pacing/runPorts';
import type { Checked } from '../../../market/common/refusal';
import { SkuDoubts } from '../../../market/records/skuDoubts';
import { openBlankness, rowsToSkip } from '../../common/input/blankRows';
import { lineInFile } from '../../common/input/lineInFile';
import { includeInputFields, skuValue } from '../../common/panel/properties';
import { openSkus } from '../../common/input/skus';
import { inTurns } from '../../common/engine/turns';
import { passedOn } from '../../common/output/passedOn';
import { placeRefusal } from './placeRefusal';
import type { PlaceOf } from './places';
import { portsAt } from './portsAt';
import type { PlaceIds, ReadRun } from './readRun';
import { isOn } from './wishes';

/** What the Market knows of SKUs in a place. */
export interface Catalogue<P extends PlaceIds> {
	placeOf: PlaceOf<P>;
	/** What it says about these SKUs, each given once; SKUs that it does not know are absent. */
	find(place: P, skus: readonly string[], ports: RunPorts): Promise<Map<string, IDataObject>>;
	/** What the output says of a SKU that it does not know. */
	missing(place: P, sku: string): IDataObject;
	/** What to tell the user if so many items have such a SKU; absent if that is not worth a word. */
	unknown?(count: string): string;
}

/** The SKUs that are asked for in one place, each with the items that ask for it. */
interface Question<P extends PlaceIds> {
	place: P;
	bySku: Map<string, number[]>;
}

/** Answers each input item by its SKU. A SKU that several items have is asked for once. */
export async function answerItems<P extends PlaceIds>(
	reading: ReadRun,
	catalogue: Catalogue<P>,
): Promise<void> {
	const { output, signal } = reading;
	const keepsInput = await isOn(reading, includeInputFields);
	const questions = await readQuestions(reading, catalogue.placeOf);
	if (signal.aborted) return;
	await output.throwIfStopping();
	let unknown = 0;
	for (const { place, bySku } of questions) {
		try {
			const found = await catalogue.find(place, [...bySku.keys()], await portsAt(place, reading));
			await inTurns([...bySku], ([sku, items]) => {
				const answer = found.get(sku);
				if (!answer) unknown += items.length;
				const json = { sku, ...(answer ?? catalogue.missing(place, sku)), ...place };
				for (const item of items) output.add(item, json, keepsInput);
			});
		} catch (error) {
			const refusal = await placeRefusal(error, place, reading);
			for (const [sku, items] of bySku) {
				for (const item of items) output.fail(item, refusal, { sku, place, isShared: true });
			}
			await output.throwIfStopping();
		}
		if (signal.aborted) return;
	}
	if (unknown > 0 && catalogue.unknown)
		output.hints.push(catalogue.unknown(`${unknown} of ${reading.items.length}`));
}

async function readQuestions<P extends PlaceIds>(
	reading: ReadRun,
	placeOf: PlaceOf<P>,
): Promise<Array<Question<P>>> {
	const { context, items, output, signal } = reading;
	const doubts = new SkuDoubts();
	const skuOf = openSkus(context, items, doubts);
	const skus: Array<Checked<string>> = [];
	await inTurns(items, (_, item) => void skus.push(skuOf(item)), signal);
	const rows = skus.map((sku, index) => ({ index, sku: sku.ok ? sku.value : undefined }));
	const skipped = await rowsToSkip(rows, items, openBlankness(context, items, [skuValue]), signal);
	const questions = new Map<string, Question<P>>();
	const ask = (sku: Checked<string>, item: number) => {
		const blank = skipped.get(item);
		if (blank) return output.add(item, { status: 'skipped', ...passedOn(blank) });
		const place = placeOf(item);
		if (!sku.ok) return output.fail(item, sku.refusal, place.ok ? { place: place.value } : {});
		if (!place.ok) return output.fail(item, place.refusal, { sku: sku.value });
		const key = JSON.stringify(place.value);
		const question = questions.get(key) ?? {
			place: place.value,
			bySku: new Map<string, number[]>(),
		};
		questions.set(key, question);
		const known = question.bySku.get(sku.value);
		if (known) known.push(item);
		else question.bySku.set(sku.value, [item]);
	};
	await inTurns(skus, ask, signal);
	output.hints.push(
		...doubts.messages(
			(item) => !skipped.has(item),
			(item) => lineInFile(items[item]),
		),
	);
	if (skipped.size > 0)
		output.hints.push(`${skipped.size} blank ${skipped.size === 1 ? 'row' : 'rows'} skipped.`);
	return [...questions.values()];
}
