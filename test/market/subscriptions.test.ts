import { MarketReadRefused } from '../../market/read';
import { getSubscription } from '../../market/reads/stores';
import { noStats } from '../../market/sender/exchange';
import { Subscriptions } from '../../market/subscriptions';
import { SandboxMarket, STORES, type Switches } from '../../sandbox';
import { DROPPED, OK, refusal, scripted } from '../support/answers';
import { modelSend } from '../support/modelSend';
import { VirtualClock } from '../support/virtualClock';
import { virtualPorts } from '../support/virtualPorts';

const { businessId } = STORES.dbs;
const HOUR_MS = 3_600_000;

describe('The subscription of a cabinet', () => {
	it.each<[Switches['subscription'], string]>([
		['NONE', 'none'],
		['LIGHT', 'none'],
		['MEDIUM', 'medium'],
	])('%s has the amounts of %s', async (subscription, level) => {
		const market = new SandboxMarket({ clock: new VirtualClock(), switches: { subscription } });
		expect(await getSubscription(businessId, virtualPorts(modelSend(market)), noStats())).toBe(level);
	});

	it('is asked once an hour, for each cabinet and each Market', async () => {
		const clock = new VirtualClock();
		const send = scripted({ ...OK, body: { result: { subscriptionLevel: 'MEDIUM' } } });
		const ports = virtualPorts(send, { clock });
		const subscriptions = new Subscriptions();
		const ask = async (apiUrl: string, id: number) => await subscriptions.levelOf(apiUrl, id, ports, noStats());
		for (let time = 0; time < 3; time++) expect(await ask('https://a', 1)).toBe('medium');
		expect(send.requests).toHaveLength(1);
		await ask('https://b', 1);
		await ask('https://a', 2);
		expect(send.requests).toHaveLength(3);
		await clock.sleep(HOUR_MS);
		await ask('https://a', 1);
		expect(send.requests).toHaveLength(4);
	});

	it.each([
		['refuses', refusal(403, 'Access denied'), 1],
		['does not answer', DROPPED, 2],
		['answers something else', { ...OK, body: { result: null } }, 2],
	])('counts as none where the Market %s, without a long wait', async (_, answer, requests) => {
		const send = scripted(answer);
		const stats = noStats();
		expect(await new Subscriptions().levelOf('https://a', 1, virtualPorts(send), stats)).toBe('none');
		expect(stats.requests).toBe(requests);
	});

	it('that cannot be asked for is our own fault where it is', async () => {
		const broken = new Error('No credential');
		const ports = virtualPorts(() => Promise.reject(broken));
		await expect(new Subscriptions().levelOf('https://a', 1, ports, noStats())).rejects.toBe(broken);
		await expect(getSubscription(1, virtualPorts(scripted(refusal(403))), noStats())).rejects.toThrow(MarketReadRefused);
	});
});
