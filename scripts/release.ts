import path from 'node:path';

import { onInterrupt } from '../lab/system/interrupt';
import { release } from './release/release';

const USAGE = `npm run release -- VERSION [--dry-run]

VERSION is a version (0.2.0), or what npm can count up: patch, minor, major. The version, the lock file and the
changelog's heading are committed and tagged. Nothing is pushed. --dry-run says what would change, and changes nothing.`;

async function main(args: string[]): Promise<void> {
	const [version, ...more] = args.filter((argument) => argument !== '--dry-run');
	if (version === undefined || more.length > 0 || version.startsWith('-')) {
		console.error(USAGE);
		process.exitCode = 1;
		return;
	}
	const cwd = path.resolve(__dirname, '..');
	const isDryRun = args.includes('--dry-run');
	const day = new Date().toISOString().slice(0, 10);
	console.log(await release({ cwd, version, day, isDryRun, signal: onInterrupt() }));
}

main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
