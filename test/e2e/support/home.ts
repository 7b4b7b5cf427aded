import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';

import { addToN8n } from '../../../lab/package';
import { PACKAGE_NAME, TARBALL } from './places';

/** Folder of an n8n's database, keys and community nodes. */
export interface Home {
	folder: string;
	/** The one folder that its file nodes may read and write. */
	files: string;
}

/** Where the homes for an installed n8n are. */
export function homesOf(installFolder: string): string {
	return join(installFolder, 'e2e');
}

/** A new home with the packed package in it, as if a user had installed it there. */
export async function makeHome(installFolder: string): Promise<Home> {
	const homes = homesOf(installFolder);
	await mkdir(homes, { recursive: true });
	const folder = await mkdtemp(join(homes, 'home-'));
	await addToN8n(TARBALL, PACKAGE_NAME, folder);
	const files = join(folder, 'files');
	await mkdir(files);
	return { folder, files };
}
