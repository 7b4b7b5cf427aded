import type { Send } from '../../../market/wire/ports';
import { MarketReadRefused } from '../../../market/read/read';
import { getSubscription } from '../../../market/read/stores';
import { Subscriptions } from '../../../market/read/subscriptions';
import { SandboxMarket, STORES, type Switches } from '../../../sandbox';
import { DROPPED, OK, refusal, scripted } from '../../support/answers';
import { modelSend } from '../../../lab/time/modelSend';
import { VirtualClock } from '../../../lab/time/virtualClock';
import { virtualPorts } from '../../support/virtualPorts';

const MEDIUM = { ...OK, body: { result: { subscriptionLevel: 'MEDIUM' } } };
const { businessId } = STORES.dbs;
const HOUR_MS = 3_600_000;
const key = (id: number, apiUrl = 'https://a', accessKey = 'one') => ({
	apiUrl,
	accessKey,
	businessId: String(id),
});

describe('The subscription of a business', () => {
	it.each<[Switches['subscription'], string]>([
		['NONE', 'none'],
		['LIGHT', 'none'],
		['MEDIUM', 'medium'],
	])('%s has the amounts of %s', async (subscription, level) => {
		const market = new SandboxMarket({ clock: new VirtualClock(), switches: { subscription } });
		expect(await getSubscription(businessId, virtualPorts(modelSend(market)))).toBe(level);
	});

	it('is asked once an hour, for each business and each Market', async () => {
		const clock = new VirtualClock();
		const send = scripted({ ...OK, body: { result: { subscriptionLevel: 'MEDIUM' } } });
		const ports = virtualPorts(send, { clock });
		const subscriptions = new Subscriptions();
		const ask = async (apiUrl: string, id: number) =>
			await subscriptions.levelOf(key(id, apiUrl), ports);
		for (let time = 0; time < 3; time++) expect(await ask('https://a', 1)).toBe('medium');
		expect(send.requests).toHaveLength(1);
		await ask('https://b', 1);
		await ask('https://a', 2);
		expect(send.requests).toHaveLength(3);
		await clock.sleep(HOUR_MS - 1);
		await ask('https://a', 1);
		expect(send.requests).toHaveLength(3);
		await clock.sleep(1);
		await ask('https://a', 1);
		expect(send.requests).toHaveLength(4);
	});

	it.each([
		['could not answer', DROPPED, 'medium'],
		['refused to tell', refusal(403, 'Access denied'), 'none'],
	])('if the Market %s, is %3$s a minute later', async (_, answer, level) => {
		const clock = new VirtualClock();
		const subscriptions = new Subscriptions();
		const ask = async (send: Send) =>
			await subscriptions.levelOf(key(1), virtualPorts(send, { clock }));
		expect(await ask(scripted(answer))).toBe('none');
		await clock.sleep(60_000);
		expect(await ask(scripted(MEDIUM))).toBe(level);
	});

	it('is asked for anew if the run that asked was stopped, and for each credential', async () => {
		const subscriptions = new Subscriptions();
		const stopped = virtualPorts(scripted(MEDIUM));
		stopped.stop();
		expect(await subscriptions.levelOf(key(1), stopped)).toBe('none');
		expect(await subscriptions.levelOf(key(1), virtualPorts(scripted(MEDIUM)))).toBe('medium');
		const other = virtualPorts(scripted(refusal(403, 'Access denied')));
		expect(await subscriptions.levelOf(key(1, 'https://a', 'two'), other)).toBe('none');
		expect(await subscriptions.levelOf(key(1), other)).toBe('medium');
	});

	it.each([
		['refuses', refusal(403, 'Access denied'), 1],
		['does not answer', DROPPED, 2],
		['answers something else', { ...OK, body: { result: null } }, 2],
	])('counts as none if the Market %s, without a long wait', async (_, answer, requests) => {
		const send = scripted(answer);
		const ports = virtualPorts(send);
		expect(await new Subscriptions().levelOf(key(1), ports)).toBe('none');
		expect(ports.stats.requests).toBe(requests);
	});

	it('that cannot be asked for through a fault of ours passes it on', async () => {
		const broken = new Error('No credential');
		const ports = virtualPorts(() => Promise.reject(broken));
		await expect(new Subscriptions().levelOf(key(1), ports)).rejects.toBe(broken);
		await expect(getSubscription(1, virtualPorts(scripted(refusal(403))))).rejects.toThrow(
			MarketReadRefused,
		);
	});
});
