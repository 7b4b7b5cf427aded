import type { ApiMethod } from '../contract/apiMethods';
import type { RunPorts } from '../pacing/runPorts';
import { IMPATIENT, told } from '../read/read';
import { getTokenInfo } from '../read/token';
import type { Refusal } from '../common/refusal';
import { accessMissing } from '../contract/tokenAccess';

/**
 * Whether the credential's Api-Key token opens a method, without calling it: undefined, or why not, or 'unknown' if the
 * Market cannot tell just now. For a dry run: in a real run the method itself refuses.
 */
export async function refuseToken(
	apiMethod: ApiMethod,
	ports: RunPorts,
): Promise<Refusal | 'unknown' | undefined> {
	const token = await told(getTokenInfo(IMPATIENT, ports));
	if (!token.ok) return token.isDefinite ? token.refusal : 'unknown';
	const { accessGroups } = token.value;
	const isOpen =
		accessGroups.length === 0 || apiMethod.scopes.some((scope) => accessGroups.includes(scope));
	return isOpen ? undefined : accessMissing(apiMethod);
}
