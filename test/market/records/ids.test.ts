import { checkBusinessId, checkCampaignId, checkWarehouseId } from '../../../market/records/ids';
import { refusalOf, valueOf } from '../../support/checked';

const kinds = [
	['Store', 'campaign ID', checkCampaignId],
	['Business', 'business ID', checkBusinessId],
	['Warehouse', 'warehouse ID', checkWarehouseId],
] as const;

describe.each(kinds)('%s', (label, name, check) => {
	it.each([
		[21_000_001, '21000001'],
		['21000001', '21000001'],
		[' 21000001\n', '21000001'],
		['1', '1'],
		// As text it comes after the largest ID of 19 digits.
		['99999999', '99999999'],
		[Number.MAX_SAFE_INTEGER, '9007199254740991'],
	])('%p is %s', (raw, id) => {
		expect(valueOf(check(raw))).toBe(id);
	});

	it.each(['', '  ', null, undefined, {}, [21_000_001], true])('%p is blank', (raw) => {
		expect(refusalOf(check(raw)).reason).toBe(`${label} is blank`);
	});

	it.each([
		'fbs',
		'21-000',
		'21 000 001',
		'-1',
		'+1',
		'1.5',
		'0',
		'007',
		'1e9',
		'0x10',
		'１２',
		'21000001/x',
		1.5,
		-1,
		NaN,
	])(`%p is not a ${name}`, (raw) => {
		expect(refusalOf(check(raw)).reason).toBe(
			`${label} ${JSON.stringify(String(raw))} is not a ${name}`,
		);
	});

	it.each([2 ** 80, 2 ** 53])('a number that has lost digits is refused: %p', (raw) => {
		const { reason, advice } = refusalOf(check(raw));
		expect(reason).toBe(
			`${label} ${raw} is a number that has lost digits, so it is a different ${name}`,
		);
		expect(advice).toMatch(/^Give it as text/);
	});

	it('may be any 64-bit integer, as text: it stands in paths and bodies as its digits are', () => {
		expect(valueOf(check('9223372036854775807'))).toBe('9223372036854775807');
		expect(valueOf(check('9007199254740993'))).toBe('9007199254740993');
		expect(check('9223372036854775808').ok).toBe(false);
		expect(check('92233720368547758070').ok).toBe(false);
	});

	it('says where the right one is found', () => {
		expect(refusalOf(check('x')).advice).toMatch(
			/from the list.*digits only, found.*seller cabinet/,
		);
	});

	it('never repeats a token that was pasted into the wrong place', () => {
		const { reason, advice } = refusalOf(check(' ACMA:SandboxAllMethods:00000001'));
		expect(reason).toBe(`${label} is an Api-Key token, not a ${name}`);
		expect(advice).toMatch(/^The token belongs in the credential\. Choose the/);
	});
});

it('each kind names what it is mistaken for', () => {
	expect(refusalOf(checkCampaignId('x')).advice).toContain('not the store number');
	expect(refusalOf(checkBusinessId('x')).advice).toContain('not the campaign ID');
	expect(refusalOf(checkWarehouseId('x')).advice).toContain('the campaign ID of its store');
});
