import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

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
	while (isAlive(pid)) await delay(20);
});

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
