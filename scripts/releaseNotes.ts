import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { notesOf } from './release/changelog';

/** Prints the changelog's entries of a version: `node --import tsx scripts/releaseNotes.ts 0.2.0` */
async function main([version = '']: string[]): Promise<void> {
	const changelog = await readFile(path.join(__dirname, '..', 'CHANGELOG.md'), 'utf8');
	console.log(notesOf(changelog, version));
}

void main(process.argv.slice(2));
