import { runInNewContext } from 'node:vm';

import fc from 'fast-check';

import { findTimeZone } from '../../../market/records/timeZone';
import { readUpdatedAt } from '../../../market/records/updatedAt';
import { SandboxMarket, STORES, TOKENS } from '../../../sandbox';
import { refusalOf, valueOf } from '../../support/checked';
import { VirtualClock } from '../../../lab/time/virtualClock';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const DAY_MS = 24 * 60 * 60 * 1_000;

describe('A moment that a source gives', () => {
	it.each([
		['with Z', '2026-11-23T11:00:00Z', '2026-11-23T11:00:00Z'],
		['with an offset', '2026-11-23T14:00:00+03:00', '2026-11-23T14:00:00+03:00'],
		['with an offset to the west', '2026-11-23T06:00:00-05:00', '2026-11-23T06:00:00-05:00'],
		['with milliseconds', '2026-11-23T11:00:00.000Z', '2026-11-23T11:00:00.000Z'],
		['with nanoseconds', '2026-11-23T11:00:00.000000000Z', '2026-11-23T11:00:00.000000000Z'],
		['with spaces around', ' 2026-11-23T11:00:00Z\n', '2026-11-23T11:00:00Z'],
		['as a date', new Date('2026-11-23T11:00:00Z'), '2026-11-23T11:00:00.000Z'],
		[
			'as a date of another realm',
			runInNewContext("new Date('2026-11-23T11:00:00Z')"),
			'2026-11-23T11:00:00.000Z',
		],
		[
			"as n8n's own date",
			{ toISO: () => '2026-11-23T14:00:00.000+03:00' },
			'2026-11-23T14:00:00.000+03:00',
		],
	])('%s is sent as the source wrote it', (_, raw, text) => {
		expect(valueOf(readUpdatedAt(raw, NOW, 'refuse'))).toEqual({
			ms: Date.parse('2026-11-23T11:00:00Z'),
			text,
		});
	});

	it('with up to 80 characters including spaces is read, and a longer text is not', () => {
		const padded = (length: number) => '2026-11-23T11:00:00Z'.padEnd(length);
		expect(valueOf(readUpdatedAt(padded(80), NOW, 'refuse')).text).toBe('2026-11-23T11:00:00Z');
		expect(refusalOf(readUpdatedAt(padded(81), NOW, 'refuse')).reason).toContain('(81 characters)');
	});

	it.each([
		['2026-11-23T11:00Z', '2026-11-23T11:00:00Z'],
		['2026-11-23T14:00+03:00', '2026-11-23T14:00:00+03:00'],
	])('without seconds, %s, gets them', (raw, text) => {
		expect(valueOf(readUpdatedAt(raw, NOW, 'refuse')).text).toBe(text);
	});

	it.each([
		['a basic offset', '2026-11-23T14:00:00+0300', '2026-11-23T14:00:00+03:00'],
		['an offset in hours only', '2026-11-23T14:00:00+03', '2026-11-23T14:00:00+03:00'],
		['one to the west', '2026-11-23T05:30:00.5-0530', '2026-11-23T05:30:00.5-05:30'],
		[
			'neither seconds nor minutes of the offset',
			'2026-11-23T14:00+03',
			'2026-11-23T14:00:00+03:00',
		],
		[
			'a space, as Postgres writes it',
			'2026-11-23 14:00:00.123456+03',
			'2026-11-23T14:00:00.123456+03:00',
		],
		['a space before the offset', '2026-11-23 14:00:00 +0300', '2026-11-23T14:00:00+03:00'],
		['small letters', '2026-11-23t11:00:00z', '2026-11-23T11:00:00Z'],
		['a decimal comma', '2026-11-23T11:00:00,250Z', '2026-11-23T11:00:00.250Z'],
		['an offset that ISO 8601 does not have', '2026-11-23T11:00:00-00:00', '2026-11-23T11:00:00Z'],
	])('with %s is sent in the form that every reader takes', (_, raw, text) => {
		expect(valueOf(readUpdatedAt(raw, NOW, 'refuse'))).toEqual({ ms: Date.parse(text), text });
	});

	it.each([
		['of this very moment', NOW],
		['of exactly 24 hours ago', NOW - DAY_MS],
	])('%s is taken', (_, ms) => {
		expect(valueOf(readUpdatedAt(new Date(ms), NOW, 'refuse')).ms).toBe(ms);
	});
});

