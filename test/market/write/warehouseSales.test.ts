import { switchSales } from '../../../market/write/warehouseSales';
import { MarketReadRefused } from '../../../market/read/read';
import { modelSend } from '../../../lab/time/modelSend';
import { VirtualClock } from '../../../lab/time/virtualClock';
import { SandboxMarket, STORES, TOKENS } from '../../../sandbox';
import { DROPPED, refusal, scripted } from '../../support/answers';
import { virtualPorts } from '../../support/virtualPorts';

const off = {
	businessId: String(STORES.warehouseFbs.businessId),
	warehouseId: String(STORES.warehouseFbs.warehouseId),
	model: 'FBS',
	isOn: false,
} as const;

it('A warehouse is named by its digits as they are', async () => {
	let body: unknown;
	const ports = virtualPorts(async (request) => {
		({ body } = request);
		return { kind: 'reply', status: 200, headers: {}, body: { status: 'OK' } };
	});
	const warehouseId = '9007199254740993';
	expect(await switchSales({ ...off, warehouseId, isOn: true }, ports)).toBeUndefined();
	expect(body).toBe('{"partnerWarehouseId":9007199254740993,"model":"FBS","enabled":true}');
});

it('The Market tells the new status', async () => {
	const clock = new VirtualClock();
	const market = new SandboxMarket({ clock });
	const ports = virtualPorts(modelSend(market, TOKENS.warehouseAll), { clock });
	expect(await switchSales(off, ports)).toBe('DISABLED_MANUALLY');
	expect(await switchSales({ ...off, isOn: true }, ports)).toBe('OTHER');
	expect(market.statistics().updateWarehouseModelStatus?.requests).toBe(2);
});

it.each([
	['no answer', DROPPED, true],
	['500', refusal(500), true],
	['403', refusal(403), false],
])(
	'If %s ends it, the message says whether the Market may have switched',
	async (_name, answer, isMaybe) => {
		const ports = virtualPorts(scripted(answer));
		const error: unknown = await switchSales(off, ports).catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(MarketReadRefused);
		const { reason, advice } = (error as MarketReadRefused).refusal;
		expect(/may have switched nevertheless$/.test(reason)).toBe(isMaybe);
		expect(/switch the same way twice does no harm/.test(advice)).toBe(isMaybe);
	},
);
