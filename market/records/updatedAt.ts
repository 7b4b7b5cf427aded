import { MAX_UPDATED_AT_AGE_MS } from '../bounds';
import { accepted, refused, type Checked } from '../refusal';
import { quote } from '../text';

/** The moment of a balance: in milliseconds since 1970, and as the text to send. */
export interface Moment {
	ms: number;
	/** Absent where the run's own stamp is to be sent in its place. */
	text?: string;
}

/** What to do with a moment more than a day old: refuse the item, or send the run's own moment instead. */
export type OldUpdatedAt = 'refuse' | 'runTime';

const ISO_WITH_OFFSET =
	/^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;
/** Date, hours and minutes that no seconds follow: ISO 8601 allows it, but not every reader of it does. */
const WITHOUT_SECONDS = /^(.{16})(?!:)/;
/** Longest text that can still be a moment, with spaces around it, in UTF-16 code units. */
const MAX_MOMENT_TEXT = 80;
const EXAMPLE = 'such as 2026-11-23T12:00:00+03:00';

/**
 * Reads the moment at which a balance was true: ISO 8601 with an offset, not in the future, at most 24 hours old.
 * Dates as databases give them and n8n's own date objects are taken too.
 *
 * @param nowMs the present, in milliseconds since 1970
 * Source of the rules: updateStocks in the Market's documentation.
 */
export function readUpdatedAt(raw: unknown, nowMs: number, old: OldUpdatedAt): Checked<Moment> {
	if (raw === undefined || raw === null || raw === '') {
		return refused(
			'Updated At is blank',
			'Fill it in the source, or leave Updated At unmapped: then all balances carry the time of the run.',
		);
	}
	const text = momentText(raw);
	const ms = text === undefined ? NaN : parseMoment(text);
	if (text === undefined || Number.isNaN(ms)) {
		return refused(
			`Updated At ${quote(raw)} is not a date and time with a time zone`,
			`Use ISO 8601 with an offset or Z, ${EXAMPLE}.`,
		);
	}
	if (ms > nowMs) {
		return refused(
			`Updated At ${quote(text)} is in the future`,
			"Check the time zone in the source, and this computer's clock. The Market refuses such a moment.",
		);
	}
	if (nowMs - ms > MAX_UPDATED_AT_AGE_MS) {
		if (old === 'runTime') return accepted({ ms });
		return refused(
			`Updated At ${quote(text)} is more than 24 hours ago`,
			'The Market refuses such a moment. If the balance is still true, set the option Old Updated At to Send Run Time.',
		);
	}
	return accepted({ ms, text: text.replace(WITHOUT_SECONDS, '$1:00') });
}

function momentText(raw: unknown): string | undefined {
	if (typeof raw === 'string') return raw.length > MAX_MOMENT_TEXT ? undefined : raw.trim();
	if (isDate(raw)) return Number.isNaN(raw.getTime()) ? undefined : raw.toISOString();
	if (typeof raw === 'object' && raw !== null && 'toISO' in raw && typeof raw.toISO === 'function') {
		const iso: unknown = raw.toISO();
		return typeof iso === 'string' ? iso : undefined;
	}
	return undefined;
}

/** Also true for a date made in another JavaScript realm, as n8n's expressions make them. */
function isDate(raw: unknown): raw is Date {
	return Object.prototype.toString.call(raw) === '[object Date]';
}

/** NaN for a text of another form, and for days and hours that no calendar has. */
function parseMoment(text: string): number {
	const match = ISO_WITH_OFFSET.exec(text);
	if (!match) return NaN;
	const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as [
		number,
		number,
		number,
		number,
		number,
		number,
	];
	const calendar = new Date(Date.UTC(year, month - 1, day));
	const isCalendarDay = calendar.getUTCMonth() === month - 1 && calendar.getUTCDate() === day;
	if (!isCalendarDay || hour > 23 || minute > 59 || second > 59) return NaN;
	return Date.parse(text);
}