describe('A moment that is refused', () => {
	it.each([
		['missing', undefined, /blank/],
		['null', null, /blank/],
		['empty', '', /blank/],
		['without a time zone', '2026-11-23T11:00:00', /time zone/],
		['a date alone', '2026-11-23', /time zone/],
		['in the form of a spreadsheet', '23.11.2026 11:00', /time zone/],
		['a word', 'yesterday', /time zone/],
		['a number', NOW, /time zone/],
		['true', true, /time zone/],
		['an object', {}, /time zone/],
		['a list', ['2026-11-23T11:00:00Z'], /time zone/],
		['an invalid date', new Date(NaN), /time zone/],
		["n8n's own date when it is invalid", { toISO: () => null }, /time zone/],
		['on 30 February', '2026-02-30T11:00:00Z', /time zone/],
		['in month 13', '2026-13-01T11:00:00Z', /time zone/],
		['at hour 24', '2026-11-22T24:00:00Z', /time zone/],
		['at minute 60', '2026-11-23T10:60:00Z', /time zone/],
		['at second 60', '2026-11-23T10:00:60Z', /time zone/],
		['at an offset that does not exist', '2026-11-23T10:00:00+99:99', /time zone/],
		['with an offset of three digits', '2026-11-23T11:00:00+030', /time zone/],
		['with an offset of one digit', '2026-11-23T11:00:00+3', /time zone/],
		['a number of a spreadsheet', 46_349.458_333, /time zone/],
		['a megabyte', '2026-11-23T11:00:00Z'.repeat(50_000), /time zone/],
		['a moment and a tail', '2026-11-23T11:00:00Z; drop', /time zone/],
		['a second ahead', '2026-11-23T12:00:01Z', /in the future/],
		['ahead because of the offset', '2026-11-23T12:00:00-02:00', /in the future/],
		['older than 24 hours', '2026-11-22T11:59:59Z', /more than 24 hours ago/],
	])('because it is %s says so', (_, raw, reason) => {
		expect(refusalOf(readUpdatedAt(raw, NOW, 'refuse')).reason).toMatch(reason);
	});

	it('because it is old names the option that would help', () => {
		expect(refusalOf(readUpdatedAt('2026-11-01T00:00:00Z', NOW, 'refuse')).advice).toMatch(
			/Old Updated At/,
		);
	});
});

it('The refusal of a moment without a time zone names the option that reads it', () => {
	expect(refusalOf(readUpdatedAt('23.11.2026 11:00', NOW, 'refuse')).advice).toContain(
		'Time Zone of Updated At',
	);
});

