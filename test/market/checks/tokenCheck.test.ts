import { refuseToken } from '../../../market/checks/tokenCheck';
import { apiMethods } from '../../../market/contract/apiMethods';
import { DROPPED, OK, refusal, scripted } from '../../support/answers';
import { virtualPorts } from '../../support/virtualPorts';

type Answer = Parameters<typeof scripted>[0];

const tokenWith = (...authScopes: string[]): Answer => ({
	...OK,
	body: { status: 'OK', result: { apiKey: { name: 'Mine', authScopes } } },
});
const check = async (answer: Answer) =>
	await refuseToken(apiMethods.updateStocks, virtualPorts(scripted(answer)));

describe('Whether a token opens a method', () => {
	it.each<[string, Answer]>([
		['its access group', tokenWith('OFFERS_AND_CARDS_MANAGEMENT')],
		['one that is for all methods beside others', tokenWith('PRICING', 'ALL_METHODS')],
		['none that is told', tokenWith()],
	])('it does with %s', async (_, answer) => {
		expect(await check(answer)).toBeUndefined();
	});

	it.each([
		['of another kind', 'PRICING'],
		['for reading alone', 'OFFERS_AND_CARDS_MANAGEMENT_READ_ONLY'],
	])('it does not with an access group %s, and what is missing is named', async (_, scope) => {
		expect(await check(tokenWith(scope))).toMatchObject({
			advice: expect.stringContaining('offers-and-cards-management'),
		});
	});

	it('it does not if the Market refuses it for good', async () => {
		expect(await check(refusal(401, 'Api-Key token is invalid'))).toMatchObject({
			reason: expect.stringContaining('(401)'),
		});
	});

	it('is unknown if the Market does not answer', async () => {
		expect(await check(DROPPED)).toBe('unknown');
	});

	it('is not answered if something is wrong on our own side', async () => {
		const broken = new Error('No credential');
		const ports = virtualPorts(() => Promise.reject(broken));
		await expect(refuseToken(apiMethods.updateStocks, ports)).rejects.toBe(broken);
	});
});
