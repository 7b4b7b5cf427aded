import { delimiter, dirname } from 'node:path';

import { runCommand, type CommandOptions } from './command';

export interface NpmOptions extends CommandOptions {
	/** The Node.js that runs npm and the scripts that npm starts. @default this process's own */
	node?: string;
}

/**
 * Runs npm. Inside `npm run` it is the same npm, found through npm's own variable: the one on the path may be a different
 * one, and on Windows it is a script that cannot be started without a shell. It says why it fails even inside
 * `npm run --silent`.
 */
export function npm(
	args: readonly string[],
	{ node = process.execPath, env, ...options }: NpmOptions,
): Promise<string> {
	const script = process.env['npm_execpath'];
	const [command, ...first] = script?.endsWith('npm-cli.js') ? [node, script] : ['npm'];
	const path = [dirname(node), process.env['PATH']].join(delimiter);
	return runCommand(command, [...first, ...args], {
		...options,
		env: { npm_config_loglevel: 'notice', ...env, PATH: path },
	});
}
