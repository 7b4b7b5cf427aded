import type { MarketReply } from '../../market/ports';
import { marketTime, untilWindowEnds } from '../../market/serverClock';

function reply(date?: string, until?: string): MarketReply {
	return { kind: 'reply', status: 420, headers: { date, 'x-ratelimit-resource-until': until }, body: {} };
}

describe("The Market's clock", () => {
	it('is read from the reply', () => {
		expect(marketTime(reply('Tue, 09 Jan 2024 14:04:20 GMT'))).toBe(Date.UTC(2024, 0, 9, 14, 4, 20));
	});

	it.each([undefined, '', 'soon'])('is not known from a Date of %j', (date) => {
		expect(marketTime(reply(date))).toBeNaN();
	});
});

describe('The wait until the window ends', () => {
	it('goes by the clock of the Market alone', () => {
		expect(untilWindowEnds(reply('Tue, 09 Jan 2024 14:04:20 GMT', 'Tue, 09 Jan 2024 14:05:00 GMT'))).toBe(40_000);
	});

	it.each([
		['is not told', 'Tue, 09 Jan 2024 14:04:20 GMT', undefined],
		['cannot be read', 'Tue, 09 Jan 2024 14:04:20 GMT', 'later'],
		['is over', 'Tue, 09 Jan 2024 14:04:20 GMT', 'Tue, 09 Jan 2024 14:04:00 GMT'],
		['ends now', 'Tue, 09 Jan 2024 14:04:20 GMT', 'Tue, 09 Jan 2024 14:04:20 GMT'],
		['has no time to compare with', undefined, 'Tue, 09 Jan 2024 14:05:00 GMT'],
	])('is not known where the window %s', (_, date, until) => {
		expect(untilWindowEnds(reply(date, until))).toBeUndefined();
	});
});
