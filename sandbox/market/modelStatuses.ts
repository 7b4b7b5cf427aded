import {
	LONG_OFF_MS,
	MODEL_DELAY_MS,
	MODEL_LONG_DELAY_MS,
	type ModelStatus,
	type WarehouseModel,
} from '../contract';
import type { Store } from '../stores';
import type { Switches } from '../switches';
import { Delayed } from './delayed';

interface Switched {
	/** Whether it is on, as the storefront comes to see it. */
	on: Delayed<boolean>;
	/** When the seller last switched it. */
	at: number;
}

/** The model by which a store sells from its own warehouse. */
export function modelOf({ placementType, express }: Store): WarehouseModel {
	return express ? 'EXPRESS' : (placementType as WarehouseModel);
}

/** Which models of the warehouses the seller has switched off. */
export class ModelStatuses {
	private readonly switched = new Map<string, Switched>();

	constructor(
		private readonly switches: Readonly<Switches>,
		private readonly now: () => number,
	) {}

	/** What the Market says of a model. */
	statusOf(warehouseId: number, model: WarehouseModel): ModelStatus {
		const isOff = this.switched.get(keyOf(warehouseId, model))?.on.held === false;
		return isOff && !this.isDisabled(warehouseId, model) ? 'DISABLED_MANUALLY' : 'OTHER';
	}

	/** The seller switches a model. One that the Market has switched off stays as it is. */
	set(warehouseId: number, model: WarehouseModel, enabled: boolean): void {
		if (this.isDisabled(warehouseId, model)) return;
		const now = this.now();
		const key = keyOf(warehouseId, model);
		const before = this.switched.get(key);
		if ((before?.on.held ?? true) === enabled) return;
		const on = before?.on ?? alwaysOn(now);
		const isLong = enabled && before !== undefined && now - before.at >= LONG_OFF_MS;
		on.put(enabled, now, isLong ? MODEL_LONG_DELAY_MS : MODEL_DELAY_MS);
		this.switched.set(key, { on, at: now });
	}

	/** Whether the storefront shows what a store sells from its warehouse. */
	isSelling(store: Store): boolean {
		const model = modelOf(store);
		if (this.isDisabled(store.warehouseId, model)) return false;
		return this.switched.get(keyOf(store.warehouseId, model))?.on.shownAt(this.now()) ?? true;
	}

	clear(): void {
		this.switched.clear();
	}

	private isDisabled(warehouseId: number, model: WarehouseModel): boolean {
		return this.switches.disabledModels.some(
			(one) => one.warehouseId === warehouseId && one.model === model,
		);
	}
}

function alwaysOn(now: number): Delayed<boolean> {
	const on = new Delayed<boolean>();
	on.put(true, now, 0);
	return on;
}

function keyOf(warehouseId: number, model: WarehouseModel): string {
	return `${warehouseId} ${model}`;
}
