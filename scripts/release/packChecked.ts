import { packPackage } from '../../lab/package';
import type { CommandOptions } from '../../lab/system/command';
import { complaintsAbout, readTarball } from './tarball';

/**
 * Packs the built package as for publishing and resolves to the path of the tarball.
 *
 * @throws Error that names each file that is missing or too many: such a package must not be published
 */
export async function packChecked(into: string, options: CommandOptions): Promise<string> {
	const tarball = await packPackage(into, options);
	const complaints = complaintsAbout(await readTarball(tarball));
	if (complaints.length === 0) return tarball;
	const lines = complaints.map((complaint) => `- It ${complaint}`);
	throw new Error(
		`${tarball} must not be published. Build first: npm run build\n${lines.join('\n')}`,
	);
}
