import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { cpus, totalmem, type as system, release } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What the figures were measured on. */
export interface Machine {
	cpu: string;
	cores: number;
	memoryGb: number;
	system: string;
	/** Version of the Node.js that runs n8n, the bare script and the receiver. */
	node: string;
	n8n: string;
	date: string;
}

/** @param folder of the installed n8n */
export async function describeMachine(node: string, folder: string): Promise<Machine> {
	const { stdout } = await promisify(execFile)(node, ['--print', 'process.versions.node']);
	const manifest = await readFile(join(folder, 'node_modules', 'n8n', 'package.json'), 'utf8');
	return {
		cpu: cpus()[0]?.model.trim() ?? 'unknown',
		cores: cpus().length,
		memoryGb: Math.round(totalmem() / 2 ** 30),
		system: `${system()} ${release()}`,
		node: stdout.trim(),
		n8n: (JSON.parse(manifest) as { version: string }).version,
		date: new Date().toISOString().slice(0, 10),
	};
}

/** One line for the report. */
export function machineLine({ cpu, cores, memoryGb, system, node, n8n, date }: Machine): string {
	return `${date}, ${cpu} (${cores} cores), ${memoryGb} GB, ${system}, Node.js ${node}, n8n ${n8n}`;
}
