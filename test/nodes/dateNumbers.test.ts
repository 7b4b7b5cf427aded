import { DateNumbers } from '../../nodes/common/stocks/dateNumbers';
import { skuOf, useSandbox } from '../support/useSandbox';

const shop = useSandbox();
const NOW_MS = Date.UTC(2026, 10, 26);

function warningsFor(...raw: unknown[]): string[] {
	const dates = new DateNumbers(NOW_MS);
	raw.forEach((one, item) => dates.look(one, item));
	return dates.warnings(raw.map(() => ({ json: {} })));
}

it.each([
	[45658, '2025-01-01'],
	[46331, '2026-11-05'],
	[46752, '2027-12-31'],
])('%p may be the day %s', (days, day) => {
	expect(warningsFor(7, days)).toEqual([
		`1 of the balances may be dates, which a spreadsheet holds as numbers of days (${days} in item 1 is ${day}). If they are, format the column as text or number and type them again.`,
	]);
});

it.each([[45657], [46753], ['46331'], [46331.5], [null]])('%p may not', (raw) => {
	expect(warningsFor(raw)).toEqual([]);
});

it('The first three are named, with their lines', () => {
	const dates = new DateNumbers(NOW_MS);
	const days = [46331, 46332, 46333, 46334];
	days.forEach((day, item) => dates.look(day, item));
	const [warning] = dates.warnings(days.map((_, item) => ({ json: { lineInFile: item + 2 } })));
	expect(warning).toContain(
		'4 of the balances may be dates, which a spreadsheet holds as numbers of days (46331 in item 0 (line 2 of the file) is 2026-11-05, ',
	);
	expect(warning).toContain(' is 2026-11-07 and 1 more)');
});

it('A run says so', async () => {
	const days = Math.floor(Date.now() / 86_400_000) + 25_569;
	const { hints } = await shop.update([{ sku: skuOf(1), stock: days }]);
	expect(hints[1]?.message).toContain(`1 of the balances may be dates`);
	expect(shop.available(1)).toBe(days);
});
