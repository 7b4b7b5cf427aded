import { devNull } from 'node:os';
import path from 'node:path';

import { onInterrupt } from '../lab/system/interrupt';
import { packChecked } from './release/packChecked';

const ROOT = path.resolve(__dirname, '..');

/** Packs what is published, into the project's folder, and checks that it is whole: `npm run tarball` */
async function main(): Promise<void> {
	const tarball = await packChecked(ROOT, { cwd: ROOT, log: devNull, signal: onInterrupt() });
	console.log(path.relative(ROOT, tarball));
}

void main();
