import { seenHolders, type SentAndShown } from '../../../market/verify/oneNumber';

const NOW = '2026-11-25T12:00:00.500Z';
const A_SECOND_LATER = '2026-11-25T12:00:01.500Z';
const EARLIER = '2026-11-25T11:00:00.000Z';

const shows = (count: number, updatedAt?: string, warehouseId = 1) => ({
	warehouseId,
	sku: 'A',
	counts: new Map([['AVAILABLE', count]]),
	updatedAt,
});
/** What was sent, less what buyers have ordered since. */
const reserved = (count: number, freeze: number) => ({
	...shows(count, NOW),
	counts: new Map([
		['AVAILABLE', count],
		['FREEZE', freeze],
	]),
});
const sent = (store: string, count: number, ...shown: SentAndShown['shown']): SentAndShown => ({
	store,
	sku: 'A',
	sent: count,
	updatedAt: NOW,
	shown,
});
const joined = (...balances: SentAndShown[]) =>
	seenHolders(balances).map(({ name, stores }) => [name, ...stores]);

it('Stores that show one of two numbers, as of its moment, hold one', () => {
	expect(joined(sent('1', 5, shows(7, NOW)), sent('2', 7, shows(7, NOW)))).toEqual([
		['"A"', '1', '2'],
	]);
});

it('even if the moment is shown in whole seconds, and beside other warehouses', () => {
	const second = NOW.replace('.500', '');
	expect(
		joined(sent('1', 5, shows(0, NOW, 9), shows(7, second)), sent('2', 7, shows(7, second))),
	).toHaveLength(1);
});

it.each<[string, SentAndShown[]]>([
	['show what each was sent', [sent('1', 5, shows(5, NOW)), sent('2', 7, shows(7, NOW))]],
	['show one number of before', [sent('1', 5, shows(3, EARLIER)), sent('2', 7, shows(3, EARLIER))]],
	[
		'show by chance the number of another, of another moment',
		[sent('1', 5, shows(7, EARLIER)), sent('2', 7, shows(7, NOW))],
	],
	[
		'show the number of another, as of a second later',
		[sent('1', 5, shows(7, A_SECOND_LATER)), sent('2', 7, shows(7, A_SECOND_LATER))],
	],
	['show nothing of the winner', [sent('1', 5, shows(7, NOW)), sent('2', 7)]],
	['were sent the same', [sent('1', 7, shows(7, NOW)), sent('2', 7, shows(7, NOW))]],
	['show nothing', [sent('1', 5), sent('2', 7)]],
	[
		'show the number of another less what is reserved',
		[sent('1', 5, shows(5, NOW)), sent('2', 7, reserved(5, 2))],
	],
])('Stores that %s are not seen to hold one', (_, balances) => {
	expect(joined(...balances)).toEqual([]);
});
