import { noStats } from '../../market/pacing/runPorts';
import { waitedFor } from '../../nodes/common/output/hints';

it.each([
	[4_999, 60_000, undefined],
	[5_000, 60_000, 'waited 5 s for quotas and retries'],
	// Four requests waited in parallel.
	[240_000, 60_000, 'waited 60 s for quotas and retries'],
])('Of %d ms that requests waited in a run of %d ms: %p', (waitedMs, totalMs, words) => {
	expect(waitedFor({ ...noStats(), waitedMs }, totalMs)).toBe(words);
});
