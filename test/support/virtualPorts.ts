import { whenAborted } from '../../market/wire/cancel';
import { Lanes } from '../../market/pacing/lanes';
import { noStats, type RunPorts } from '../../market/pacing/runPorts';
import type { Send } from '../../market/wire/ports';
import { VirtualClock } from '../../lab/time/virtualClock';

/** Everything that sending needs, on a virtual clock, and a Stop button. */
export interface VirtualPorts extends RunPorts {
	stop(): void;
	/** Presses the Stop button once this many milliseconds have passed. */
	stopAfter(ms: number): void;
}

/** The parts of the outside world that a test may set. */
export interface VirtualOutside {
	/** Time itself. */
	clock?: VirtualClock;
	/** Milliseconds by which our own clock is ahead of it. */
	aheadMs?: number;
	/** Random numbers are the same for the same seed. */
	seed?: number;
	/** What runs of one process share. */
	lanes?: Lanes;
}

/** RunPorts on a virtual clock. Sleepers wake when the run is stopped, as they do in n8n. */
export function virtualPorts(send: Send, outside: VirtualOutside = {}): VirtualPorts {
	const { clock = new VirtualClock(), aheadMs = 0, seed = 1, lanes = new Lanes() } = outside;
	const button = new AbortController();
	const { signal } = button;
	return {
		send,
		clock: {
			now: () => clock.now() + aheadMs,
			sleep: async (ms) => {
				await Promise.race([clock.sleep(ms), whenAborted(signal)]);
			},
		},
		signal,
		stats: noStats(),
		random: randomFrom(seed),
		laneOf: (apiMethod, id = 'account', subscription = 'none') =>
			lanes.open({ apiUrl: 'virtual', entity: id, apiMethod, subscription }, clock.now() + aheadMs),
		stop: () => button.abort(),
		stopAfter: (ms) => void clock.sleep(ms).then(() => button.abort()),
	};
}

/** Numbers from 0 up to 1: always the same ones for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}
