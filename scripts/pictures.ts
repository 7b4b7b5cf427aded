import { execFileSync } from 'node:child_process';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';

import { PICTURES } from '../test/e2e/support/editorPictures';
import { ROOT } from '../test/e2e/support/places';

/** The pictures that the tests take and the documentation shows. */
const SHOWN = [
	'first-flow',
	'canvas',
	'store-list',
	'update-stocks',
	'one-not-sent',
	'send-to-warehouse',
	'storefront',
];

const IMAGES = path.join(ROOT, 'docs', 'images');

/** Retakes the pictures of the documentation by running the tests: `npm run pictures` */
async function main(): Promise<void> {
	const tests = ['test/e2e/editor.test.ts', 'test/e2e/storefront.test.ts'];
	execFileSync('npm', ['run', 'test:e2e', '--', ...tests], { cwd: ROOT, stdio: 'inherit' });
	for (const name of SHOWN)
		await copyFile(path.join(PICTURES, `${name}.png`), path.join(IMAGES, `${name}.png`));
}

void main();
