import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Reserves a folder for this process: the demo, the bench and the tests would otherwise pull it from under each other.
 * Resolves to the function that releases it.
 */
export async function holdFolder(folder: string): Promise<() => Promise<void>> {
	await mkdir(folder, { recursive: true });
	const mark = join(folder, 'running');
	const other = Number(await readFile(mark, 'utf8').catch(() => ''));
	if (other > 0 && isAlive(other)) {
		throw new Error(
			`The demo, the bench or a test is already running, as process ${other}: stop it first.`,
		);
	}
	await writeFile(mark, String(process.pid));
	return () => rm(mark, { force: true });
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
