import type { INodeExecutionData } from 'n8n-workflow';

import { refuseNoRow } from '../../nodes/common/input/noRow';
import { refusalOf } from '../support/checked';
import { failedAlone } from '../support/failedAlone';
import { useSandbox } from '../support/useSandbox';

const shop = useSandbox();

const NODES = ['update', 'hide', 'unhide'] as const;

/** What n8n's Read/Write Files from Disk puts beside a file. */
const FILE = {
	mimeType: 'text/csv',
	fileType: 'text',
	fileName: 'balances.csv',
	fileExtension: 'csv',
	fileSize: '1.2 kB',
};

describe.each(NODES)('%s', (node) => {
	it('says that a file is not a row, and what to put in between', async () => {
		expect(await failedAlone(shop, FILE, node)).toMatchObject({
			reason: 'The item is a file ("balances.csv"), not rows',
			advice: 'Put the node Extract From File between the node that gives the file and this one.',
		});
	});

	it('says that a source has no rows', async () => {
		expect((await failedAlone(shop, {}, node)).reason).toBe('The source has no rows');
	});

	it('says why the step that reads a file could not read a row', async () => {
		const { reason, advice } = await failedAlone(
			shop,
			{ notRead: 'it has 3 cells', lineInFile: 7 },
			node,
		);
		expect(reason).toBe('The row was not read: it has 3 cells');
		expect(advice).toContain('.xlsx');
	});

	it('says why a row that was read has no balance, without advice about files', async () => {
		const { reason, advice } = await failedAlone(
			shop,
			{ name: 'GIFT', notRead: 'its part "CUP" is not in the file' },
			node,
		);
		expect(reason).toBe('Its balance could not be computed: its part "CUP" is not in the file');
		expect(advice).not.toContain('.xlsx');
	});

	it('says what the step that reads a file left out', async () => {
		const rows = [{ sku: 'SKU-00001', stock: 1, leftOut: '2 blank rows.' }];
		const { hints } = await shop[node](rows);
		expect(hints.map(({ message }) => message)).toContain('Left out of the file: 2 blank rows.');
	});

	it('says nothing of the kind if nothing was left out', async () => {
		const { hints } = await shop[node]([{ sku: 'SKU-00001', stock: 1 }]);
		expect(JSON.stringify(hints)).not.toContain('Left out');
	});
});

describe('A file is recognised', () => {
	const of = (fileExtension: string | undefined, mimeType: string) =>
		refuseNoRow({
			json: { id: 1 },
			binary: { data: { data: '', mimeType, fileExtension } },
		} as INodeExecutionData);

	it.each([
		['csv', 'application/octet-stream'],
		['XLSX', 'application/octet-stream'],
		['xls', 'application/vnd.ms-excel'],
		[undefined, 'text/csv'],
		[undefined, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
	])('by its ending %s or its type %s', (ending, type) => {
		expect(refusalOf(of(ending, type) as never).reason).toBe('The item is a file, not rows');
	});

	it('unless it is a picture beside the row', () => {
		expect(of('png', 'image/png')).toBeUndefined();
	});
});

describe('A row that has a SKU and a stock', () => {
	it('is sent, whatever file it brings along', async () => {
		const { items } = await shop.update([{ ...FILE, sku: 'SKU-00001', stock: 4 }]);
		expect(items[0]?.json.status).toBe('accepted');
		expect(shop.available(1)).toBe(4);
	});
});

describe('A header that was read wrongly', () => {
	it.each(['__EMPTY', '__EMPTY_3', ''])('is recognised by a column named %j', async (name) => {
		const { reason, advice } = await failedAlone(shop, {
			'Остатки на 25.11.2026': 'Артикул',
			[name]: 'x',
		});
		expect(reason).toMatch(/: the header is not in the first row$/);
		expect(advice).toMatch(/Starting Line 5 for a CSV file, Range 4 for an Excel file/);
	});

	it('is recognised by lost letters, even if all columns are one', async () => {
		for (const name of ['\ufffd\ufffd\ufffd', '\ufffd\ufffd;\ufffd']) {
			const { reason, advice } = await failedAlone(shop, { [name]: '5' });
			expect(reason).toMatch(/whose letters were lost: the file is not in UTF-8$/);
			expect(advice).toBe('Save the file as CSV UTF-8 or as .xlsx.');
		}
	});
});

describe('A row that holds only its place in the file', () => {
	it('is blank, like one from Google Sheets', async () => {
		const { items } = await shop.update([{ sku: 'SKU-00001', stock: 1 }, { lineInFile: 3 }]);
		expect(items.map(({ json }) => json.status)).toEqual(['accepted', 'skipped']);
	});
});
