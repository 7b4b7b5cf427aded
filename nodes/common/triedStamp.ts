import type { IExecuteData, IExecuteFunctions } from 'n8n-workflow';

import type { WriteMethod } from '../../market/methods';
import type { TargetPlan } from '../../market/plan';
import { RunStamp } from '../../market/runStamp';
import { isToolRun } from './toolRun';

/** What a try of a node was about to send. */
interface Try {
	stamp: RunStamp;
	contents: readonly string[];
}

/**
 * The latest try of each execution of a node that may be tried again. n8n gives all tries (Retry On Fail) the same object,
 * and another one to each turn of a loop, on 2.8.4 as on 2.41.1; it lets go of it when the node is done, and so do we.
 */
const tries = new WeakMap<IExecuteData, Try>();

/**
 * The stamp of a run. Where n8n tries a node again with the same records, the stamp of the first try: a balance that
 * another run has sent in between is newer, and stands.
 *
 * @param startMs the start of this try, in milliseconds since 1970
 */
export function stampOf<R>(
	context: IExecuteFunctions,
	startMs: number,
	plans: ReadonlyArray<TargetPlan<R>>,
	method: WriteMethod<R>,
): RunStamp {
	const stamp = RunStamp.ofRun(startMs);
	// All calls of an agent's tool have the agent's object; a tool's items never make n8n try again.
	if (!context.getNode().retryOnFail || isToolRun(context)) return stamp;
	const contents = contentsOf(plans, method);
	const earlier = tries.get(context.getExecuteData());
	if (earlier && earlier.stamp.isYoung(startMs) && isSame(earlier.contents, contents)) return earlier.stamp;
	tries.set(context.getExecuteData(), { stamp, contents });
	return stamp;
}

/** Everything that would be sent, but the stamp. */
function contentsOf<R>(plans: ReadonlyArray<TargetPlan<R>>, { element }: WriteMethod<R>): string[] {
	return plans.flatMap(({ targetId, records }) => [targetId, ...records.map((record) => element(record, ''))]);
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
	return a.length === b.length && a.every((one, place) => one === b[place]);
}
