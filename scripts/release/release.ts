import { readFile, writeFile } from 'node:fs/promises';
import { devNull } from 'node:os';
import path from 'node:path';

import { CommandFailure, runCommand } from '../../lab/system/command';
import { npm } from '../../lab/system/npm';
import { releasedAs } from './changelog';

/** Where releases are made. */
const BRANCH = 'main';
const CHANGED = ['package.json', 'package-lock.json', 'CHANGELOG.md'];

export interface ReleaseOrder {
	/** The project's folder, a work tree of git. */
	cwd: string;
	/** A version, or what npm can count up: patch, minor, major. */
	version: string;
	/** As `2026-11-26`. */
	day: string;
	/** Says what would be released, and leaves all as it is. */
	isDryRun: boolean;
	signal: AbortSignal;
}

/**
 * Commits and tags a version, and resolves to what to do next. Nothing is pushed.
 *
 * @throws Error that says what stands in the way; then all is as it was
 */
export async function release(order: ReleaseOrder): Promise<string> {
	const { cwd, day, isDryRun, signal } = order;
	const options = { cwd, log: devNull, signal };
	const git = async (...args: string[]) => (await runCommand('git', args, options)).trim();

	if ((await git('status', '--porcelain')) !== '')
		throw new Error('Files here are not committed: commit them or put them away first');
	const branch = await git('branch', '--show-current');
	if (branch !== BRANCH && !isDryRun)
		throw new Error(`Releases are made on ${BRANCH}, and this is ${branch || 'no branch'}`);

	try {
		const version = await raiseVersion(order);
		if ((await git('tag', '--list', version)) !== '')
			throw new Error(`The tag ${version} exists: name a version that is not out yet`);
		const changelog = path.join(cwd, 'CHANGELOG.md');
		await writeFile(changelog, releasedAs(await readFile(changelog, 'utf8'), version, day));
		if (isDryRun) {
			const changes = await git('diff', '--unified=0');
			await git('checkout', '--', ...CHANGED);
			return `${changes}\n\n${version} would be committed and tagged. Nothing has changed.`;
		}
		await git('commit', '--message', `Release ${version}`, '--', ...CHANGED);
		await git('tag', '--annotate', version, '--message', `Release ${version}`);
		return `${version} is committed and tagged. To publish it: git push origin ${BRANCH} ${version}`;
	} catch (error) {
		// Also after Ctrl+C, which ends every command that listens to the signal.
		const undo = { ...options, signal: new AbortController().signal };
		await runCommand('git', ['checkout', '--', ...CHANGED], undo);
		throw error;
	}
}

/** Puts the version where npm keeps it, and resolves to it. */
async function raiseVersion({ cwd, version, signal }: ReleaseOrder): Promise<string> {
	const args = ['version', version, '--no-git-tag-version', '--allow-same-version'];
	try {
		const reply = await npm(args, { cwd, log: devNull, signal });
		return reply.trim().replace(/^v/, '');
	} catch (error) {
		if (!(error instanceof CommandFailure)) throw error;
		throw new Error(`npm does not take ${version} as a version: ${error.lastLines}`);
	}
}
