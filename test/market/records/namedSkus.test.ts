import { namedSkusOf } from '../../../market/records/namedSkus';
import type { Plan } from '../../../market/records/plan';
import { each } from '../../support/each';

const refusal = { reason: 'No', advice: 'Correct it.' };
const targets = [
	{
		targetId: '7',
		records: [{ sku: 'a' }, { sku: 'b' }],
		items: [0, 2],
		together: new Map([[1, [2, 3]]]),
	},
];

const named = async (refused: Plan<{ sku: string }>['refused']) =>
	await namedSkusOf({ targets, refused }, ({ sku }) => `key of ${sku}`, each);
const names = async (refused: Plan<{ sku: string }>['refused'], targetId: string, sku: string) =>
	(await named(refused)).has(targetId, `key of ${sku}`, sku);

describe('The SKUs that a run names', () => {
	it('are those of its records, each for its own target', async () => {
		expect(await names(new Map(), '7', 'b')).toBe(true);
		expect(await names(new Map(), '8', 'b')).toBe(false);
		expect(await names(new Map(), '7', 'c')).toBe(false);
	});

	it('are those of refused items too, at their place', async () => {
		const refused = new Map([[4, { sku: 'c', targetId: '7', key: 'key of c', refusal }]]);
		expect(await names(refused, '7', 'c')).toBe(true);
		expect(await names(refused, '8', 'c')).toBe(false);
		expect([...(await named(refused)).skusOf('7')]).toEqual(['a', 'b', 'c']);
	});

	it('are everywhere in a target if the place could not be read, and everywhere at all if the target could not', async () => {
		const refused = new Map([
			[4, { sku: 'c', targetId: '7', refusal }],
			[5, { sku: 'd', refusal }],
		]);
		expect(await names(refused, '7', 'c')).toBe(true);
		expect(await names(refused, '8', 'c')).toBe(false);
		expect(await names(refused, '8', 'd')).toBe(true);
		expect([...(await named(refused)).skusOf('8')]).toEqual(['d']);
	});

	it('are at their own place only if a guard holds them back', async () => {
		const heldBack = new Map([[2, { sku: 'b', targetId: '7', refusal }]]);
		const { has } = await named(heldBack);
		expect(has('7', 'key of b', 'b')).toBe(true);
		expect(has('7', 'b in another warehouse', 'b')).toBe(false);
	});
});

describe('An item whose SKU could not be read', () => {
	it('may be about any offer of its target', async () => {
		const refused = new Map([
			[4, { targetId: '7', refusal }],
			[5, { targetId: '7', refusal }],
		]);
		const { unreadable } = await named(refused);
		expect(unreadable('7')).toBe(4);
		expect(unreadable('8')).toBeUndefined();
	});

	it('may be about any offer at all if its target could not be read either', async () => {
		expect((await named(new Map([[6, { refusal }]]))).unreadable('8')).toBe(6);
	});
});
