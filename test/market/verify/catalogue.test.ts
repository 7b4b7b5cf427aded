import { absentFromStore } from '../../../market/verify/catalogue';
import { OK, refusal, scripted } from '../../support/answers';
import { virtualPorts } from '../../support/virtualPorts';

/** How many of so many SKUs a store with an empty catalogue, or one that does not say, is found to lack. */
async function absentOf(count: number, answer: Parameters<typeof scripted>[0] = NOTHING) {
	const send = scripted(answer);
	const skus = Array.from({ length: count }, (_, index) => `SKU-${index}`);
	const absent = await absentFromStore('1', skus, virtualPorts(send));
	return { absent: absent.size, requests: send.requests.length };
}

const NOTHING = { ...OK, body: { status: 'OK', result: { offers: [] } } };

describe('SKUs that a store does not show', () => {
	it.each([
		[0, { absent: 0, requests: 0 }],
		[1, { absent: 1, requests: 1 }],
		[2_000, { absent: 2_000, requests: 10 }],
		[2_001, { absent: 0, requests: 0 }],
	])('%d are looked up in its catalogue if that saves more than it costs', async (count, found) => {
		expect(await absentOf(count)).toEqual(found);
	});

	it('are not said to be absent if the Market does not say', async () => {
		expect(await absentOf(1, refusal(403, 'Access denied'))).toEqual({ absent: 0, requests: 1 });
	});
});
