import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { TestBed } from '../testBed';

/** The folder that n8n may read and write, emptied before each test. Call it after `useTestBed`. */
export function useFiles(bed: () => TestBed) {
	const pathOf = (file: string) => join(bed().home.files, file);
	const names = async () => await readdir(bed().home.files);
	beforeEach(async () => {
		for (const file of await names()) await rm(pathOf(file));
	});
	return {
		pathOf,
		names,
		/** Writes a text file of these lines. */
		write: async (file: string, ...lines: string[]) =>
			await writeFile(pathOf(file), lines.join('\n')),
	};
}
