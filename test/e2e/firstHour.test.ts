import { join } from 'node:path';

import { STORES } from '../../sandbox';
import { useEditor } from './support/editor';
import type { NodePanel } from './support/editorPanel';
import { shootPart } from './support/editorPictures';
import { eventually } from './support/editorWait';
import { useFiles } from './support/flows/files';
import { DECIMALS, FORMS, SKUS_OF_FORMS, type FileForm } from './support/flows/forms';
import { ROOT } from './support/places';
import { catalogueOf } from './support/flows/seller';
import { useTestBed } from './support/testBed';

const STORE = 'fbs.sandbox.example (FBS, 21000001)';
const FLOW = join(ROOT, 'workflows', 'csv-or-excel-file.json');

const bed = useTestBed({ sandbox: { catalogue: catalogueOf(...SKUS_OF_FORMS) } });
const editor = useEditor(bed);
const files = useFiles(bed);

const held = ({ goods }: FileForm) =>
	goods.map(([sku]) => [sku, bed().market.offer(STORES.fbs.campaignId, sku).available]);

/** Does what the flow's note says, and nothing else: imports it, looks at the credential, chooses the store. */
beforeAll(async () => {
	await editor().importFlow(FLOW);
	const panel = await editor().openNode('Update Stocks');
	await eventually(async () => expect(await panel.credential()).toBe(bed().apiKey.name));
	await panel.pick('store', STORE);
	await panel.close();
});

// Nothing that one file brought may pass for the next one's.
beforeEach(() => bed().market.reset());

/** Likewise: names the file, and its columns. */
async function fillIn({ file, columns, write }: FileForm): Promise<void> {
	await write(files.pathOf(file));
	const reader = await editor().openNode('Read the File');
	await reader.type('fileSelector', files.pathOf(file));
	await reader.close();
	const panel = await editor().openNode('Update Stocks');
	await panel.type('skuField', columns.skuField);
	await panel.type('stockField', columns.stockField);
	await panel.close();
}

/** Presses Execute workflow, and opens the panel of Update Stocks. */
async function execute(): Promise<NodePanel> {
	await editor().executeWorkflow();
	return await editor().openNode('Update Stocks');
}

/** A green run as it is shown: every balance, and nothing red. */
async function expectAccepted(panel: NodePanel, form: FileForm): Promise<void> {
	await panel.hint.getByText('2 of 2 accepted by the Market, 1 request.').waitFor();
	await eventually(async () =>
		expect(await panel.outputRows()).toMatchObject(
			form.goods.map(([sku, count]) => ({
				sku,
				count: String(count),
				status: 'accepted',
				store: String(STORES.fbs.campaignId),
			})),
		),
	);
	expect(JSON.stringify(await panel.outputRows())).not.toMatch(/null|undefined/);
	expect(held(form)).toEqual(form.goods);
}

afterEach(() => expect(editor().scriptErrors).toEqual([]));

describe('a file is sent at the first try by what the note says, as it comes from', () => {
	it.each([
		'Excel with Russian settings',
		'Excel with English settings',
		'LibreOffice',
		'1C, a report as CSV',
		'МойСклад, Excel 97',
		'Google Sheets',
		"Ozon's template",
		"Wildberries' template",
	])('%s', async (program) => {
		const form = FORMS[program] as FileForm;
		await fillIn(form);
		const panel = await execute();
		await expectAccepted(panel, form);
		await panel.close();
		expect(await editor().markOf('Update Stocks')).toBe('green');
	});
});

describe('a file that cannot be read for certain', () => {
	it('is red with one message that names the cure, and green with that', async () => {
		await fillIn(DECIMALS);
		const panel = await execute();
		await panel.error.getByText('Stock "12,000" may be 12000 or 12').waitFor();
		await panel.output
			.getByText(/Decimal Separator/)
			.first()
			.waitFor();
		await shootPart(panel.frame, 'first-hour-red');
		await panel.addOption('Decimal Separator', 'decimalSeparator', /^Comma/);
		await panel.close();
		expect(await editor().markOf('Update Stocks')).toBe('red');
		await expectAccepted(await execute(), DECIMALS);
	});
});
