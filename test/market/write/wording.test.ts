import fc from 'fast-check';

import { isolate } from '../../../market/write/isolation';
import { concernsMoment, concernsWholeRequest, readMessages } from '../../../market/write/wording';
import { OK, refusal, scripted } from '../../support/answers';
import { virtualPorts } from '../../support/virtualPorts';
import { sendStock, skusOf, statuses } from './sending';

/** The Market's templates, as far as they name a SKU or a place in the list. */
const TEMPLATES: Array<(sku: string, place: number) => string> = [
	(sku) => `Stock for '${sku}' should not be in the future`,
	(sku) => `Stock for '${sku}' should not be older than a day`,
	(sku) => `Stock for '${sku}' is not allowed`,
	(sku) => `Duplicate shop-sku '${sku}' for warehouse '51'`,
	(sku) => `Duplicate offerId='${sku}' at positions '0, 1'`,
	(sku) => `Unknown shop-sku '${sku}'`,
	(sku) => `Stock for ${sku} is not allowed`,
	(_, place) => `skus[${place}].items[0].count must be greater than or equal to 0`,
	(_, place) => `Illegal input at skus[${place}].items`,
	() => 'Request contains invalid data',
];

/** Pieces of the Market's words, quotes, and the SKUs of others. */
const PIECES = [
	"'",
	"''",
	'A',
	'GOOD-1',
	"'GOOD-1'",
	"'A",
	"' should not be in the future",
	" for warehouse '51'",
	"' for warehouse '",
	" at positions '0, 1'",
	'skus[0]',
	'skus[1].sku',
	'hiddenOffers[2]',
	"Stock for 'A",
	"Unknown shop-sku 'A",
	'Type mismatch',
	'The request is too big',
	'JSON: ',
	'X-Business-Id',
	' is not allowed',
	' ',
	', ',
	'51',
	'0, 1',
	'O',
];

const hostileSku = fc
	.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 4 })
	.map((pieces) => pieces.join('').trim())
	.filter((sku) => sku !== '' && sku.length <= 255);

/** A SKU within another one that reads like a position only without it. */
const WITHIN_ANOTHER: [string[], number[], (sku: string, place: number) => string, boolean] = [
	["'", 'The request is too big', "''", "'A", 'skus[1].sku', 'Oskus[1].skuhiddenOffers[2]'],
	[5, 0],
	(sku) => `Stock for ${sku} is not allowed`,
	false,
];

function inTwo(piece: readonly number[]): number[][] {
	const middle = Math.ceil(piece.length / 2);
	return [piece.slice(0, middle), piece.slice(middle)].filter(({ length }) => length > 0);
}

describe('Whatever SKUs hold', () => {
	it('exactly those that the Market means are refused, and nothing else is read from their words', () => {
		fc.assert(
			fc.property(
				fc.uniqueArray(hostileSku, { minLength: 1, maxLength: 12 }),
				fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 4 }),
				fc.constantFrom(...TEMPLATES),
				fc.boolean(),
				(skus, guilty, template, isOneAtATime) => {
					const bad = new Set(guilty.flatMap((at) => skus[at] ?? []));
					const refused = new Set<string>();
					const work = [skus.map((_, at) => at)];
					let isFirst = true;
					for (let piece = work.pop(); piece; piece = work.pop()) {
						const batch = piece.map((at) => skus[at] as string);
						const named = batch.flatMap((sku, place) =>
							bad.has(sku) ? [template(sku, place)] : [],
						);
						if (named.length === 0) continue;
						const messages = isOneAtATime ? named.slice(0, 1) : named;
						expect(readMessages(messages, batch).some(concernsWholeRequest)).toBe(false);
						const answer = {
							...refusal(400),
							body: {
								status: 'ERROR',
								errors: messages.map((message) => ({ code: 'BAD_REQUEST', message })),
							},
						};
						const isolation = isolate(
							answer,
							piece,
							(at) => ({ sku: skus[at] as string }),
							isFirst,
						);
						for (const at of isolation.refused.keys()) refused.add(skus[at] as string);
						const parts = isolation.isNamed ? isolation.pieces : inTwo(isolation.pieces.flat());
						for (const part of parts) expect(part.length).toBeLessThan(piece.length);
						work.push(...parts);
						isFirst = false;
					}
					expect(refused).toEqual(bad);
				},
			),
			{ numRuns: 3_000, examples: [WITHIN_ANOTHER] },
		);
	});
});

describe('A SKU that reads like a message', () => {
	it.each<[string, string, string[]]>([
		[
			"x for warehouse 'y' 'GOOD-1",
			"Stock for 'x for warehouse 'y' 'GOOD-1' is not allowed",
			['GOOD-1', 'y'],
		],
		['odd skus[1]', "Stock for 'odd skus[1]' is not allowed", ['GOOD-1', 'GOOD-2']],
		['odd skus[1]', 'Stock for odd skus[1] is not allowed', ['GOOD-1', 'GOOD-2']],
		['The request is too big', 'Unknown shop-sku The request is too big', ['GOOD-1', 'GOOD-2']],
		[
			"GOOD-1' for warehouse '51",
			"Duplicate shop-sku 'GOOD-1' for warehouse '51' for warehouse '51'",
			['GOOD-1'],
		],
	])('%s costs no other record (%s)', async (sku, message, good) => {
		const send = scripted((request) =>
			skusOf(request).includes(sku) ? refusal(400, message) : OK,
		);
		const records = [sku, ...good].map((one) => ({ sku: one, count: 1 }));
		const { outcomes } = await sendStock(records, virtualPorts(send));
		expect(statuses(outcomes)).toBe(`F${'A'.repeat(good.length)}`);
	});

	it('does not make the moment of another wrong', () => {
		const skus = ['GOOD-1', "GOOD-1' should not be in the future, 'y"];
		const [wording] = readMessages([`Stock for '${skus[1]}' is not allowed`], skus);
		expect(wording && concernsMoment(wording)).toBe(false);
		const [clear] = readMessages(["Stock for 'GOOD-1' should not be in the future"], skus);
		expect(clear && [clear.sku, concernsMoment(clear)]).toEqual(['GOOD-1', true]);
	});
});
