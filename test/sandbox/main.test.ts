import { spawn } from 'node:child_process';
import { join } from 'node:path';

import axios from 'axios';

import { FAULT_KINDS } from '../../sandbox';

const MAIN = join(__dirname, '../../sandbox/main.ts');

interface Outcome {
	code: number | null;
	output: string;
}

/** Runs the command line; `whenReady` may act on what it printed, and then the process is asked to stop. */
async function run(
	args: readonly string[],
	whenReady?: (output: string) => Promise<void>,
): Promise<Outcome> {
	const child = spawn(process.execPath, ['--import', 'tsx', MAIN, ...args]);
	let output = '';
	const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
	const ready = new Promise<void>((resolve) => {
		const read = (chunk: Buffer) => {
			output += String(chunk);
			if (output.includes('Ctrl+C')) resolve();
		};
		child.stdout.on('data', read);
		child.stderr.on('data', read);
	});
	if (whenReady !== undefined) {
		await Promise.race([ready, ended]);
		try {
			await whenReady(output);
		} finally {
			child.kill('SIGTERM');
		}
	}
	return { code: await ended, output };
}

describe('npm run sandbox', () => {
	it('prints what a user needs, serves it, and stops when asked to', async () => {
		const args = [
			'--port',
			'0',
			'--offers',
			'7',
			'--extra-stores',
			'20',
			'--switch',
			'unknownSku=refuse',
		];
		const fault = '{"kind":"503","count":1}';
		args.push('--switch', 'latencyMs=1', '--faults', '0.17', '--switch', `faults=[${fault}]`);
		const { code } = await run(args, async (output) => {
			for (const part of [
				'ACMA:SandboxAllMethods',
				'sandbox-client-id',
				'21000001  FBS',
				'24000003  EXPRESS  54000003',
				'and 20 more',
			]) {
				expect(output).toContain(part);
			}
			const url = /Partner API +(\S+)/.exec(output)?.[1];
			const { data } = await axios.get(`${url}/_sandbox/state`);
			expect(data).toMatchObject({ offers: 7, switches: { unknownSku: 'refuse', latencyMs: 1 } });
			expect(data.switches.faults).toHaveLength(1 + FAULT_KINDS.length);
			expect(data.switches.faults.slice(0, 2)).toEqual([
				{ kind: '503', count: 1 },
				{ kind: 'dropBefore', rate: expect.closeTo(0.01) },
			]);
		});
		expect(code).toBe(0);
	});

	it.each([
		{ args: ['--port', 'x'], message: "--port takes a whole number, not 'x'" },
		{ args: ['--switch', 'latencyMs=slow'], message: "Switch 'latencyMs' takes milliseconds" },
		{ args: ['--faults', '5%'], message: "--faults takes a rate from 0 to 1, not '5%'" },
		{ args: ['--faults', '1.5'], message: "--faults takes a rate from 0 to 1, not '1.5'" },
		{ args: ['--catalogue', '/nowhere.csv'], message: 'ENOENT' },
	])('says why it does not start with $args', async ({ args, message }) => {
		const { code, output } = await run(args);
		expect(output).toContain(message);
		expect(code).toBe(1);
	});

	it('--help explains itself', async () => {
		const { code, output } = await run(['--help']);
		expect(output).toContain('--catalogue <file.csv>');
		expect(code).toBe(0);
	});
});
