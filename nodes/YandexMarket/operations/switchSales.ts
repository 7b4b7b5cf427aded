import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Refusal } from '../../../market/common/refusal';
import { firstFew } from '../../../market/common/text';
import {
	OFF_BY_SELLER,
	switchSales as switchAtMarket,
	type WarehouseModel,
} from '../../../market/write/warehouseSales';
import { warehouseLists } from '../../common/connection/processMemory';
import { readParameter } from '../../common/input/parameters';
import { passedOn } from '../../common/output/passedOn';
import { warehouse } from '../../common/panel/locators';
import { includeInputFields } from '../../common/panel/properties';
import type { ReadOperation } from '../reading/operation';
import { placeRefusal, wrongWarehouse } from '../reading/placeRefusal';
import { groupByPlace, warehousePlace } from '../reading/places';
import { business, readingOptions } from '../reading/properties';
import type { ReadRun } from '../reading/readRun';
import { isOn } from '../reading/wishes';

const model: INodeProperties = {
	displayName: 'Model',
	name: 'model',
	type: 'options',
	required: true,
	options: [
		{ name: 'DBS (Seller Delivers)', value: 'DBS' },
		{ name: 'Express', value: 'EXPRESS' },
		{ name: 'FBS (Market Delivers)', value: 'FBS' },
	],
	default: 'FBS',
	description:
		'How the warehouse sells. One with several models needs a run for each: <b>Warehouse: Get Many</b> lists them.',
};

/** What the Market says a switch does, and when. */
const EFFECTS = {
	off: 'Its offers leave the storefront in 15 minutes',
	on: 'Its offers are back on the storefront in 15 minutes, or in 4 hours if the model was off for 30 days or longer',
};

const sales: INodeProperties = {
	displayName: 'Sales',
	name: 'sales',
	type: 'options',
	required: true,
	options: [
		{
			name: 'Switch Off',
			value: 'off',
			description: EFFECTS.off,
		},
		{
			name: 'Switch On',
			value: 'on',
			description: EFFECTS.on,
		},
	],
	// What does least harm if the node is executed by accident: as a rule sales are on already.
	default: 'on',
	description: 'Whether the warehouse is to sell',
};

const notice: INodeProperties = {
	displayName:
		'This operation changes what buyers see: it switches <b>all</b> sales of one model of a warehouse. Balances stay as they are. It is for businesses without warehouse groups. A model that the Market itself has switched off cannot be switched on.',
	name: 'switchNotice',
	type: 'notice',
	default: '',
};

const toolNotice: INodeProperties = {
	displayName:
		'With this operation, an agent can take a whole warehouse off sale by itself. Leave Business, Warehouse, Model and Sales for you to set, not for the model.',
	name: 'toolSwitchNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: { '@tool': [true] } },
};

/** Most warehouses that the hint names. */
const MOST_NAMED = 5;

/** What was wanted of a warehouse. */
interface Wish {
	place: { business: string; warehouse: string };
	model: WarehouseModel;
	sales: 'on' | 'off';
}

/** Stops or starts all sales of a model of a warehouse: the only operation of the node that changes anything. */
export const switchSales: ReadOperation = {
	resource: 'warehouse',
	option: {
		name: 'Switch Sales On/Off',
		value: 'switchSales',
		description:
			'Change what buyers see: stop all sales of one model of a warehouse in one call, or start them again',
		action: 'Switch warehouse sales on or off',
	},
	properties: [
		notice,
		toolNotice,
		business,
		warehouse,
		model,
		sales,
		readingOptions([includeInputFields]),
	],
	done: 'switched',
	whenStopped: {
		reason:
			'The run was canceled, by Stop or by the timeout of the workflow. Some warehouses may have been switched by then',
		advice: 'Run again: to switch the same way twice does no harm.',
	},
	async run(reading) {
		const { context, output, ports, signal } = reading;
		const keepsInput = await isOn(reading, includeInputFields);
		const wanted = {
			model: readParameter<WarehouseModel>(context, model),
			sales: readParameter<'on' | 'off'>(context, sales),
		};
		const groups = await groupByPlace(reading, warehousePlace(context));
		if (signal.aborted) return;
		await output.throwIfStopping();
		const switched: string[] = [];
		let unconfirmed = 0;
		// One that fails keeps no other from being switched: in Stop Workflow the run stops at its end.
		for (const { place, items } of groups) {
			const wish: Wish = { place, ...wanted };
			try {
				const status = await switchAtMarket(
					{
						businessId: place.business,
						warehouseId: place.warehouse,
						model: wish.model,
						isOn: wish.sales === 'on',
					},
					ports,
				);
				const doubt = await doubtOf(status, wish, reading);
				if (doubt) unconfirmed += 1;
				switched.push(place.warehouse);
				const json = describe(status, doubt, wish);
				for (const item of items) output.add(item, json, keepsInput);
			} catch (error) {
				const refusal = await placeRefusal(error, place, reading, 'switch');
				const fields = { ...place, ...wanted };
				for (const item of items) output.fail(item, refusal, { place: fields });
			}
			if (signal.aborted) return;
		}
		output.hints.push(...summary(switched, unconfirmed, wanted));
	},
};

