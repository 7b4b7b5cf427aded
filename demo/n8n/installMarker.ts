import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const MARKER = 'installed';

/** What an install in a folder stands for: the exact lock, on this kind of machine. */
export async function lockFingerprint(lockFolder: string): Promise<string> {
	const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
	for (const file of ['package.json', 'package-lock.json']) hash.update(await readFile(join(lockFolder, file)));
	return hash.digest('hex');
}

/** Whether the folder holds a finished install of exactly this. */
export async function isInstalled(folder: string, fingerprint: string): Promise<boolean> {
	try {
		return (await readFile(join(folder, MARKER), 'utf8')) === fingerprint;
	} catch {
		return false;
	}
}

/** To be called last: an install that was interrupted has no mark and is done again. */
export async function markInstalled(folder: string, fingerprint: string): Promise<void> {
	await writeFile(join(folder, MARKER), fingerprint);
}

/** To be called first: from here on the folder is half done. */
export async function unmarkInstalled(folder: string): Promise<void> {
	await rm(join(folder, MARKER), { force: true });
}
