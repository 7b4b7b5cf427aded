import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(__dirname, '..');

/** What n8n's package scanner says about a folder. */
interface ScanResult {
	passed: boolean;
	message?: string;
	details?: string;
}

/** Runs n8n's own package scanner on what would be published and on the sources. */
async function main(): Promise<void> {
	const { analyzePackage, SOURCE_FILE_PATTERNS } =
		await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const folder = mkdtempSync(path.join(tmpdir(), 'scan-'));
	try {
		execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
			cwd: root,
			stdio: 'ignore',
		});
		const tarball = readdirSync(folder).find((file) => file.endsWith('.tgz'));
		if (!tarball) throw new Error('npm pack made no tarball');
		execFileSync('tar', ['-xzf', tarball], { cwd: folder });
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
