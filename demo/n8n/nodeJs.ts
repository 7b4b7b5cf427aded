import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The Node.js that runs n8n. */
export interface Node24 {
	/** Path of the executable. */
	executable: string;
	/** Folder with its C++ headers; absent where the headers must come from the network. */
	headers?: string;
}

/** n8n 2.36 and newer need it. */
const WANTED = 24;

/**
 * Finds a Node.js 24: the one that came with n8n into `folder`, or else one of this machine.
 * The machine's own may be older: the demo itself runs on Node.js 20.
 */
export async function findNode24(folder: string): Promise<Node24> {
	const bundled = bundledNode24(folder);
	if (bundled) return bundled;
	for (const executable of [process.execPath, 'node']) {
		if ((await majorVersion(executable)) === WANTED) return { executable };
	}
	throw new Error(
		`n8n needs Node.js ${WANTED}, and for this kind of machine (${process.platform} ${process.arch}) npm has none. ` +
			`Install Node.js ${WANTED} from https://nodejs.org and run the command again.`,
	);
}

function bundledNode24(folder: string): Node24 | undefined {
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
