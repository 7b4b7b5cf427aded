import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { notesOf, releasedAs } from '../../scripts/release/changelog';
import { release } from '../../scripts/release/release';

const CHANGELOG = '# Changelog\n\n## Unreleased\n\n- Now faster.\n';

describe('the changelog of a release', () => {
	it('gives the entries the version and the day, and keeps a place for the next ones', () => {
		expect(releasedAs(CHANGELOG, '0.2.0', '2026-11-26')).toBe(
			'# Changelog\n\n## Unreleased\n\n## 0.2.0 (2026-11-26)\n\n- Now faster.\n',
		);
	});

	it('is what GitHub shows, for each version its own', () => {
		const first = releasedAs(CHANGELOG, '0.2.0', '2026-11-26');
		const next = first.replace('## Unreleased\n', '## Unreleased\n\n- Now in colour.\n');
		const both = releasedAs(next, '0.2.0-rc.1', '2026-11-27');
		expect(notesOf(both, '0.2.0')).toBe('- Now faster.');
		expect(notesOf(both, '0.2.0-rc.1')).toBe('- Now in colour.');
		expect(() => notesOf(both, '0.2')).toThrow('no entries for 0.2');
	});

	it('is not made of nothing, nor twice', () => {
		const first = releasedAs(CHANGELOG, '0.2.0', '2026-11-26');
		expect(() => releasedAs(first, '0.3.0', '2026-11-27')).toThrow('write what has changed');
		expect(() => releasedAs(first, '0.2.0', '2026-11-27')).toThrow('already has 0.2.0');
	});
});

describe('npm run release', () => {
	let cwd: string;
	const git = (...args: string[]) => execFileSync('git', args, { cwd, encoding: 'utf8' }).trim();
	const text = async (file: string) => await readFile(path.join(cwd, file), 'utf8');
	const run = async (version: string, isDryRun = false) =>
		await release({
			cwd,
			version,
			isDryRun,
			day: '2026-11-26',
			signal: new AbortController().signal,
		});

	beforeEach(async () => {
		cwd = await mkdtemp(path.join(tmpdir(), 'release-'));
		const manifest = { name: 'goods', version: '0.1.0' };
		const lock = { ...manifest, lockfileVersion: 3, packages: { '': manifest } };
		await writeFile(path.join(cwd, 'package.json'), JSON.stringify(manifest, null, 2));
		await writeFile(path.join(cwd, 'package-lock.json'), JSON.stringify(lock, null, 2));
		await writeFile(path.join(cwd, 'CHANGELOG.md'), CHANGELOG);
		git('init', '--quiet', '--initial-branch=main');
		git('config', 'user.name', 'Seller');
		git('config', 'user.email', 'seller@example.com');
		git('add', '.');
		git('commit', '--quiet', '--message', 'Begin');
	});

	afterEach(async () => await rm(cwd, { recursive: true }));

	it('commits and tags the version, in both files of npm and in the changelog', async () => {
		expect(await run('minor')).toContain('git push origin main 0.2.0');
		expect(git('status', '--porcelain')).toBe('');
		expect(git('describe')).toBe('0.2.0');
		for (const file of ['package.json', 'package-lock.json'])
			expect(JSON.parse(await text(file))).toMatchObject({ version: '0.2.0' });
		expect(notesOf(await text('CHANGELOG.md'), '0.2.0')).toBe('- Now faster.');
	});

	it('can release the version that package.json has, if it is not out yet', async () => {
		await run('0.1.0');
		expect(git('describe')).toBe('0.1.0');
	});

	it('changes nothing in a dry run, and says what it would', async () => {
		const before = git('rev-parse', 'HEAD');
		expect(await run('0.2.0', true)).toMatch(/\+## 0\.2\.0 \(2026-11-26\)[^]+Nothing has changed/);
		expect([git('rev-parse', 'HEAD'), git('tag'), git('status', '--porcelain')]).toEqual([
			before,
			'',
			'',
		]);
	});

	it.each([
		[
			'what is not committed',
			async () => await writeFile(path.join(cwd, 'new.txt'), ''),
			'0.2.0',
			'not committed',
		],
		[
			'another branch',
			async () => git('switch', '--quiet', '--create', 'other'),
			'0.2.0',
			'this is other',
		],
		['a tag of that name', async () => git('tag', '0.2.0'), '0.2.0', 'The tag 0.2.0 exists'],
		['no version', async () => {}, '0.2', 'npm does not take 0.2 as a version'],
	])('stops at %s and leaves all as it was', async (_what, prepare, version, words) => {
		await prepare();
		const before = git('status', '--porcelain');
		await expect(run(version)).rejects.toThrow(words);
		expect(git('status', '--porcelain')).toBe(before);
		expect(git('log', '--format=%s')).toBe('Begin');
	});
});
