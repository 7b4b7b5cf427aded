import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import path from 'node:path';

import manifest from '../package.json';
import { runCommand } from '../lab/system/command';
import { onInterrupt } from '../lab/system/interrupt';
import { release } from './release/release';
import { readWorkflow, type Job } from './release/workflow';

const ROOT = path.resolve(__dirname, '..');
const WORKFLOW = path.join(ROOT, '.github', 'workflows', 'publish.yml');

/** Stands in for GitHub's program: says what it was told, and does nothing. */
const GH = '#!/bin/sh\necho "Not done: gh $*"\n';

/**
 * Rehearses what happens from `npm run release` to the release on GitHub: in a clone of the last commit the next version is
 * committed and tagged, and the commands of publish.yml run one after the other. npm publishes only in a dry run.
 * `npm run rehearse -- [JOB...]`, all jobs by default.
 */
async function rehearse(jobs: string[], signal: AbortSignal): Promise<void> {
	const folder = await mkdtemp(path.join(tmpdir(), 'rehearse-'));
	try {
		const programs = path.join(folder, 'programs');
		await mkdir(programs);
		await writeFile(path.join(programs, 'gh'), GH);
		await chmod(path.join(programs, 'gh'), 0o755);
		const workflow = readWorkflow(await readFile(WORKFLOW, 'utf8'));
		for (const [name, job] of Object.entries(workflow.jobs)) {
			if (jobs.length > 0 && !jobs.includes(name)) continue;
			const cwd = path.join(folder, name);
			await cloneReleased(cwd, signal);
			await runJob(name, job, { cwd, programs, signal });
		}
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** A clean clone at the tag of the version that package.json has. */
async function cloneReleased(cwd: string, signal: AbortSignal): Promise<void> {
	const git = async (...args: string[]) =>
		await runCommand('git', args, { cwd: path.dirname(cwd), log: devNull, signal });
	const inClone = async (...args: string[]) => await git('-C', cwd, ...args);
	await git('clone', '--quiet', ROOT, cwd);
	await inClone('switch', '--quiet', '--force-create', 'main');
	await inClone('config', 'user.name', manifest.author.name);
	await inClone('config', 'user.email', manifest.author.email);
	const day = new Date().toISOString().slice(0, 10);
	await release({ cwd, version: manifest.version, day, isDryRun: false, signal });
}

interface Stage {
	cwd: string;
	/** Folder of programs that stand in for those of GitHub's machine. */
	programs: string;
	signal: AbortSignal;
}

async function runJob(name: string, { steps }: Job, stage: Stage): Promise<void> {
	const { cwd, programs, signal } = stage;
	for (const { run, uses } of steps) {
		console.log(`\n== ${name}: ${run ?? `${uses} (only on GitHub)`}`);
		if (run === undefined) continue;
		const env = {
			PATH: `${programs}:${process.env['PATH']}`,
			GITHUB_REF_NAME: manifest.version,
			...(run.includes('npm publish') && { npm_config_dry_run: 'true' }),
		};
		// As GitHub starts a step.
		console.log(await runCommand('bash', ['-e', '-c', run], { cwd, log: devNull, signal, env }));
	}
}

rehearse(process.argv.slice(2), onInterrupt()).catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
