import { OPERATIONS, type OperationContract, type OperationName } from '../contract';
import { Refusal } from './refusal';

/** The method that a request is meant for. */
export interface Target {
	operation: OperationName;
	contract: OperationContract;
	/** The path's `{campaignId}`, not checked yet. */
	campaignId?: string;
	/** The path's `{businessId}`, not checked yet. */
	businessId?: string;
}

const ROUTES = (Object.keys(OPERATIONS) as OperationName[]).map((operation) => {
	const contract: OperationContract = OPERATIONS[operation];
	const pattern = contract.path.replace(/\{(\w+)\}/, '(?<$1>[^/]+?)');
	const version = contract.version === undefined ? '(?:/v2)?' : `/${contract.version}`;
	return { operation, contract, pattern: new RegExp(`^${version}${pattern}(?:\\.json)?$`) };
});

/**
 * Finds the method by verb and path. v2 and the `.json` suffix are optional, v3 is not.
 * @throws Refusal 404 for an unknown path, 405 for a verb that the path does not support.
 */
export function findTarget(verb: string, path: string): Target {
	const onPath = ROUTES.flatMap((route): Target[] => {
		const match = route.pattern.exec(path);
		return match === null ? [] : [{ ...route, ...match.groups }];
	});
	if (onPath.length === 0) throw new Refusal(404, 'Resource not found');
	const target = onPath.find((route) => route.contract.verb === verb);
	if (target === undefined) throw new Refusal(405, `Request method '${verb}' is not supported`);
	return target;
}
