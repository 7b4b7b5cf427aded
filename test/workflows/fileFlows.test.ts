import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { INode } from 'n8n-workflow';

import { STEP } from './support/fileStep';
import { stepOf } from './support/flowSteps';

const FLOWS = path.join(__dirname, '..', '..', 'workflows');

interface Flow {
	nodes: INode[];
	connections: Record<string, { main: Array<Array<{ node: string }>> }>;
}

const flows = readdirSync(FLOWS)
	.filter((file) => file.endsWith('.json'))
	.map((file): [name: string, flow: Flow] => [
		file.replace('.json', ''),
		JSON.parse(readFileSync(path.join(FLOWS, file), 'utf8')) as Flow,
	]);
const ofFiles = flows.filter(([, { nodes }]) => nodes.some(({ name }) => name === 'Read the File'));

it('eight flows read a file', () => {
	expect(ofFiles.map(([name]) => name)).toEqual([
		'check-integration',
		'csv-or-excel-file',
		'errors-to-a-file',
		'every-15-minutes-changes-only',
		'kits-from-parts',
		'send-to-warehouses',
		'several-stores-from-one-sheet',
		'whole-file-nightly',
	]);
});

it('no flow has another way to read one', () => {
	const types = ['n8n-nodes-base.extractFromFile', 'n8n-nodes-base.spreadsheetFile'];
	const readers = flows.flatMap(([, { nodes }]) =>
		nodes.filter(({ type }) => types.includes(type)),
	);
	expect(readers.map(({ name }) => name)).toEqual(ofFiles.map(() => 'Cells of the Excel File'));
});

describe.each(ofFiles)('%s', (name, { connections }) => {
	it('has the code of workflows/steps, which "npm run steps" puts there', () => {
		const { parameters, onError } = stepOf(name, 'Rows of the File');
		expect(parameters).toEqual({ jsCode: readFileSync(STEP, 'utf8') });
		expect(onError).toBeUndefined();
	});

	it('reads Excel cells as they are, from the first row on, and goes on if there are none', () => {
		const { parameters, alwaysOutputData } = stepOf(name, 'Cells of the Excel File');
		expect(parameters).toEqual({
			operation: 'xlsx',
			options: { headerRow: false, includeEmptyCells: true, range: '0' },
		});
		expect(alwaysOutputData).toBe(true);
	});

	it('hands Excel files to Extract From File, and any other to the step itself', () => {
		const next = (step: string) => connections[step]?.main.map((to) => to.map(({ node }) => node));
		expect(next('Read the File')).toEqual([['Is It an Excel File?']]);
		expect(next('Is It an Excel File?')).toEqual([
			['Cells of the Excel File'],
			['Rows of the File'],
		]);
		expect(next('Cells of the Excel File')).toEqual([['Rows of the File']]);
		expect(stepOf(name, 'Is It an Excel File?').parameters).toEqual(
			expect.objectContaining({
				conditions: expect.objectContaining({
					conditions: [
						expect.objectContaining({
							leftValue: expect.stringContaining("['xls', 'xlsx', 'xlsm', 'xlsb', 'ods']"),
						}),
					],
				}),
			}),
		);
	});
});

it('google-sheets reads numbers as they are, not as the sheet rounds them: 0.6 shown as 1 is not 1', () => {
	expect(stepOf('google-sheets', 'Rows of the Sheet').parameters.options).toEqual({
		outputFormatting: { values: { general: 'UNFORMATTED_VALUE', date: 'FORMATTED_STRING' } },
	});
});