/** Why it is not certain that the Market did what it accepted, or undefined. */
async function doubtOf(
	status: string | undefined,
	wish: Wish,
	reading: ReadRun,
): Promise<Refusal | undefined> {
	const isOff = status === OFF_BY_SELLER;
	if (isOff && wish.sales === 'off') return undefined;
	if (!isOff && wish.sales === 'on') return await strangeness(wish, reading);
	const { place, model: name, sales: wanted } = wish;
	const strange = isOff ? undefined : await strangeness(wish, reading);
	if (strange) return strange;
	return {
		reason: `The Market took the call, but does not show ${name} of warehouse ${place.warehouse} as switched ${wanted}: its status is ${status ?? 'not given'}`,
		advice: isOff
			? 'Run again. If it stays so, see in the seller cabinet what keeps the model off.'
			: 'See in the seller cabinet whether the warehouse sells. If the Market itself has switched the model off, that is what it shows here.',
	};
}

/**
 * Whether the Market's lists have such a warehouse with such a model: for one that is not there it may accept the call
 * and do nothing, and its answer does not tell. Only looked at afterwards, since a list may lack what is switched off.
 */
async function strangeness(
	{ place, model: name }: Wish,
	reading: ReadRun,
): Promise<Refusal | undefined> {
	const { business: businessId, warehouse: id } = place;
	const wrong = await wrongWarehouse(businessId, id, reading, 'switch');
	if (wrong) return wrong;
	const { apiUrl, accessKey } = reading.account;
	const list = await warehouseLists.partnerWarehouses(
		{ apiUrl, accessKey, businessId },
		() => true,
		reading.ports,
	);
	const models = list.ok
		? list.value
				.find((one) => String(one.id) === id)
				?.models?.flatMap(({ placementType }) => placementType ?? [])
		: undefined;
	if (!models || models.includes(name)) return undefined;
	return {
		reason: `The Market took the call, but its list of warehouses has no model ${name} for warehouse ${id}`,
		advice: `Choose one that the warehouse has: ${[...new Set(models)].join(', ')}.`,
	};
}

const NOTES = {
	off: `${EFFECTS.off}.`,
	on: `${EFFECTS.on}. If the Market itself has switched the model off, it stays off, and the answer does not tell.`,
};

function describe(
	status: string | undefined,
	doubt: Refusal | undefined,
	{ place, ...wanted }: Wish,
): IDataObject {
	return {
		...place,
		...wanted,
		status: doubt ? 'unconfirmed' : 'accepted',
		...(doubt && passedOn(doubt)),
		marketStatus: status ?? null,
		...(doubt ? {} : { note: NOTES[wanted.sales] }),
	};
}

/** What stands above the output. */
function summary(
	switched: readonly string[],
	unconfirmed: number,
	{ model: name, sales: wanted }: Omit<Wish, 'place'>,
): string[] {
	if (switched.length === 0) return [];
	const warehouses = `${switched.length === 1 ? 'warehouse' : 'warehouses'} ${firstFew(switched, MOST_NAMED)}`;
	const doubts =
		unconfirmed === 0
			? ''
			: ` For ${unconfirmed} of them it is not certain: see reason and advice.`;
	return [`Sales of ${name} switched ${wanted} for ${warehouses}.${doubts}`];
}
