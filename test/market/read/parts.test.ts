import { MarketReadRefused } from '../../../market/read/read';
import { readParts } from '../../../market/read/parts';

function refusedBy(status: number, isDefinite: boolean): MarketReadRefused {
	return new MarketReadRefused(
		{ reason: `Refused by ${status}`, advice: 'Wait.' },
		status,
		isDefinite,
	);
}

/** Reads parts, some of which fail. @returns those that were asked for, and those that failed */
async function read(errors: Record<string, Error>, parts = ['a', 'b', 'c', 'd', 'e']) {
	const asked: string[] = [];
	const failed = await readParts(parts, async (part) => {
		asked.push(part);
		if (errors[part]) throw errors[part];
		await Promise.resolve();
	});
	return {
		asked: asked.join(''),
		failed: [...failed].map(([part, error]) => `${part}: ${(error as Error).message}`),
	};
}

describe('Reading in parts', () => {
	it('goes on after a part that fails', async () => {
		const errors = { b: refusedBy(500, false), d: refusedBy(400, true) };
		expect(await read(errors)).toEqual({
			asked: 'abcde',
			failed: ['b: Refused by 500', 'd: Refused by 400'],
		});
	});

	it('gives up if two fail in a row', async () => {
		const errors = { b: refusedBy(500, false), c: refusedBy(503, false) };
		const failed = [
			'b: Refused by 500',
			'c: Refused by 503',
			'd: Refused by 503',
			'e: Refused by 503',
		];
		expect(await read(errors)).toEqual({ asked: 'abc', failed });
	});

	it.each([
		['the Market opens nothing to the token', refusedBy(403, true)],
		['something is wrong on our own side', new Error('No credential')],
	])('gives up at once if %s', async (_, error) => {
		const { asked, failed } = await read({ b: error });
		expect([asked, failed.length]).toEqual(['ab', 4]);
	});

	it('reads as many at once as it may, and gives up for all of them', async () => {
		const ends: Array<() => void> = [];
		const asked: string[] = [];
		const reading = readParts(
			['a', 'b', 'c', 'd', 'e', 'f', 'g'],
			async (part) => {
				asked.push(part);
				await new Promise<void>((resolve) => ends.push(resolve));
				if (part > 'b') throw refusedBy(500, false);
			},
			3,
		);
		const seen: string[] = [];
		while (ends.length > 0) {
			seen.push(asked.join(''));
			ends.shift()?.();
			await new Promise((resolve) => setImmediate(resolve));
		}
		expect(seen).toEqual(['abc', 'abcd', 'abcde', ...Array<string>(3).fill('abcdef')]);
		expect([...(await reading).keys()].sort().join('')).toBe('cdefg');
	});
});
