/** A number for people: three significant digits suit the precision of the measurements. */
export function figure(value: number): string {
	const decimals = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
	return value.toLocaleString('en-US', { maximumFractionDigits: decimals });
}

/** A count of whole things: rows, requests. */
export function count(value: number): string {
	return value.toLocaleString('en-US', { maximumFractionDigits: 0 });
}

/** A duration, in the unit that fits. */
export function duration(milliseconds: number): string {
	return milliseconds < 1_000 ? `${count(milliseconds)} ms` : `${figure(milliseconds / 1_000)} s`;
}
