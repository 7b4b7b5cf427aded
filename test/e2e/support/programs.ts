import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program of the machine that tests cannot do without. */
export interface Program {
	/** The names it goes by, the most usual first. */
	names: readonly [string, ...string[]];
	/** The command that installs it on Debian and Ubuntu. */
	install: string;
}

/** All that is needed besides Node.js, npm, and the compiler, which the installation of n8n asks for by itself. */
export const PROGRAMS = {
	chromium: {
		names: ['chromium', 'chromium-browser', 'google-chrome'],
		install: 'apt-get install -y chromium',
	},
	redis: { names: ['redis-server'], install: 'apt-get install -y redis-server' },
} as const satisfies Record<string, Program>;

/**
 * Path of a program of this machine.
 * @throws Error that names the command that installs it
 */
export function requireProgram({ names, install }: Program): string {
	const folders = (process.env['PATH'] ?? '').split(delimiter);
	const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
	const found = paths.find(isExecutable);
	if (found) return found;
	throw new Error(
		`The tests need ${names[0]}, which this machine lacks. On Debian or Ubuntu: ${install}`,
	);
}

function isExecutable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
