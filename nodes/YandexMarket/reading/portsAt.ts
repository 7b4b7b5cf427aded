import type { MarketId } from '../../../market/records/ids';
import type { RunPorts } from '../../../market/pacing/runPorts';
import { portsOfStore } from '../../../market/wire/ports';
import { findOwner } from '../../../market/read/stores';
import { storeOwners } from '../../common/connection/processMemory';
import type { PlaceIds, ReadRun } from './readRun';

/**
 * The ports to read a place with. An OAuth user gets the limits of a paid subscription only if the request names the
 * store's business, so that is looked up, and left out if the Market does not give it.
 */
export async function portsAt({ store }: PlaceIds, reading: ReadRun): Promise<RunPorts> {
	const { account, ports } = reading;
	if (store === undefined || account.credentialType !== 'yandexMarketOAuth2Api') return ports;
	return portsOfStore(ports, await ownerOf(store, reading));
}

/** The business that owns a store, remembered; undefined if the Market does not give it. */
export async function ownerOf(
	store: string,
	{ account, ports }: ReadRun,
): Promise<MarketId | undefined> {
	const key = JSON.stringify([account.apiUrl, account.accessKey, store]);
	const known = storeOwners.recall(key, ports.clock.now());
	if (known !== undefined) return known;
	const owner = await findOwner(store, ports);
	if (owner !== undefined) storeOwners.remember(key, owner, ports.clock.now());
	return owner;
}
