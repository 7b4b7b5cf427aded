import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { CommandFailure, runCommand, type CommandOptions } from '../../lab/system/command';
import { eventually } from '../support/eventually';
import { untilGone } from '../support/processes';

let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'command-'));
});

afterEach(() => rm(folder, { recursive: true }));

function options(changes: Partial<CommandOptions> = {}): CommandOptions {
	return {
		cwd: folder,
		log: join(folder, 'log'),
		signal: new AbortController().signal,
		...changes,
	};
}

const node = (script: string, changes?: Partial<CommandOptions>) =>
	runCommand(process.execPath, ['--eval', script], options(changes));

it('gives back what the command says, and logs it all', async () => {
	expect(await node('console.log("said"); console.error("complained")')).toBe('said\n');
	const log = await readFile(join(folder, 'log'), 'utf8');
	expect(log).toContain('said');
	expect(log).toContain('complained');
});

it('fails with the output of a command that does not succeed', async () => {
	const failure: unknown = await node('console.error("no such thing"); process.exit(3)').catch(
		(error) => error,
	);
	expect(failure).toBeInstanceOf(CommandFailure);
	expect((failure as CommandFailure).output).toContain('no such thing');
});

it('fails for a command that does not exist', async () => {
	await expect(runCommand('no-such-command', [], options())).rejects.toThrow('ENOENT');
});

it('ends a command, and what that started, when it is interrupted', async () => {
	const interruption = new AbortController();
	const pids = join(folder, 'pids');
	const grandchild = 'setInterval(() => {}, 1000)';
	const running = node(
		`const child = require('child_process').spawn(process.execPath, ['--eval', ${JSON.stringify(grandchild)}]);
		require('fs').writeFileSync(${JSON.stringify(pids)}, process.pid + ' ' + child.pid); ${grandchild}`,
		{ signal: interruption.signal },
	);
	const started = await untilWritten(pids);
	interruption.abort(new Error('Stopped'));
	await expect(running).rejects.toThrow('Stopped');
	await untilGone(started);
});

async function untilWritten(file: string): Promise<number[]> {
	return await eventually('the command has written its process IDs', async () => {
		const text = await readFile(file, 'utf8').catch(() => '');
		return text === '' ? undefined : text.split(' ').map(Number);
	});
}
