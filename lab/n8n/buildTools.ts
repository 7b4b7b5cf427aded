import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const TOOLS = ['python3', 'make', 'g++'];

/**
 * The tools for compiling a native module that this machine lacks.
 * Checked only after a compilation failed: if a ready-made binary can be downloaded, none is needed.
 */
export async function missingBuildTools(): Promise<string[]> {
	const present = await Promise.all(TOOLS.map(runs));
	return TOOLS.filter((_tool, index) => !present[index]);
}

async function runs(tool: string): Promise<boolean> {
	try {
		await promisify(execFile)(tool, ['--version']);
		return true;
	} catch {
		return false;
	}
}
