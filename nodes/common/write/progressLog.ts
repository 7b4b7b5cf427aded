import type { Logger } from 'n8n-workflow';

import type { Clock } from '../../../market/wire/ports';

/** At most one line in this time: enough to see that a long run is alive, few enough for any log. */
const LOG_EVERY_MS = 10_000;

/** Writes to n8n's log how far a long run is. */
export class ProgressLog {
	private lastMs: number;

	constructor(
		private readonly logger: Logger,
		private readonly clock: Clock,
		private readonly target: string,
	) {
		this.lastMs = clock.now();
	}

	/** @param progress how far the run is, in words */
	reaches(progress: string): void {
		const nowMs = this.clock.now();
		if (nowMs - this.lastMs < LOG_EVERY_MS) return;
		this.lastMs = nowMs;
		this.say(progress);
	}

	/** @param ms how long the quota makes the run wait */
	waits(ms: number): void {
		this.say(`the quota is used up, waiting ${Math.ceil(ms / 1_000)} s`);
	}

	private say(text: string): void {
		this.logger.info(`Yandex Market, ${this.target}: ${text}`);
	}
}