describe('In the time zone of the source', () => {
	const moscow = valueOf(findTimeZone('Europe/Moscow'));
	const berlin = valueOf(findTimeZone('Europe/Berlin'));

	it.each<[unknown, string]>([
		['23.11.2026 14:00:00', '2026-11-23T11:00:00.000Z'],
		['23.11.2026 14:00', '2026-11-23T11:00:00.000Z'],
		['23.11.2026, 14:00:05.25', '2026-11-23T11:00:05.250Z'],
		['23.11.2026 9:05', '2026-11-23T06:05:00.000Z'],
		['2026-11-23 14:00', '2026-11-23T11:00:00.000Z'],
		['2026-11-23 9:00', '2026-11-23T06:00:00.000Z'],
		['2026-11-23T14:00:00', '2026-11-23T11:00:00.000Z'],
		['2026-11-23T14:00:00.123456', '2026-11-23T11:00:00.123Z'],
		[' 2026-11-23 00:30 ', '2026-11-22T21:30:00.000Z'],
		// What Excel holds for 23.11.2026 14:00, 10:00:01 and one third of a day, with its noise.
		[46_349.583_333_333_336, '2026-11-23T11:00:00.000Z'],
		[46_349.416_678_240_74, '2026-11-23T07:00:01.000Z'],
		[46_349.333_333_333_336, '2026-11-23T05:00:00.000Z'],
	])('%j is %s', (raw, text) => {
		expect(valueOf(readUpdatedAt(raw, NOW, 'refuse', moscow))).toEqual({
			ms: Date.parse(text),
			text,
		});
	});

	it.each([
		['2026-11-23T11:00:00Z', '2026-11-23T11:00:00Z'],
		['2026-11-23T13:00:00+0200', '2026-11-23T13:00:00+02:00'],
	])('%s, which has one of its own, keeps it', (raw, text) => {
		expect(valueOf(readUpdatedAt(raw, NOW, 'refuse', moscow)).text).toBe(text);
	});

	it('a date of a database keeps its moment', () => {
		expect(valueOf(readUpdatedAt(new Date(NOW), NOW, 'refuse', moscow)).ms).toBe(NOW);
	});

	it.each<[unknown, RegExp]>([
		['11/23/2026 14:00', /is not a date and time$/],
		['23-11-2026 14:00', /is not a date and time$/],
		['23.11.26 14:00', /is not a date and time$/],
		['23.11.2026', /is not a date and time$/],
		['2026-11-23', /is not a date and time$/],
		['11.23.2026 14:00', /is not a date and time$/],
		['31.11.2026 14:00', /is not a date and time$/],
		['23.11.2026 24:00', /is not a date and time$/],
		['23.11.2026 2:00 PM', /is not a date and time$/],
		['46349.5', /is not a date and time$/],
		[NOW, /is not a date and time$/],
		[NOW / 1_000, /is not a date and time$/],
		[20_261_123, /is not a date and time$/],
		[0.5, /is not a date and time$/],
		// The last of 1999, the first and the last of this century, the first of the next.
		[36_525.9, /is not a date and time$/],
		[36_526.1, /is more than 24 hours ago$/],
		[73_050.9, /is in the future$/],
		[73_051.1, /is not a date and time$/],
		[NaN, /is not a date and time$/],
		[true, /is not a date and time$/],
		[46_349, /^Updated At 46349 is a day of a spreadsheet without a time$/],
		['', /blank/],
		[null, /blank/],
		[
			'23.11.2026 15:01',
			/^Updated At "23\.11\.2026 15:01", read in Europe\/Moscow, is in the future$/,
		],
		[
			'22.11.2026 14:59',
			/^Updated At "22\.11\.2026 14:59", read in Europe\/Moscow, is more than 24 hours ago$/,
		],
		[46_348.5, /read in Europe\/Moscow, is more than 24 hours ago$/],
	])('%j is refused', (raw, reason) => {
		expect(refusalOf(readUpdatedAt(raw, NOW, 'refuse', moscow)).reason).toMatch(reason);
	});

	it.each([
		['29.03.2026 02:30', /does not exist in Europe\/Berlin: the clocks were put forward/],
		['25.10.2026 02:30', /came twice in Europe\/Berlin: the clocks were put back/],
	])('%s, at which the clocks are changed, is refused', (raw, reason) => {
		expect(refusalOf(readUpdatedAt(raw, NOW, 'runTime', berlin)).reason).toMatch(reason);
	});

	it('any moment, as a spreadsheet or a text has it, is read back the same to the millisecond', () => {
		fc.assert(
			fc.property(fc.integer({ min: NOW - DAY_MS, max: NOW }), (ms) => {
				const localMs = ms + 3 * 3_600_000;
				const [serial, text] = [
					localMs / DAY_MS + 25_569,
					new Date(localMs).toISOString().slice(0, -1),
				];
				fc.pre(localMs % DAY_MS !== 0);
				expect(valueOf(readUpdatedAt(serial, NOW, 'refuse', moscow)).ms).toBe(ms);
				expect(valueOf(readUpdatedAt(text, NOW, 'refuse', moscow)).ms).toBe(ms);
			}),
		);
	});
});

