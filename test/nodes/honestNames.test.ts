import { updateStocks } from '../../market/write/methods';
import { sendRecords } from '../../market/write/sender';
import { Redactor } from '../../nodes/common/connection/redact';
import { failures, jobOf } from '../market/write/sending';
import { OK, refusal } from '../support/answers';
import { virtualPorts } from '../support/virtualPorts';

const SKU = 'Basic oversize-tshirt-black';

describe('A name that begins like a header', () => {
	const redactor = new Redactor([]);

	it('is shown as it is', () => {
		const body = { offerId: SKU, name: 'Polo Basic Oversize-Cotton-2026' };
		expect(redactor.reply({ ...body }, JSON.stringify(body))).toEqual(body);
	});

	it('is found in a refusal without another request', async () => {
		const ports = virtualPorts(async (request) => {
			if (!request.body?.includes(SKU)) return OK;
			const { body, ...rest } = refusal(400, `Stock for '${SKU}' is not allowed`);
			return { ...rest, body: redactor.reply(body, JSON.stringify(body)) };
		});
		const records = Array.from({ length: 2_000 }, (_, at) => ({
			sku: at === 777 ? SKU : `S${at}`,
			count: 1,
		}));
		const { outcomes, stats } = await sendRecords(jobOf(records, ports, updateStocks), ports);
		expect(failures(outcomes)).toHaveLength(1);
		expect(outcomes[777]).toMatchObject({
			status: 'failed',
			refusal: { reason: expect.stringContaining(SKU) },
		});
		expect(stats.requests).toBe(2);
	});
});
