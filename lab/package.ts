import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { extract } from 'tar';

import type { CommandOptions } from './system/command';
import { npm } from './system/npm';

/** Packs the built package as for publishing and resolves to the path of the tarball. */
export async function packPackage(into: string, options: CommandOptions): Promise<string> {
	await mkdir(into, { recursive: true });
	const reply = await npm(
		['pack', '--ignore-scripts', '--json', '--pack-destination', into],
		options,
	);
	const [packed] = JSON.parse(reply) as Array<{ filename: string }>;
	if (packed === undefined) throw new Error('npm packed nothing');
	return join(into, packed.filename);
}

/**
 * Puts a packed node package where n8n keeps the ones that a user installs, so that its nodes have the very names that
 * they will have for users.
 */
export async function addToN8n(
	tarball: string,
	packageName: string,
	n8nHome: string,
): Promise<void> {
	const folder = join(n8nHome, '.n8n', 'nodes', 'node_modules', packageName);
	await mkdir(folder, { recursive: true });
	await extract({ file: tarball, cwd: folder, strip: 1 });
}
