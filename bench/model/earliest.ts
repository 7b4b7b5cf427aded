/** A run that only the Market's rules hold back. */
export interface Ideal {
	records: number;
	startMs: number;
	/** Records that one window takes. */
	perWindow: number;
	windowMs: number;
	perRequest: number;
	parallel: number;
	latencyMs: number;
}

/** The earliest moment by which all records can have been taken: windows are aligned to the clock. */
export function earliestEnd(ideal: Ideal): number {
	const { records, startMs, perWindow, windowMs, perRequest, parallel, latencyMs } = ideal;
	const windowsBefore = Math.ceil(records / perWindow) - 1;
	const last = records - windowsBefore * perWindow;
	const rounds = Math.ceil(Math.ceil(last / perRequest) / parallel);
	const opens =
		windowsBefore === 0 ? startMs : (Math.floor(startMs / windowMs) + windowsBefore) * windowMs;
	return opens + rounds * latencyMs;
}
