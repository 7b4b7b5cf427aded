import { hideOffers, unhideOffers } from '../../market/write/methods';
import { RunStamp } from '../../market/records/runStamp';
import { noStats } from '../../market/pacing/runPorts';
import { FateBook } from '../../nodes/common/output/fates';
import { undoneUntil } from '../../nodes/common/write/lateRequests';
import { sendTarget } from '../../nodes/common/write/target';
import { OK, scripted } from '../support/answers';
import { VirtualClock } from '../../lab/time/virtualClock';
import { virtualPorts } from '../support/virtualPorts';

it('A run of Hide that sent nothing is no proof that all requests to hide were answered', async () => {
	const clock = new VirtualClock();
	const ports = virtualPorts(scripted(OK), { clock });
	const plan = { targetId: '9', records: [{ sku: 'A' }], items: [0], together: new Map() };
	const common = {
		book: new FateBook(1),
		options: {},
		stamp: RunStamp.ofRun(clock.now()),
		account: { apiUrl: 'nothingHidden' },
		written: noStats(),
		alerts: [],
		logger: { info() {}, debug() {}, warn() {} },
		ports,
	};
	const opposite = { method: hideOffers, does: 'hide', isExpected: true };
	const unhide = { ...common, job: { method: unhideOffers, startMs: clock.now(), opposite } };
	expect(undoneUntil('9', unhide as never)).toBeGreaterThan(0);
	ports.stop();
	const hide = { ...common, job: { method: hideOffers, startMs: clock.now() } };
	await sendTarget({ plan, subscription: 'none' } as never, hide as never);
	expect(common.written.requests).toBe(0);
	expect(undoneUntil('9', unhide as never)).toBeGreaterThan(0);
});
