import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Workflow } from '../lab/n8n/workflow';

const FOLDER = join(__dirname, '..', 'workflows');
/** The steps whose code is a file of `workflows/steps/`, by their names in the flows. */
const STEPS = {
	'Balances of Bitrix24': 'balancesOfBitrix24.js',
	'Balances of Kits': 'balancesOfKits.js',
	'Catalogues to Read': 'cataloguesOfBitrix24.js',
	'Rows of the File': 'rowsOfTheFile.js',
};

/** Puts the code of `workflows/steps/` into the flows that have these steps. */
async function main(): Promise<void> {
	const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.json'));
	for (const [step, code] of Object.entries(STEPS)) {
		const jsCode = await readFile(join(FOLDER, 'steps', code), 'utf8');
		for (const file of files) {
			const flow = JSON.parse(await readFile(join(FOLDER, file), 'utf8')) as Workflow;
			const found = flow.nodes.find(({ name }) => name === step);
			if (!found) continue;
			found.parameters['jsCode'] = jsCode;
			await writeFile(join(FOLDER, file), `${JSON.stringify(flow, null, 2)}\n`);
		}
	}
}

void main();
