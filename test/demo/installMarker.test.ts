import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isInstalled, lockFingerprint, markInstalled, unmarkInstalled } from '../../demo/n8n/installMarker';

let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'install-marker-'));
	await writeFile(join(folder, 'package.json'), '{}');
	await writeFile(join(folder, 'package-lock.json'), '{}');
});

afterEach(() => rm(folder, { recursive: true }));

it('knows a finished install again', async () => {
	await markInstalled(folder, await lockFingerprint(folder));
	expect(await isInstalled(folder, await lockFingerprint(folder))).toBe(true);
});

it('takes an empty folder for no install', async () => {
	expect(await isInstalled(join(folder, 'nowhere'), await lockFingerprint(folder))).toBe(false);
});

it('does an install again that was interrupted', async () => {
	await markInstalled(folder, await lockFingerprint(folder));
	await unmarkInstalled(folder);
	expect(await isInstalled(folder, await lockFingerprint(folder))).toBe(false);
});

it.each(['package.json', 'package-lock.json'])('does an install again after %s has changed', async (file) => {
	await markInstalled(folder, await lockFingerprint(folder));
	await writeFile(join(folder, file), '{ "changed": true }');
	expect(await isInstalled(folder, await lockFingerprint(folder))).toBe(false);
});