describe('With Send Run Time', () => {
	it('an old moment is not sent, and still orders duplicates', () => {
		const old = '2026-11-01T00:00:00Z';
		expect(valueOf(readUpdatedAt(old, NOW, 'runTime'))).toEqual({ ms: Date.parse(old) });
	});

	it.each([undefined, '', 'yesterday', '2026-11-23T12:00:01Z'])(
		'%j is refused all the same',
		(raw) => {
			refusalOf(readUpdatedAt(raw, NOW, 'runTime'));
		},
	);
});

describe('Any moment', () => {
	it('of the last 24 hours is read back the same in every time zone', () => {
		const quarterHours = fc.integer({ min: -48, max: 56 });
		fc.assert(
			fc.property(fc.integer({ min: NOW - DAY_MS, max: NOW }), quarterHours, (ms, zone) => {
				expect(valueOf(readUpdatedAt(inZone(ms, zone * 15), NOW, 'refuse')).ms).toBe(ms);
			}),
		);
	});

	it('that is read is taken by the Market, and one refused as future or old is not', async () => {
		const digits = fc.constantFrom('', ':00', ':59', ':07.1', ':07.123456789');
		const offset = fc.constantFrom('Z', '+0300', '+03', '+00:00', '+03:00', '-11:30', '+14:00');
		const minutes = fc.integer({ min: -60 * 48, max: 60 * 24 });
		await fc.assert(
			fc.asyncProperty(minutes, digits, offset, async (minute, seconds, zone) => {
				const local = new Date(NOW + minute * 60_000).toISOString().slice(0, 16);
				const raw = `${local}${seconds}${zone}`;
				const checked = readUpdatedAt(raw, NOW, 'refuse');
				const status = await marketStatus(checked.ok ? String(checked.value.text) : extended(raw));
				if (checked.ok) expect(status).toBe(200);
				else expect(status).toBe(400);
			}),
			{ numRuns: 150 },
		);
	});

	it('of any type never throws', () => {
		fc.assert(
			fc.property(
				fc.anything({ withDate: true, withBigInt: true, withNullPrototype: true }),
				(raw) => {
					for (const zone of [undefined, valueOf(findTimeZone('Europe/Moscow'))]) {
						const checked = readUpdatedAt(raw, NOW, 'refuse', zone);
						if (!checked.ok) refusalOf(checked);
					}
				},
			),
		);
	});
});

/** The extended form of an offset. */
function extended(raw: string): string {
	return raw.replace(/\+03(?:00)?$/, '+03:00');
}

/** The Market's answer to a balance of this moment. */
async function marketStatus(updatedAt: string): Promise<number> {
	const market = new SandboxMarket({ clock: new VirtualClock(NOW) });
	const { status } = await market.handle({
		method: 'PUT',
		path: `/v2/campaigns/${STORES.dbs.campaignId}/offers/stocks`,
		headers: { 'api-key': TOKENS.allMethods, 'content-type': 'application/json' },
		body: JSON.stringify({ skus: [{ sku: 'SKU-00001', items: [{ count: 1, updatedAt }] }] }),
	});
	return status;
}

/** A moment as a clock in the zone shows it. */
function inZone(ms: number, offsetMinutes: number): string {
	const local = new Date(ms + offsetMinutes * 60_000).toISOString().slice(0, -1);
	const size = Math.abs(offsetMinutes);
	const pad = (n: number) => String(n).padStart(2, '0');
	return `${local}${offsetMinutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}
