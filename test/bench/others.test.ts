import { execFile } from 'node:child_process';
import { cpus } from 'node:os';
import { promisify } from 'node:util';

import { Others } from '../../bench/others';

/** Keeps a processor busy for a second and a half. */
const BUSY = 'for (const end = Date.now() + 1_500; Date.now() < end; ) {}';

it('programs of somebody else are seen, and the report warns of them', async () => {
	const others = await Others.watch();
	const many = Math.ceil(cpus().length / 8);
	// The shell ends at once, so the programs it has started are nobody's children any more.
	const start = `"${process.execPath}" --eval '${BUSY}' >/dev/null 2>&1 &`;
	await promisify(execFile)('/bin/sh', ['-c', Array(many).fill(start).join('\n')]);
	await new Promise((resolve) => setTimeout(resolve, 1_200));
	expect(await others.sentence()).toMatch(
		/^\*\*Other programs took \d+\.\d % of the processors meanwhile: these are not the figures of an idle machine/,
	);
});
