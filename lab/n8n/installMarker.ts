import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The stages of an install, in order. */
const STAGES = ['downloaded', 'compiled'] as const;

export type Stage = (typeof STAGES)[number];

/** Identifies an install in a folder: the exact lock, on this kind of machine. */
export async function lockFingerprint(lockFolder: string): Promise<string> {
	const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
	for (const file of ['package.json', 'package-lock.json'])
		hash.update(await readFile(join(lockFolder, file)));
	return hash.digest('hex');
}

/** Whether a stage was completed in this folder for exactly this fingerprint. */
export async function isDone(folder: string, stage: Stage, fingerprint: string): Promise<boolean> {
	try {
		return (await readFile(join(folder, stage), 'utf8')) === fingerprint;
	} catch {
		return false;
	}
}

/** Call it after a stage: an interrupted stage has no mark and is done again. */
export async function markDone(folder: string, stage: Stage, fingerprint: string): Promise<void> {
	await writeFile(join(folder, stage), fingerprint);
}

/** Call it before a stage: from then on, this stage and those after it count as not done. */
export async function unmark(folder: string, stage: Stage): Promise<void> {
	for (const later of STAGES.slice(STAGES.indexOf(stage)))
		await rm(join(folder, later), { force: true });
}
