import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The Node.js that runs n8n. */
export interface NodeJs {
	/** Path of the executable. */
	executable: string;
	/** Folder with its C++ headers; absent if the headers must come from the network. */
	headers?: string;
}

/**
 * Finds a Node.js for n8n: the one installed with it in `folder`, or else the machine's own, which may be too old: the demo
 * itself runs on Node.js 20.
 *
 * @param majors the major versions that will do
 */
export async function findNodeJs(folder: string, majors: readonly number[]): Promise<NodeJs> {
	const bundled = bundledNodeJs(folder);
	if (bundled) return bundled;
	for (const executable of [process.execPath, 'node']) {
		const major = await majorVersion(executable);
		if (major !== undefined && majors.includes(major)) return { executable };
	}
	const wanted = majors.join(' or ');
	throw new Error(
		`n8n needs Node.js ${wanted}, and for this kind of machine (${process.platform} ${process.arch}) npm has none. ` +
			`Install Node.js ${wanted} from https://nodejs.org and run the command again.`,
	);
}

function bundledNodeJs(folder: string): NodeJs | undefined {
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const root = join(folder, 'node_modules', `node-${platform}-${process.arch}`);
	const executable = join(root, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	if (!existsSync(executable)) return undefined;
	return existsSync(join(root, 'include')) ? { executable, headers: root } : { executable };
}

async function majorVersion(executable: string): Promise<number | undefined> {
	try {
		const { stdout } = await promisify(execFile)(executable, ['--print', 'process.versions.node']);
		return Number.parseInt(stdout, 10);
	} catch {
		return undefined;
	}
}
