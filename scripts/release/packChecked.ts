import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { packPackage } from '../../lab/package';
import type { CommandOptions } from '../../lab/system/command';
import { withAbsoluteLinks } from './readme';
import { BY_NPM, complaintsAbout, readTarball } from './tarball';

/** The parts of package.json that say what is packed, and where the project is. */
interface Manifest {
	files: string[];
	repository: { url: string };
}

/**
 * Packs the built package as for publishing and resolves to the path of the tarball. Its README has absolute links,
 * because npm shows it without the files that it links to.
 *
 * @param into a folder, from `cwd`
 * @throws Error that names each file that is missing or too many: such a package must not be published
 */
export async function packChecked(into: string, options: CommandOptions): Promise<string> {
	const staging = await mkdtemp(path.join(tmpdir(), 'package-'));
	try {
		await copyPackage(options.cwd, staging);
		const destination = path.resolve(options.cwd, into);
		const tarball = await packPackage(destination, { ...options, cwd: staging });
		const complaints = complaintsAbout(await readTarball(tarball));
		if (complaints.length === 0) return tarball;
		const lines = complaints.map((complaint) => `- It ${complaint}`);
		throw new Error(
			`${tarball} must not be published. Build first: npm run build\n${lines.join('\n')}`,
		);
	} finally {
		await rm(staging, { recursive: true, force: true });
	}
}

/** Copies what npm packs. What is missing is named when the tarball is read. */
async function copyPackage(from: string, to: string): Promise<void> {
	const manifest = JSON.parse(await readFile(path.join(from, 'package.json'), 'utf8')) as Manifest;
	for (const file of [...BY_NPM, ...manifest.files]) {
		if (existsSync(path.join(from, file)))
			await cp(path.join(from, file), path.join(to, file), { recursive: true });
	}
	const readme = path.join(to, 'README.md');
	if (!existsSync(readme)) return;
	const text = await readFile(readme, 'utf8');
	await writeFile(readme, withAbsoluteLinks(text, manifest.repository.url));
}
