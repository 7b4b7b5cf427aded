/** Hours, minutes and, if given, seconds with a fraction, at the end of a local time. */
const TIME = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?$`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})-(\d{2})-(\d{2})(?:[Tt]| +)${TIME}`);
/** Dots only: with slashes 11/12/2026 is a day of November to some and of December to others. */
const DAY_FIRST = new RegExp(String.raw`^(\d{1,2})\.(\d{1,2})\.(\d{4}),? +${TIME}`);

const DAY_MS = 24 * 60 * 60_000;

/** The day number of 1 January 1970 in spreadsheets, whose day 0 is 30 December 1899. */
const SERIAL_OF_1970 = 25_569;
/** Numbers that are read as a spreadsheet's days: the years 2000 to 2099. */
const SERIALS = { first: 36_526, last: 73_050 } as const;

/**
 * Reads a date and time without a time zone: `2026-11-25T10:00:00`, `2026-11-25 10:00` or `25.11.2026 10:00`.
 *
 * @returns milliseconds since 1970 as if it were UTC; NaN for any other form, and for impossible days and hours
 */
export function readLocalTime(text: string): number {
	const yearFirst = YEAR_FIRST.exec(text);
	if (yearFirst) {
		const [, year, month, day, ...time] = yearFirst;
		return localTime(year, month, day, time);
	}
	const [, day, month, year, ...time] = DAY_FIRST.exec(text) ?? [];
	return localTime(year, month, day, time);
}

/**
 * Reads a date and time as spreadsheets hold it, in days with a fraction, to the millisecond.
 *
 * @returns as above; NaN if the number is not in the years 2000 to 2099
 */
export function readSerial(days: number): number {
	if (!(days >= SERIALS.first && days < SERIALS.last + 1)) return NaN;
	return Math.round((days - SERIAL_OF_1970) * DAY_MS);
}

/** The number by which a spreadsheet holds a day, of its first moment in milliseconds since 1970 as if it were UTC. */
export function serialOf(dayMs: number): number {
	return dayMs / DAY_MS + SERIAL_OF_1970;
}

/** Whether the calendar has such a day, and the day such a time. */
export function isDayAndTime(
	year: number,
	month: number,
	day: number,
	hour: number,
	minute: number,
	second: number,
): boolean {
	const calendar = new Date(Date.UTC(year, month - 1, day));
	const isDay = calendar.getUTCMonth() === month - 1 && calendar.getUTCDate() === day;
	return isDay && hour <= 23 && minute <= 59 && second <= 59;
}

function localTime(
	year: string | undefined,
	month: string | undefined,
	day: string | undefined,
	[hour, minute, second = '0', fraction = '']: Array<string | undefined>,
): number {
	const fields = [year, month, day, hour, minute, second].map(Number) as [
		number,
		number,
		number,
		number,
		number,
		number,
	];
	if (!isDayAndTime(...fields)) return NaN;
	const [y, m, d, ...time] = fields;
	return Date.UTC(y, m - 1, d, ...time, Number(fraction.padEnd(3, '0').slice(0, 3)));
}
