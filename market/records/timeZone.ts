import { accepted, refused, type Checked } from '../common/refusal';
import { quote } from '../common/text';

/** A time zone in which local times are read. */
export interface TimeZone {
	/** Its name in the IANA database, such as Europe/Moscow. */
	name: string;
	/**
	 * The moments, in milliseconds since 1970, at which the clocks there show a local time. None if they are put forward
	 * past it, two if they are put back to it.
	 *
	 * @param localMs the local time, as if it were UTC
	 */
	momentsOf(localMs: number): number[];
}

const QUARTER_MS = 15 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

/** Finds a time zone by name. */
export function findTimeZone(name: unknown): Checked<TimeZone> {
	if (typeof name === 'string') {
		try {
			return accepted(new KnownTimeZone(name.trim()));
		} catch {
			// Intl throws if it does not know the name.
		}
	}
	return refused(
		`${quote(name)} is not a time zone`,
		'A time zone has an IANA name, such as Europe/Moscow or Asia/Tashkent.',
	);
}

class KnownTimeZone implements TimeZone {
	readonly name: string;
	private readonly format: Intl.DateTimeFormat;
	/** How far clocks there are ahead of UTC, by moment: asking costs some 60 microseconds, and there are many rows. */
	private readonly offsets = new Map<number, number>();

	/** @throws RangeError if there is no such zone */
	constructor(timeZone: string) {
		const number = 'numeric';
		this.format = new Intl.DateTimeFormat('en-US', {
			timeZone,
			calendar: 'gregory',
			numberingSystem: 'latn',
			hourCycle: 'h23',
			year: number,
			month: number,
			day: number,
			hour: number,
			minute: number,
			second: number,
		});
		this.name = timeZone;
	}

	momentsOf(localMs: number): number[] {
		// No zone is a day away from UTC, and none changes its offset twice in two days.
		const before = this.offsetAt(localMs - DAY_MS);
		const after = this.offsetAt(localMs + DAY_MS);
		const candidates = before === after ? [before] : [before, after];
		// Two of them hold only where clocks are put back: the first is the earlier one.
		return candidates
			.map((offset) => localMs - offset)
			.filter((ms, index) => this.offsetAt(ms) === candidates[index]);
	}

	/** Offsets change on a quarter of an hour, and on most days not at all. */
	private offsetAt(ms: number): number {
		const dayMs = Math.floor(ms / DAY_MS) * DAY_MS;
		const offset = this.ask(dayMs);
		return offset === this.ask(dayMs + DAY_MS)
			? offset
			: this.ask(Math.floor(ms / QUARTER_MS) * QUARTER_MS);
	}

	private ask(ms: number): number {
		const known = this.offsets.get(ms);
		if (known !== undefined) return known;
		const parts = Object.fromEntries(
			this.format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]),
		);
		const { year = 0, month = 1, day, hour, minute, second } = parts;
		const offset = Date.UTC(year, month - 1, day, hour, minute, second) - ms;
		this.offsets.set(ms, offset);
		return offset;
	}
}
