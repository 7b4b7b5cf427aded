import type { Played } from '../play/stage';
import type { Complaint } from './complaint';
import { judgeEndState } from './endState';
import { judgeLeaks } from './leaks';

/** Everything that is wrong about a scenario after it was played. */
export function judge(
	played: Pick<Played, 'scenario' | 'steps' | 'held' | 'secrets' | 'logs' | 'strayed'>,
): Complaint[] {
	const endless = played.steps.flatMap(({ endless: text }, index): Complaint[] =>
		text === undefined ? [] : [{ failing: 'endless', text: `run ${index + 1}: ${text}` }],
	);
	return [...endless, ...judgeEndState(played), ...judgeLeaks(played)];
}
