import type { Operation } from '../contract/apiMethods';
import type { RunPorts } from '../pacing/runPorts';
import { IMPATIENT, MarketReadRefused } from '../read/read';
import { getTokenInfo } from '../read/token';
import type { Refusal } from '../common/refusal';
import { accessMissing } from '../contract/tokenAccess';

/**
 * Whether the credential's Api-Key token opens a method, without using it: undefined, or why not, or that the Market does
 * not tell just now. For a dry run: whatever is sent is refused by the method itself.
 */
export async function refuseToken(
	operation: Operation,
	ports: RunPorts,
): Promise<Refusal | 'unknown' | undefined> {
	try {
		const { accessGroups } = await getTokenInfo(IMPATIENT, ports);
		const isOpen =
			accessGroups.length === 0 || operation.scopes.some((scope) => accessGroups.includes(scope));
		return isOpen ? undefined : accessMissing(operation);
	} catch (error) {
		if (!(error instanceof MarketReadRefused)) throw error;
		return error.isDefinite ? error.refusal : 'unknown';
	}
}
