import { mkdtempSync, rmSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import path from 'node:path';
import { extract } from 'tar';

import { onInterrupt } from '../lab/system/interrupt';
import { packChecked } from './release/packChecked';

const root = path.resolve(__dirname, '..');

/** What n8n's package scanner says about a folder. */
interface ScanResult {
	passed: boolean;
	message?: string;
	details?: string;
}

/** Checks that what would be published is whole; runs n8n's own package scanner on it and on the sources. */
async function main(): Promise<void> {
	const { analyzePackage, SOURCE_FILE_PATTERNS } =
		await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const folder = mkdtempSync(path.join(tmpdir(), 'scan-'));
	try {
		const options = { cwd: root, log: devNull, signal: onInterrupt() };
		await extract({ file: await packChecked(folder, options), cwd: folder });
		const results: Array<[string, ScanResult]> = [
			['tarball', await analyzePackage(path.join(folder, 'package'), ['**/*.js', 'package.json'])],
			['sources', await analyzePackage(root, SOURCE_FILE_PATTERNS)],
		];
		for (const [what, { passed, message, details }] of results) {
			console.log(`${what}: ${passed ? 'passed' : `${message}\n${details ?? ''}`}`);
			if (!passed) process.exitCode = 1;
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

void main();
