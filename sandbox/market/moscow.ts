import { parseTimestamp } from './timestamps';

/** Orders have the time of Moscow, which is always this far ahead of UTC. */
const OFFSET_MS = 3 * 60 * 60 * 1_000;
const OFFSET = '+03:00';

/** A moment as reads show it, such as `2026-11-23T15:00:00.000+03:00`; to the second without `milliseconds`. */
export function moscowMoment(moment: number, precision: 'milliseconds' | 'seconds'): string {
	const text = new Date(moment + OFFSET_MS).toISOString();
	return text.slice(0, precision === 'seconds' ? 19 : 23) + OFFSET;
}

/** The day of a moment, such as `2026-11-23`. */
export function moscowDate(moment: number): string {
	return new Date(moment + OFFSET_MS).toISOString().slice(0, 10);
}

/** When a day begins, in milliseconds; undefined if the text is not one such as `2026-11-23`. */
export function beginningOf(date: string): number | undefined {
	return parseTimestamp(`${date}T00:00:00${OFFSET}`);
}
