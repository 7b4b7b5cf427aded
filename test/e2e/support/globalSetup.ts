import { mkdir, rm } from 'node:fs/promises';

import { installN8n } from '../../../lab/n8n/install';
import { packPackage } from '../../../lab/package';
import { CommandFailure } from '../../../lab/system/command';
import { npm } from '../../../lab/system/npm';
import { holdFolder } from '../../../lab/system/onlyOne';
import { Progress } from '../../../lab/system/progress';
import { homesOf } from './home';
import { BUILD_LOG, INSTALL_LOG, N8N_FOLDER, PACKAGE_FOLDER, RESULTS, ROOT, WORK } from './places';
import { PROGRAMS, requireProgram } from './programs';
import { VERSIONS } from './versions/versions';

/** Gives back the folder that all tests of a run work in. */
export let release = async (): Promise<void> => {};

/** Once before all tests: looks at the machine, builds and packs the package, installs n8n if that is not done yet. */
export default async function setUp(): Promise<void> {
	for (const program of Object.values(PROGRAMS)) requireProgram(program);
	release = await holdFolder(WORK);
	try {
		await prepare(new Progress());
	} catch (error) {
		await release();
		throw error instanceof CommandFailure
			? new Error(`${error.message}:\n${error.lastLines}`)
			: error;
	}
}

async function prepare(progress: Progress): Promise<void> {
	const { signal } = new AbortController();
	const homes = VERSIONS.map(({ bed }) => homesOf(bed.n8n.folder));
	const earlier = [RESULTS, BUILD_LOG, INSTALL_LOG, ...homes];
	await Promise.all(earlier.map((path) => rm(path, { recursive: true, force: true })));
	await mkdir(RESULTS, { recursive: true });
	const build = { cwd: ROOT, log: BUILD_LOG, signal };
	await progress.during('Building the n8n package', () => npm(['run', 'build'], build));
	await packPackage(PACKAGE_FOLDER, build);
	const onStep = (words: string) => progress.say(words);
	await progress.during('Checking whether n8n is installed', () =>
		installN8n({ folder: N8N_FOLDER, log: INSTALL_LOG, signal, onStep }),
	);
}
