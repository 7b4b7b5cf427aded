import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { findOffers, listOffers, type CampaignOffer } from '../../../market/read/offers';
import { readParameter } from '../../common/input/parameters';
import { answerItems } from '../reading/answerItems';
import { listAt } from '../reading/listAt';
import { notInCatalogue } from '../reading/notInCatalogue';
import { openOfferNames } from '../reading/offerNames';
import { shownFor } from '../../common/panel/shownFor';
import type { ReadOperation } from '../reading/operation';
import { storePlace } from '../reading/places';
import { addNames, offerOptions, offerProperties, simplify, store } from '../reading/properties';
import type { ReadRun } from '../reading/readRun';
import { asksForItems, isSimple } from '../reading/wishes';

/** All states of an offer in a store. Source: OfferCampaignStatusType in the Market's OpenAPI. */
const statuses: INodeProperties = {
	displayName: 'Statuses',
	name: 'statuses',
	type: 'multiOptions',
	options: [
		{ name: 'Archived', value: 'ARCHIVED' },
		{ name: 'Card Is Being Created', value: 'CREATING_CARD' },
		{ name: 'Checking', value: 'CHECKING' },
		{
			name: 'Disabled by the Market',
			value: 'DISABLED_AUTOMATICALLY',
			description: 'Because of what is wrong with it',
		},
		{ name: 'Hidden by the Seller', value: 'DISABLED_BY_PARTNER' },
		{ name: 'No Card', value: 'NO_CARD' },
		{ name: 'No Stock', value: 'NO_STOCKS' },
		{ name: 'Published', value: 'PUBLISHED', description: 'Buyers see it' },
		{ name: 'Ready for Publication', value: 'READY_FOR_PUBLICATION' },
		{ name: 'Rejected by the Market', value: 'REJECTED_BY_MARKET' },
	],
	default: [],
	description: 'Return only offers in one of these statuses. Leave empty to return offers in any.',
};

/** Offers of a store with their status and price: all of them, or the SKUs of the input items. */
export const getManyOffers: ReadOperation = {
	resource: 'offer',
	option: {
		name: 'Get Many',
		value: 'getAll',
		description: 'Read the offers of a store with their status and price, by SKU',
		action: 'Get many offers',
	},
	properties: [
		store,
		...offerProperties,
		...shownFor({ offers: ['all'] }, [statuses]),
		simplify,
		offerOptions([addNames]),
	],
	async run(reading) {
		if (asksForItems(reading)) await lookUp(reading);
		else await list(reading);
	},
};

async function list(reading: ReadRun): Promise<void> {
	const { context } = reading;
	const wanted = readParameter<string[]>(context, statuses);
	const namesOf = await openOfferNames(reading);
	const show = isSimple(reading) ? flat : raw;
	await listAt(reading, {
		placeOf: storePlace(context),
		read: (place, ports) => listOffers(place.store, wanted, ports),
		show: async (offers, place) => {
			const names = await namesOf(place.store, offers);
			return offers.map((offer) => ({
				sku: offer.offerId,
				...place,
				...names(offer),
				...show(offer),
			}));
		},
		nothing: ({ store: id }) =>
			wanted.length > 0
				? `Store ${id} has no offer in these statuses.`
				: `Store ${id} has no offers.`,
	});
}

async function lookUp(reading: ReadRun): Promise<void> {
	const { context } = reading;
	const namesOf = await openOfferNames(reading);
	const show = isSimple(reading) ? flat : raw;
	await answerItems(reading, {
		placeOf: storePlace(context),
		find: async (place, skus, ports) => {
			const offers: CampaignOffer[] = [];
			for await (const offer of findOffers(place.store, skus, 'none', ports)) offers.push(offer);
			const names = await namesOf(place.store, offers);
			return new Map(
				offers.map((offer) => [
					offer.offerId,
					{ ...names(offer), ...show(offer), status: 'found' },
				]),
			);
		},
		missing: notInCatalogue,
		unknown: (count) => `${count} items have a SKU that is not in the catalogue there.`,
	});
}

function flat({ status, basicPrice, errors, warnings }: CampaignOffer): IDataObject {
	return {
		offerStatus: status ?? null,
		price: basicPrice?.value ?? null,
		currency: basicPrice?.currencyId ?? null,
		errors: texts(errors),
		warnings: texts(warnings),
	};
}

/** As the Market writes it, except for its `status`, which would hide whether the SKU was found. */
function raw({ status, ...offer }: CampaignOffer): IDataObject {
	return { ...offer, offerStatus: status ?? null } as IDataObject;
}

function texts(notices: CampaignOffer['errors']): string[] {
	return (notices ?? []).map(({ message, comment }) =>
		[message, comment].filter(Boolean).join(': '),
	);
}
