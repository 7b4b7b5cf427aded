import fc from 'fast-check';

import { findTimeZone } from '../../../market/records/timeZone';
import { refusalOf, valueOf } from '../../support/checked';

/** Moments at which clocks of a zone show a local time. */
function moments(zone: string, local: string): string[] {
	return valueOf(findTimeZone(zone))
		.momentsOf(Date.parse(`${local}Z`))
		.map((ms) => new Date(ms).toISOString());
}

it.each([
	['Europe/Moscow', '2026-11-25T10:00:00', '2026-11-25T07:00:00.000Z'],
	['Europe/Moscow', '2026-11-25T00:00:00.123', '2026-11-24T21:00:00.123Z'],
	['Europe/Kaliningrad', '2026-07-01T10:00:00', '2026-07-01T08:00:00.000Z'],
	['Asia/Kamchatka', '2026-01-01T05:00:00', '2025-12-31T17:00:00.000Z'],
	['Asia/Tashkent', '2026-11-25T10:00:00', '2026-11-25T05:00:00.000Z'],
	['Asia/Kathmandu', '2026-11-25T10:00:00', '2026-11-25T04:15:00.000Z'],
	['Pacific/Kiritimati', '2026-11-25T10:00:00', '2026-11-24T20:00:00.000Z'],
	['UTC', '2026-11-25T10:00:00', '2026-11-25T10:00:00.000Z'],
	// On either side of a change of clocks.
	['Europe/Berlin', '2026-03-29T01:59:59', '2026-03-29T00:59:59.000Z'],
	['Europe/Berlin', '2026-03-29T03:00:00', '2026-03-29T01:00:00.000Z'],
	['Europe/Berlin', '2026-10-25T01:59:59', '2026-10-24T23:59:59.000Z'],
	['Europe/Berlin', '2026-10-25T03:00:00', '2026-10-25T02:00:00.000Z'],
	['Australia/Lord_Howe', '2026-04-05T02:00:00', '2026-04-04T15:30:00.000Z'],
	// Moscow put its clocks back for good.
	['Europe/Moscow', '2014-10-25T12:00:00', '2014-10-25T08:00:00.000Z'],
	['Europe/Moscow', '2014-10-26T12:00:00', '2014-10-26T09:00:00.000Z'],
])('In %s it is %s once: at %s', (zone, local, moment) => {
	expect(moments(zone, local)).toEqual([moment]);
});

it.each([
	['Europe/Berlin', '2026-03-29T02:00:00'],
	['Europe/Berlin', '2026-03-29T02:59:59'],
	['America/New_York', '2026-03-08T02:30:00'],
	['Australia/Lord_Howe', '2026-10-04T02:15:00'],
])('In %s it is never %s', (zone, local) => {
	expect(moments(zone, local)).toEqual([]);
});

it.each([
	[
		'Europe/Berlin',
		'2026-10-25T02:00:00',
		['2026-10-25T00:00:00.000Z', '2026-10-25T01:00:00.000Z'],
	],
	[
		'America/New_York',
		'2026-11-01T01:30:00',
		['2026-11-01T05:30:00.000Z', '2026-11-01T06:30:00.000Z'],
	],
	[
		'Australia/Lord_Howe',
		'2026-04-05T01:45:00',
		['2026-04-04T14:45:00.000Z', '2026-04-04T15:15:00.000Z'],
	],
])('In %s it is %s twice', (zone, local, both) => {
	expect(moments(zone, local)).toEqual(both);
});

it('Every moment is among those of the local time that it shows', () => {
	const zones = [
		'Europe/Moscow',
		'Europe/Berlin',
		'America/New_York',
		'Australia/Lord_Howe',
		'Asia/Tashkent',
	];
	const found = new Map(zones.map((zone) => [zone, valueOf(findTimeZone(zone))]));
	const times = fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2035, 0, 1) });
	fc.assert(
		fc.property(fc.constantFrom(...zones), times, (zone, ms) => {
			const second = Math.floor(ms / 1_000) * 1_000;
			const shown = new Date(second).toLocaleString('sv-SE', { timeZone: zone });
			expect(found.get(zone)?.momentsOf(Date.parse(`${shown.replace(' ', 'T')}Z`))).toContain(
				second,
			);
		}),
	);
});

it.each(['MSK', '', 'Europe/Moskva', '25.11.2026', 5, null, undefined, {}])(
	'%j is not a time zone',
	(name) => {
		expect(refusalOf(findTimeZone(name)).reason).toContain('is not a time zone');
	},
);
