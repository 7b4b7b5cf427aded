/** The parts used here of a package-lock.json. */
interface Lock {
	packages: Record<string, LockedPackage>;
}

interface LockedPackage {
	/** Present if it is not the name in the path: an alias. */
	name?: string;
	version?: string;
	/** URL of the tarball. */
	resolved?: string;
	/** Absent if nothing is downloaded: for the project itself, and for what comes inside another package. */
	integrity?: string;
}

const FOLDER = 'node_modules/';

/**
 * Turns a lock that names no registry into one with the URL of every package in the given registry. Without URLs npm first
 * asks for the whole history of every package, which takes as long as the packages themselves.
 *
 * @param lock text of the package-lock.json
 * @param registry base URL
 */
export function withAddresses(lock: string, registry: string): string {
	const parsed = JSON.parse(lock) as Lock;
	const base = registry.trim().replace(/\/?$/, '/');
	for (const [path, one] of Object.entries(parsed.packages)) {
		if (one.integrity === undefined) continue;
		const name = one.name ?? path.slice(path.lastIndexOf(FOLDER) + FOLDER.length);
		one.resolved = `${base}${name}/-/${name.split('/').at(-1)}-${one.version}.tgz`;
	}
	return JSON.stringify(parsed);
}
