import { knownIds } from '../../nodes/common/write/knownIds';
import { OK, scripted } from '../support/answers';
import { virtualPorts } from '../support/virtualPorts';

it('An ID is looked for in the warehouses of three businesses at most: each takes one of the hundred questions an hour', async () => {
	const campaigns = [1, 2, 3, 4].map((id) => ({ id: 10 + id, business: { id } }));
	const warehouses = [{ id: 51, campaignId: 11 }];
	const send = scripted(
		{ ...OK, body: { campaigns, paging: {} } },
		{ ...OK, body: { status: 'OK', result: { warehouses, paging: {} } } },
	);
	const run = {
		account: { apiUrl: 'https://of.three', accessKey: 'businesses' },
		ports: virtualPorts(send),
	};
	const known = await knownIds(run as never);
	expect(send.requests.map(({ apiMethod }) => apiMethod.name)).toEqual([
		'getCampaigns',
		...Array<string>(3).fill('getPagedWarehouses'),
	]);
	expect(known).toEqual({ campaigns, warehouses: Array(3).fill(warehouses[0]) });
});
