import { MAX_UPDATED_AT_AGE_MS } from '../contract/bounds';
import { accepted, refused, type Checked, type Refusal } from '../common/refusal';
import { quote } from '../common/text';
import { isDayAndTime, readLocalTime, readSerial } from './localTime';
import type { TimeZone } from './timeZone';

/** The moment of a balance: in milliseconds since 1970, and as the text to send. */
export interface Moment {
	ms: number;
	/** Absent if the run's own stamp is to be sent instead. */
	text?: string;
}

/** A moment that was read, or why it cannot be sent; with its milliseconds if it is just too old or in the future. */
export type CheckedMoment =
	{ ok: true; value: Moment } | { ok: false; refusal: Refusal; ms?: number };

/** What to do with a moment more than a day old: refuse the item, or send the run's own moment instead. */
export type OldUpdatedAt = 'refuse' | 'runTime';

/**
 * ISO 8601 with an offset, optionally without a colon or in hours only, and in the form of RFC 3339 and databases:
 * with a space or lower-case letters.
 */
const WITH_OFFSET =
	/^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})([.,]\d{1,9})?)? ?(?:[Zz]|([+-]\d{2})(?::?(\d{2}))?)$/;
/** Longest text that can still be a moment, including spaces around it, in UTF-16 code units. */
const MAX_MOMENT_TEXT = 80;
const EXAMPLE = 'such as 2026-11-23T12:00:00+03:00';
const DAY_MS = 24 * 60 * 60_000;

/**
 * Reads the moment at which a balance was true: ISO 8601 with an offset, not in the future, at most 24 hours old.
 * Dates as databases give them and n8n's own date objects are accepted too. It is sent in the one form that every
 * ISO 8601 reader accepts: with seconds, and the offset in hours and minutes.
 *
 * @param nowMs the current time, in milliseconds since 1970
 * @param zone if given, moments without an offset are read in it: as texts, and as a spreadsheet's numbers
 * Source of the rules: updateStocks in the Market's documentation.
 */
export function readUpdatedAt(
	raw: unknown,
	nowMs: number,
	old: OldUpdatedAt,
	zone?: TimeZone,
): CheckedMoment {
	if (raw === undefined || raw === null || raw === '') {
		return refused(
			'Updated At is blank',
			'Fill it in the source, or leave Updated At unmapped: then all balances carry the time of the run.',
		);
	}
	const text = momentText(raw);
	const absolute = text === undefined ? undefined : readAbsolute(text);
	if (absolute) return checkAge(absolute, text, '', nowMs, old);
	if (!zone) {
		return refused(
			`Updated At ${quote(raw)} is not a date and time with a time zone`,
			`Use ISO 8601 with an offset or Z, ${EXAMPLE}. If the source knows no time zone, say in the option Time Zone of Updated At which one is meant.`,
		);
	}
	const local = readLocal(raw, text, zone);
	return local.ok ? checkAge(local.value, raw, `, read in ${zone.name},`, nowMs, old) : local;
}

function checkAge(
	moment: Moment,
	raw: unknown,
	how: string,
	nowMs: number,
	old: OldUpdatedAt,
): CheckedMoment {
	const { ms } = moment;
	if (ms > nowMs) {
		const reason = `Updated At ${quote(raw)}${how} is in the future`;
		const advice =
			"Check the time zone in the source, and this computer's clock. The Market refuses such a moment.";
		return { ok: false, refusal: { reason, advice }, ms };
	}
	if (nowMs - ms > MAX_UPDATED_AT_AGE_MS) {
		if (old === 'runTime') return accepted({ ms });
		const reason = `Updated At ${quote(raw)}${how} is more than 24 hours ago`;
		const advice =
			'The Market refuses such a moment. If the balance is still true, set the option Old Updated At to Send Run Time.';
		return { ok: false, refusal: { reason, advice }, ms };
	}
	return accepted(moment);
}

function momentText(raw: unknown): string | undefined {
	if (typeof raw === 'string') return raw.length > MAX_MOMENT_TEXT ? undefined : raw.trim();
	if (isDate(raw)) return Number.isNaN(raw.getTime()) ? undefined : raw.toISOString();
	if (
		typeof raw === 'object' &&
		raw !== null &&
		'toISO' in raw &&
		typeof raw.toISO === 'function'
	) {
		const iso: unknown = raw.toISO();
		return typeof iso === 'string' ? iso : undefined;
	}
	return undefined;
}

/** Also true for a date made in another JavaScript realm, such as n8n's expressions. */
function isDate(raw: unknown): raw is Date {
	return Object.prototype.toString.call(raw) === '[object Date]';
}

/** A moment with an offset. Undefined for a text of any other form, and for impossible days and hours. */
export function readAbsolute(text: string): Moment | undefined {
	const match = WITH_OFFSET.exec(text);
	if (!match) return undefined;
	const [, year, month, day, hour, minute, second = '00', fraction = '', hours, minutes = '00'] =
		match;
	if (
		!isDayAndTime(
			Number(year),
			Number(month),
			Number(day),
			Number(hour),
			Number(minute),
			Number(second),
		)
	)
		return undefined;
	const offset =
		hours === undefined || (hours === '-00' && minutes === '00') ? 'Z' : `${hours}:${minutes}`;
	const sent = `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction.replace(',', '.')}${offset}`;
	const ms = Date.parse(sent);
	return Number.isNaN(ms) ? undefined : { ms, text: sent };
}

/** A moment as clocks in a time zone show it. */
function readLocal(raw: unknown, text: string | undefined, zone: TimeZone): Checked<Moment> {
	const localMs = typeof raw === 'number' ? readSerial(raw) : readLocalTime(text ?? '');
	if (Number.isNaN(localMs)) {
		return refused(
			`Updated At ${quote(raw)} is not a date and time`,
			`Use ISO 8601, ${EXAMPLE} or 2026-11-23 12:00; or 23.11.2026 12:00; or a spreadsheet's date with a time. Slashes have two readings.`,
		);
	}
	if (typeof raw === 'number' && localMs % DAY_MS === 0) {
		return refused(
			`Updated At ${raw} is a day of a spreadsheet without a time`,
			'Fill in the time too, as =NOW() does: at midnight the balance may have been different.',
		);
	}
	const [ms, later] = zone.momentsOf(localMs);
	if (ms === undefined) {
		return refused(
			`Updated At ${quote(raw)} does not exist in ${zone.name}: the clocks were put forward past it`,
			`Check Time Zone of Updated At, or give the moment with an offset, ${EXAMPLE}.`,
		);
	}
	if (later !== undefined) {
		return refused(
			`Updated At ${quote(raw)} came twice in ${zone.name}: the clocks were put back to it`,
			`Give the moment with an offset, ${EXAMPLE}.`,
		);
	}
	return accepted({ ms, text: new Date(ms).toISOString() });
}
