import { nodesOn } from '../support/nodeRuns';
import { startFakeMarket, type FakeAnswer } from '../support/fakeMarket';

/** A page of hidden offers, and the token of the next one. */
function page(skus: string[], nextPageToken?: string): FakeAnswer {
	const result = { hiddenOffers: skus.map((offerId) => ({ offerId })), paging: { nextPageToken } };
	return { status: 200, body: JSON.stringify({ status: 'OK', result }) };
}

const parameters = { resource: 'hiddenOffer', operation: 'getAll', offers: 'all', returnAll: true };

/** Reads a list from a Market that answers each request by its page token and its number. */
async function read(answer: (token: string | null, count: number) => FakeAnswer) {
	const market = await startFakeMarket(({ url }) =>
		answer(
			new URL(url ?? '', 'http://market').searchParams.get('pageToken'),
			market.requests.length,
		),
	);
	const result = await nodesOn(market).read([{}], { parameters });
	await market.stop();
	return {
		...result,
		skus: result.items.map(({ json }) => json.sku),
		requests: market.requests.length,
	};
}

const MAY_BE_LONGER =
	/leads from page to page without an end: the list may be longer than what was read\. Run again later/;

describe('A list whose paging has no end', () => {
	it('ends at a token that comes again, and what was read is kept', async () => {
		const { status, skus, hints, requests } = await read((token) =>
			token ? page(['C'], 'second') : page(['A', 'B'], 'second'),
		);
		expect([status, skus, requests]).toEqual(['success', ['A', 'B', 'C'], 2]);
		expect(hints.map(({ message }) => message)).toEqual([expect.stringMatching(MAY_BE_LONGER)]);
	});

	it('gives a page only once if it keeps coming back', async () => {
		const { skus, hints } = await read((token) => page(['A', 'B'], token ? 'second' : 'first'));
		expect(skus).toEqual(['A', 'B']);
		expect(hints).toHaveLength(1);
	});

	it('ends after some pages in a row with nothing new, each with another token', async () => {
		const { skus, hints, requests } = await read((token, count) =>
			page(token ? [] : ['A'], `token ${count}`),
		);
		expect(skus).toEqual(['A']);
		expect(requests).toBe(11);
		expect(hints).toHaveLength(1);
	});

	it('fails if nothing was read', async () => {
		const { status, error } = await read((_, count) => page([], `token ${count}`));
		expect(status).toBe('error');
		expect(error?.message).toContain('without an end');
	});

	it('is told from a long one with an empty page in between', async () => {
		const { skus, hints } = await read((token) =>
			token === 'third' ? page(['B']) : token ? page([], 'third') : page(['A'], 'second'),
		);
		expect([skus, hints]).toEqual([['A', 'B'], []]);
	});
});
