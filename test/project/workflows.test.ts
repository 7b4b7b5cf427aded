import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import manifest from '../../package.json';
import { readWorkflow, type Step } from '../../scripts/release/workflow';

const FOLDER = path.join(__dirname, '..', '..', '.github', 'workflows');
const FILES = readdirSync(FOLDER);

const textOf = (file: string) => readFileSync(path.join(FOLDER, file), 'utf8');
const jobsOf = (file: string) => readWorkflow(textOf(file)).jobs;
const stepsOf = (file: string) => Object.values(jobsOf(file)).flatMap(({ steps }) => steps);

describe.each(FILES)('%s', (file) => {
	it('names each action by its commit, and says which version that is', () => {
		const uses = textOf(file)
			.split('\n')
			.filter((line) => line.includes('uses:'));
		expect(uses.length).toBeGreaterThan(0);
		for (const line of uses)
			expect(line).toMatch(/uses: actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
	});

	it('runs scripts that there are', () => {
		const scripts = stepsOf(file).flatMap(({ run = '' }) =>
			Array.from(run.matchAll(/npm run ([\w:-]+)/g), ([, script]) => script),
		);
		expect(scripts.length).toBeGreaterThan(0);
		expect(Object.keys(manifest.scripts)).toEqual(expect.arrayContaining(scripts));
	});

	it('puts nothing of an event into a command, where it could be one itself', () => {
		for (const { run = '' } of stepsOf(file)) expect(run).not.toContain('${{');
	});
});

describe('publish.yml', () => {
	const jobs = jobsOf('publish.yml');

	it('gives the right to publish to the one job that publishes', () => {
		const may = Object.entries(jobs).filter(([, { permissions }]) => permissions?.['id-token']);
		const does = Object.entries(jobs).filter(([, { steps }]) => steps.some(publishes));
		expect(does.map(([name]) => name)).toEqual(['publish']);
		expect(may.map(([name]) => name)).toEqual(['publish']);
		expect(readWorkflow(textOf('publish.yml')).permissions).toEqual({});
	});

	it('publishes the tarball that was checked, and never what lies in the folder', () => {
		const commands = jobs['publish']?.steps.map(({ run }) => run) ?? [];
		const at = commands.findIndex((run) => publishes({ run }));
		expect(commands.slice(0, at)).toContain('npm run tarball');
		expect(commands[at]).toBe(`npm publish ./${manifest.name}-*.tgz --provenance`);
	});

	it('takes nothing from a cache', () => {
		expect(textOf('publish.yml')).not.toMatch(/^\s*cache: /m);
	});
});

function publishes({ run = '' }: Step): boolean {
	return run.includes('npm publish');
}
