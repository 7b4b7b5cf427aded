import { runInNewContext } from 'node:vm';

import fc from 'fast-check';

import { readUpdatedAt } from '../../../market/records/updatedAt';
import { SandboxMarket, STORES, TOKENS } from '../../../sandbox';
import { refusalOf, valueOf } from '../../support/checked';
import { VirtualClock } from '../../support/virtualClock';

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
		['as a date of another realm', runInNewContext("new Date('2026-11-23T11:00:00Z')"), '2026-11-23T11:00:00.000Z'],
		["as n8n's own date", { toISO: () => '2026-11-23T14:00:00.000+03:00' }, '2026-11-23T14:00:00.000+03:00'],
	])('%s is sent as the source wrote it', (_, raw, text) => {
		expect(valueOf(readUpdatedAt(raw, NOW, 'refuse'))).toEqual({ ms: Date.parse('2026-11-23T11:00:00Z'), text });
	});

	it.each([
		['2026-11-23T11:00Z', '2026-11-23T11:00:00Z'],
		['2026-11-23T14:00+03:00', '2026-11-23T14:00:00+03:00'],
	])('without seconds, %s, gets them', (raw, text) => {
		expect(valueOf(readUpdatedAt(raw, NOW, 'refuse')).text).toBe(text);
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
		['a megabyte', '2026-11-23T11:00:00Z'.repeat(50_000), /time zone/],
		['a moment and a tail', '2026-11-23T11:00:00Z; drop', /time zone/],
		['a second ahead', '2026-11-23T12:00:01Z', /in the future/],
		['ahead because of the offset', '2026-11-23T12:00:00-02:00', /in the future/],
		['older than 24 hours', '2026-11-22T11:59:59Z', /more than 24 hours ago/],
	])('because it is %s says so', (_, raw, reason) => {
		expect(refusalOf(readUpdatedAt(raw, NOW, 'refuse')).reason).toMatch(reason);
	});

	it('because it is old is told of the option that would help', () => {
		expect(refusalOf(readUpdatedAt('2026-11-01T00:00:00Z', NOW, 'refuse')).advice).toMatch(/Old Updated At/);
	});
});

describe('With Send Run Time', () => {
	it('an old moment is not sent, and still orders duplicates', () => {
		const old = '2026-11-01T00:00:00Z';
		expect(valueOf(readUpdatedAt(old, NOW, 'runTime'))).toEqual({ ms: Date.parse(old) });
	});

	it.each([undefined, '', 'yesterday', '2026-11-23T12:00:01Z'])('%j is refused all the same', (raw) => {
		refusalOf(readUpdatedAt(raw, NOW, 'runTime'));
	});
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

	it('that is read is taken by the Market, and none is when it was refused as future or old', async () => {
		const digits = fc.constantFrom('', ':00', ':59', ':07.1', ':07.123456789');
		const offset = fc.constantFrom('Z', '+00:00', '+03:00', '-11:30', '+14:00');
		const minutes = fc.integer({ min: -60 * 48, max: 60 * 24 });
		await fc.assert(
			fc.asyncProperty(minutes, digits, offset, async (minute, seconds, zone) => {
				const local = new Date(NOW + minute * 60_000).toISOString().slice(0, 16);
				const raw = `${local}${seconds}${zone}`;
				const checked = readUpdatedAt(raw, NOW, 'refuse');
				const status = await marketStatus(checked.ok ? String(checked.value.text) : raw);
				if (checked.ok) expect(status).toBe(200);
				else expect(status).toBe(400);
			}),
			{ numRuns: 150 },
		);
	});

	it('of any type never throws', () => {
		fc.assert(
			fc.property(fc.anything({ withDate: true, withBigInt: true, withNullPrototype: true }), (raw) => {
				const checked = readUpdatedAt(raw, NOW, 'refuse');
				if (!checked.ok) refusalOf(checked);
			}),
		);
	});
});

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
