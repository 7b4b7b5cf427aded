import path from 'node:path';
import { list } from 'tar';

import { relativeLinks } from './readme';

/** What a package holds: the text of each file by its path in the package. */
export type PackedFiles = ReadonlyMap<string, string>;

/** What npm adds to every package, whatever `files` says. */
export const BY_NPM = ['package.json', 'README.md', 'LICENSE.md'];
/** What the code takes its name and version from, as the build copied it. */
const COPY = 'dist/package.json';
/** What the build makes for n8n: code, codex files, icons. No source maps, no types. */
const BUILT = /^dist\/(?:nodes|credentials|market)\/.+\.(?:js|node\.json|svg|png)$/;

const REQUIRED = /\brequire\("(\.{1,2}\/[^"]+)"\)/g;
const ICON = /['"`]file:([\w./-]+\.(?:svg|png))['"`]/g;

interface Manifest {
	version: string;
	n8n: { nodes: string[]; credentials: string[] };
}

/** Reads a tarball of npm, in which all lies in one folder. */
export async function readTarball(file: string): Promise<PackedFiles> {
	const files = new Map<string, string>();
	const reading: Array<Promise<unknown>> = [];
	await list({
		file,
		onReadEntry: (entry) => {
			const name = entry.path.split('/').slice(1).join('/');
			const read = async () => files.set(name, (await entry.concat()).toString());
			if (entry.type === 'File') reading.push(read());
		},
	});
	await Promise.all(reading);
	return files;
}

/** What is wrong with a package that would be published, one line for each file; empty if nothing is. */
export function complaintsAbout(files: PackedFiles): string[] {
	const needed = neededFiles(files);
	return [
		...[...needed]
			.filter(([file]) => !files.has(file))
			.map(([file, by]) => `lacks ${file}, which ${by} names`),
		...[...files.keys()]
			.filter((file) => ![...BY_NPM, COPY].includes(file) && !BUILT.test(file))
			.map((file) => `holds ${file}, which is not for users`),
		...olderBuild(files),
		...relativeLinks(files.get('README.md') ?? '').map(
			(link) => `has a README that links to ${link}, which only the repository has`,
		),
	].sort();
}

/** A build from before the version was raised would tell the Market the old one. */
function olderBuild(files: PackedFiles): string[] {
	if (!files.has(COPY)) return [];
	const built = manifestIn(files, COPY).version;
	const { version } = manifestIn(files, 'package.json');
	return built === version ? [] : [`holds code built as ${built}, not as ${version}`];
}

function manifestIn(files: PackedFiles, file: string): Manifest {
	return JSON.parse(files.get(file) ?? '') as Manifest;
}

/** The files that must be there, each with the file that names it. */
function neededFiles(files: PackedFiles): Map<string, string> {
	const needed = new Map(BY_NPM.map((file) => [file, 'npm']));
	for (const file of namedByManifest(files)) needed.set(file, "package.json's n8n");
	for (const [file, text] of files) {
		if (!file.endsWith('.js')) continue;
		for (const [, module = ''] of text.matchAll(REQUIRED)) {
			needed.set(moduleFile(path.posix.join(path.posix.dirname(file), module)), file);
		}
		for (const [, icon = ''] of text.matchAll(ICON)) {
			needed.set(path.posix.join(path.posix.dirname(file), icon), file);
		}
	}
	return needed;
}

/** Nodes, with the codex file that n8n looks for beside each, and credentials. */
function namedByManifest(files: PackedFiles): string[] {
	const { nodes, credentials } = manifestIn(files, 'package.json').n8n;
	return [...nodes, ...nodes.map((node) => node.replace(/\.js$/, '.json')), ...credentials];
}

/** Compiled code names a module without its extension, except JSON. */
function moduleFile(module: string): string {
	return module.endsWith('.json') ? module : `${module}.js`;
}
