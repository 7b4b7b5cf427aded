import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { isAlive, untilGone } from '../support/processes';

const MODULE = join(__dirname, '../../lab/system/processGroup');

it('ends a command whose program was killed', async () => {
	const script = `
		const { spawnGroup } = require(${JSON.stringify(MODULE)});
		console.log(spawnGroup('sleep', ['1000'], { stdio: 'ignore' }).pid);`;
	const program = spawn(process.execPath, ['--import', 'tsx', '--eval', script]);
	const [printed] = (await once(program.stdout, 'data')) as [Buffer];
	const pid = Number(printed.toString());
	expect(isAlive(pid)).toBe(true);
	program.kill('SIGKILL');
	await untilGone([pid]);
});
