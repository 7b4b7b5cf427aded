import { updateStocks } from '../../../market/write/methods';
import { sendRecords } from '../../../market/write/sender';
import { scripted } from '../../support/answers';
import { virtualPorts } from '../../support/virtualPorts';
import { failures, jobOf } from '../write/sending';

describe('a host that cannot be reached', () => {
	it.each([
		['read EHOSTUNREACH 213.180.204.1:443', 'unknown'],
		['write ENETUNREACH', 'unknown'],
		['connect EHOSTUNREACH 213.180.204.1:443', 'no'],
	])('by "%s": whether the Market holds it is %s', async (message, applied) => {
		const code = /E\w+/.exec(message)?.[0];
		const ports = virtualPorts(scripted({ kind: 'fault', code, message }));
		const { outcomes } = await sendRecords(
			jobOf([{ sku: 'A', count: 1 }], ports, updateStocks),
			ports,
		);
		expect(failures(outcomes)).toMatchObject([{ applied }]);
	});
});
