import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Refusal } from '../../../market/common/refusal';
import {
	errorItem,
	failuresError,
	hasErrorOutput,
	unfailedFirst,
	withInput,
	type Failed,
} from '../../common/output/failures';
import { refusalError } from '../../common/engine/nodeError';
import { goesOn, isToolRun } from '../../common/engine/toolRun';
import { passedOn } from '../../common/output/passedOn';
import { withSameFields } from '../../common/output/sameFields';

/** An item that failed. */
interface FailedInput extends Failed {
	item: number;
	/** Whether the reason lies in what the Market was asked, and not in the item. */
	isShared: boolean;
}

/** Which fields a failed item keeps beside the reason. */
interface FailureDetails {
	sku?: string;
	place?: IDataObject;
	isShared?: boolean;
}

/** What a run has found, by the input item that it was found for. Failures take the shape that On Error calls for. */
export class ReadOutput {
	/** What the user should know beside the output. */
	readonly hints: string[] = [];
	/** What becomes of an item, as the message says that counts those of which it did not. */
	done = 'read';
	private readonly byItem: INodeExecutionData[][] = [];
	private readonly loose: INodeExecutionData[] = [];
	private readonly failures: FailedInput[] = [];
	private readonly isTool: boolean;
	private readonly hasErrorOutput: boolean;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly items: readonly INodeExecutionData[],
	) {
		// Asked once: n8n copies the node each time.
		this.isTool = isToolRun(context);
		this.hasErrorOutput = hasErrorOutput(context.getNode());
	}

	/** One output item for an input item. */
	add(item: number, json: IDataObject, keepsInput = false): void {
		this.of(item).push({ json: this.kept(item, json, keepsInput), pairedItem: { item } });
	}

	/** One output item for several input items, in the place of the first. */
	addFor(items: readonly [number, ...number[]], json: IDataObject, keepsInput: boolean): void {
		const [first, ...others] = items;
		const all = items.map((item) => ({ item }));
		const pairedItem = others.length === 0 ? { item: first } : all;
		this.of(first).push({ json: this.kept(first, json, keepsInput), pairedItem });
	}

	/** An output item that no input item stands for: it comes after all others. */
	addLoose(json: IDataObject): void {
		this.loose.push({ json, pairedItem: [] });
	}

	/** An input item that could not be read, or that the Market says nothing about. */
	fail(
		item: number,
		refusal: Refusal,
		{ sku, place = {}, isShared = false }: FailureDetails = {},
	): void {
		const failure = { item, refusal, isShared, ...(sku === undefined ? {} : { record: { sku } }) };
		this.failures.push(failure);
		const said = { ...failure.record, ...place, status: 'failed', ...passedOn(refusal) };
		if (this.hasErrorOutput) this.of(item).push(errorItem(failure, item, said, this.items[item]));
		else this.add(item, said, true);
	}

	/** @throws NodeOperationError in Stop Workflow, if an item has failed so far */
	async throwIfStopping(): Promise<void> {
		const [first] = this.failures;
		if (!first || goesOn(this.context)) return;
		const isAll = this.failures.length === this.items.length;
		const isOneReason = this.failures.every(
			({ refusal, isShared }) => (isShared || isAll) && refusal.reason === first.refusal.reason,
		);
		if (isOneReason) throw refusalError(this.context.getNode(), first.refusal);
		const counts = `${this.failures.length} of ${this.items.length} items could not be ${this.done}`;
		const failures = this.failures.map((fate) => ({ fate, item: fate.item }));
		throw await failuresError(this.context.getNode(), counts, failures, this.items, {
			warnings: this.hints,
			alerts: [],
		});
	}

	/**
	 * All output items in the order of the input, except that an item that did not fail comes first, if there is one. All
	 * have the same fields, except for an agent, which is told only what there is.
	 *
	 * @throws NodeOperationError in Stop Workflow, if an item failed
	 */
	async finish(): Promise<INodeExecutionData[]> {
		await this.throwIfStopping();
		const found = [...this.byItem.flat(), ...this.loose];
		return unfailedFirst(this.isTool ? found : withSameFields(found));
	}

	private kept(item: number, json: IDataObject, keepsInput: boolean): IDataObject {
		// An agent knows what it has asked for.
		return keepsInput && !this.isTool ? withInput(json, this.items[item]) : json;
	}

	private of(item: number): INodeExecutionData[] {
		return (this.byItem[item] ??= []);
	}
}
