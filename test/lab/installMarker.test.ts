import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { isDone, lockFingerprint, markDone, unmark } from '../../lab/n8n/installMarker';

let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'install-marker-'));
	await writeFile(join(folder, 'package.json'), '{}');
	await writeFile(join(folder, 'package-lock.json'), '{}');
});

afterEach(() => rm(folder, { recursive: true }));

it('knows a finished stage again', async () => {
	await markDone(folder, 'downloaded', await lockFingerprint(folder));
	expect(await isDone(folder, 'downloaded', await lockFingerprint(folder))).toBe(true);
	expect(await isDone(folder, 'compiled', await lockFingerprint(folder))).toBe(false);
});

it('takes a folder that is not there for no install', async () => {
	expect(await isDone(join(folder, 'nowhere'), 'downloaded', await lockFingerprint(folder))).toBe(
		false,
	);
});

it('does a stage again that was interrupted, and keeps what was finished before it', async () => {
	const fingerprint = await lockFingerprint(folder);
	await markDone(folder, 'downloaded', fingerprint);
	await markDone(folder, 'compiled', fingerprint);
	await unmark(folder, 'compiled');
	expect(await isDone(folder, 'downloaded', fingerprint)).toBe(true);
	expect(await isDone(folder, 'compiled', fingerprint)).toBe(false);
});

it('compiles anew whatever was downloaded anew', async () => {
	const fingerprint = await lockFingerprint(folder);
	await markDone(folder, 'compiled', fingerprint);
	await unmark(folder, 'downloaded');
	expect(await isDone(folder, 'compiled', fingerprint)).toBe(false);
});

it.each(['package.json', 'package-lock.json'])(
	'installs anew after %s has changed',
	async (file) => {
		await markDone(folder, 'downloaded', await lockFingerprint(folder));
		await writeFile(join(folder, file), '{ "changed": true }');
		expect(await isDone(folder, 'downloaded', await lockFingerprint(folder))).toBe(false);
	},
);
