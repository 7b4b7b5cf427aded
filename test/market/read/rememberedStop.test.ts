import { collect, type Told } from '../../../market/read/read';
import { listStoreWarehouses } from '../../../market/read/warehouses';
import { Remembered } from '../../../market/read/remembered';
import { DROPPED } from '../../support/answers';
import { VirtualClock } from '../../../lab/time/virtualClock';
import { virtualPorts } from '../../support/virtualPorts';

it('Stop ends a run that waits for what another run asks', async () => {
	const clock = new VirtualClock();
	const silent = async () => {
		await clock.sleep(60_000);
		return DROPPED;
	};
	const [asking, joining] = [virtualPorts(silent, { clock }), virtualPorts(silent, { clock })];
	const lists = new Remembered<readonly unknown[]>(3_600_000);
	const ask = (ports: typeof asking) => async () =>
		await collect(listStoreWarehouses('1', { isImpatient: true }, ports));
	const startMs = clock.now();
	const first = lists.get(['1'], asking, ask(asking));
	joining.stopAfter(1_000);
	expect(await lists.get(['1'], joining, ask(joining))).toMatchObject({
		ok: false,
		isDefinite: false,
	});
	expect(clock.now() - startMs).toBe(1_000);
	expect(await first).toMatchObject({ ok: false });
});

it('An impatient run asks anew after a patient one was refused', async () => {
	const ports = virtualPorts(() => Promise.resolve(DROPPED));
	const answers = new Remembered<string>(3_600_000);
	const ask = (answer: Told<string>) => async () => await Promise.resolve(answer);
	const refused = {
		ok: false,
		isDefinite: true,
		refusal: { reason: 'No', advice: 'Ask.' },
	} as const;
	expect(await answers.renew(['1'], ports, ask(refused))).toBe(refused);
	expect(await answers.get(['1'], ports, ask({ ok: true, value: 'yes' }))).toMatchObject({
		value: 'yes',
	});
});
