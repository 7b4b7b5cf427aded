import { DEFAULT_SWITCHES, mixedFaults, parseSwitches } from '../../sandbox';

describe('parseSwitches', () => {
	it('takes the defaults, and lists', () => {
		expect(parseSwitches({ ...DEFAULT_SWITCHES })).toEqual(DEFAULT_SWITCHES);
		const lists = {
			migrating: [21_000_001],
			faults: [
				...mixedFaults(0.05),
				{ kind: '500empty', count: 2, operation: 'getStocks' },
				{ kind: 'slow', ms: 5, count: 1 },
			],
			phantom: [
				{ operation: 'updateStocks', campaignId: 1, itemsPerWindow: 5 },
				{ operation: 'getHiddenOffers', campaignId: 1, itemsPerSecond: 0.5 },
				{ operation: 'updateStocksOnPartnerWarehouses', businessId: 1003, itemsPerWindow: 20 },
			],
			poisonedSkus: [{ sku: 'SKU-00001', naming: 'listed' }],
			disabledModels: [{ warehouseId: 54_000_001, model: 'FBS' }],
		};
		expect(parseSwitches(lists)).toEqual(lists);
	});

	const refused: Array<{ changes: Record<string, unknown>; message: string }> = [
		{ changes: { latencyMs: -1 }, message: "Switch 'latencyMs' takes milliseconds, 0 or more" },
		{ changes: { latencyMs: '5' }, message: "Switch 'latencyMs' takes milliseconds, 0 or more" },
		{
			changes: { quotas: 'none' },
			message: "Switch 'quotas' takes 'real', 'off' or a number above 0",
		},
		{ changes: { quotas: 0 }, message: "Switch 'quotas' takes 'real', 'off' or a number above 0" },
		{
			changes: { subscription: 'HEAVY' },
			message: "Switch 'subscription' takes 'NONE', 'LIGHT', 'MEDIUM'",
		},
		{
			changes: { visibilityDelayMs: null },
			message: "Switch 'visibilityDelayMs' takes milliseconds, 0 or more",
		},
		{ changes: { unknownSku: 'drop' }, message: "Switch 'unknownSku' takes 'ignore', 'refuse'" },
		{
			changes: { unknownWarehouse: 'drop' },
			message: "Switch 'unknownWarehouse' takes 'ignore', 'refuse'",
		},
		{ changes: { v3WithGroups: true }, message: "Switch 'v3WithGroups' takes 'accept', 'refuse'" },
		{
			changes: { v2WithoutGroups: null },
			message: "Switch 'v2WithoutGroups' takes 'accept', 'refuse'",
		},
		{ changes: { deductReserves: 1 }, message: "Switch 'deductReserves' takes true or false" },
		{ changes: { migrating: 21_000_001 }, message: "Switch 'migrating' takes a list" },
		{
			changes: { migrating: [1, '2'] },
			message: "Switch 'migrating'[1] takes a whole number, 1 or more",
		},
		{
			changes: { disabledModels: [{ warehouseId: 54_000_001, model: 'FBY' }] },
			message: "Switch 'disabledModels'[0].model takes 'FBS', 'DBS', 'EXPRESS'",
		},
		{ changes: { clockSkewMs: Number.NaN }, message: "Switch 'clockSkewMs' takes milliseconds" },
		{ changes: { faults: { kind: '500', count: 1 } }, message: "Switch 'faults' takes a list" },
		{ changes: { faults: ['500'] }, message: "Switch 'faults'[0] takes an object" },
		{
			changes: { faults: [{ kind: '404', count: 1 }] },
			message: "Switch 'faults'[0].kind takes 'dropBefore', ",
		},
		{
			changes: { faults: [{ kind: '500' }] },
			message: "Switch 'faults'[0] takes either count or rate",
		},
		{
			changes: { faults: [{ kind: '500', count: 1, rate: 1 }] },
			message: "Switch 'faults'[0] takes either count or rate",
		},
		{
			changes: { faults: [{ kind: '500', count: 0 }] },
			message: "Switch 'faults'[0].count takes a whole number, 1 or more",
		},
		{
			changes: {
				faults: [
					{ kind: '500', rate: 1 },
					{ kind: '500', rate: 5 },
				],
			},
			message: "Switch 'faults'[1].rate takes a probability, 0 to 1",
		},
		{
			changes: { faults: [{ kind: '500', count: 1, operation: 'stocks' }] },
			message: "Switch 'faults'[0].operation takes 'updateStocks', ",
		},
		{
			changes: { faults: [{ kind: 'slow', count: 1 }] },
			message: "Switch 'faults'[0].ms takes milliseconds, with the kind 'slow' only",
		},
		{
			changes: { faults: [{ kind: '500', count: 1, ms: 5 }] },
			message: "Switch 'faults'[0].ms takes milliseconds, with the kind 'slow' only",
		},
		{
			changes: { faults: [{ kind: '500', times: 1 }] },
			message: "Switch 'faults'[0] has no 'times'. It takes kind, count, rate, operation, ms",
		},
		{
			changes: { phantom: [{ operation: 'getCampaigns', campaignId: 1, itemsPerSecond: 1 }] },
			message: "Switch 'phantom'[0].operation takes 'updateStocks', ",
		},
		{
			changes: { phantom: [{ operation: 'getStocks', itemsPerSecond: 1 }] },
			message: "Switch 'phantom'[0].campaignId takes a whole number, 1 or more",
		},
		{
			changes: {
				phantom: [{ operation: 'getStocks', campaignId: 1, businessId: 1, itemsPerSecond: 1 }],
			},
			message: "Switch 'phantom'[0] takes campaignId only, with this operation",
		},
		{
			changes: { phantom: [{ operation: 'getPagedWarehouses', campaignId: 1, itemsPerSecond: 1 }] },
			message: "Switch 'phantom'[0] takes businessId only, with this operation",
		},
		{
			changes: { phantom: [{ operation: 'getPagedWarehouses', itemsPerSecond: 1 }] },
			message: "Switch 'phantom'[0].businessId takes a whole number, 1 or more",
		},
		{
			changes: { phantom: [{ operation: 'getStocks', campaignId: 1, itemsPerWindow: -1 }] },
			message: "Switch 'phantom'[0].itemsPerWindow takes a number, 0 or more",
		},
		{
			changes: { phantom: [{ operation: 'getStocks', campaignId: 1 }] },
			message: "Switch 'phantom'[0] takes either itemsPerWindow or itemsPerSecond",
		},
		{
			changes: { phantomParallel: 5 },
			message: "Switch 'phantomParallel' takes a whole number, 0 to 4",
		},
		{ changes: { poisonedSkus: ['SKU'] }, message: "Switch 'poisonedSkus'[0] takes an object" },
		{
			changes: { poisonedSkus: [{ sku: '', naming: 'named' }] },
			message: "Switch 'poisonedSkus'[0].sku takes a SKU",
		},
		{
			changes: { poisonedSkus: [{ sku: 'SKU' }] },
			message: "Switch 'poisonedSkus'[0].naming takes 'named', 'listed', 'unnamed'",
		},
		{ changes: { autoConsent: 'yes' }, message: "Switch 'autoConsent' takes true or false" },
		{ changes: { unknown: 1 }, message: "No switch 'unknown'. Switches: latencyMs, " },
		{ changes: { constructor: 1 }, message: "No switch 'constructor'. Switches: latencyMs, " },
	];
	it.each(refused)('refuses $changes: $message', ({ changes, message }) => {
		expect(() => parseSwitches(changes)).toThrow(message);
	});

	it.each([null, 'latencyMs', [1], undefined])('refuses %j', (changes) => {
		expect(() => parseSwitches(changes)).toThrow('object');
	});
});
