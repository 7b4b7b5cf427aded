import { refuseUnseenWarehouse } from '../../../market/verify/warehouseSeen';
import { OK, refusal, scripted } from '../../support/answers';
import { virtualPorts } from '../../support/virtualPorts';

const look = async (answer: Parameters<typeof scripted>[0]) =>
	await refuseUnseenWarehouse('1001', '51', ['A'], virtualPorts(scripted(answer)));
const shows = (...skus: string[]) => ({
	...OK,
	body: { status: 'OK', result: { offers: skus.map((offerId) => ({ offerId, stocks: [] })) } },
});

describe('A warehouse that is in no list', () => {
	it('is one if the Market shows any of the SKUs there', async () => {
		expect(await look(shows('A'))).toBeUndefined();
	});

	it('is doubted if it shows none', async () => {
		expect(await look(shows())).toEqual({
			reason:
				'Whether business 1001 has warehouse 51 could not be checked, and none of the SKUs read back is shown there',
			advice: expect.stringContaining('the Market ignores balances for a wrong one'),
		});
	});

	it('is doubted if it cannot be read, with the reason', async () => {
		expect((await look(refusal(403, 'Access denied')))?.reason).toMatch(
			/^Whether business 1001 has warehouse 51 .*, nor could it be read back\. .*\(403\)/,
		);
	});

	it('is not judged if something is wrong on our own side', async () => {
		const broken = new Error('No credential');
		const ports = virtualPorts(() => Promise.reject(broken));
		await expect(refuseUnseenWarehouse('1001', '51', ['A'], ports)).rejects.toBe(broken);
	});
});
