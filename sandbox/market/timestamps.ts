const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds of an ISO 8601 date and time with an offset, or undefined if the text is not one. */
export function parseTimestamp(text: string): number | undefined {
	const match = DATE_TIME.exec(text);
	if (match === null) return undefined;
	const [, year, month, day] = match.map(Number);
	// Date.parse reads 30 February as 1 March; the Market does not.
	const daysInMonth = new Date(Date.UTC(year ?? 0, month ?? 0, 0)).getUTCDate();
	if (day === undefined || day > daysInMonth) return undefined;
	const moment = Date.parse(text);
	return Number.isNaN(moment) ? undefined : moment;
}
