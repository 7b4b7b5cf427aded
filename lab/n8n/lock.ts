/** The parts used here of a package-lock.json. */
interface Lock {
	packages: Record<string, LockedPackage>;
}

interface LockedPackage {
	/** Where it is not the one in the path: an alias. */
	name?: string;
	version?: string;
	/** Address of the tarball. */
	resolved?: string;
	/** Absent where nothing is downloaded: the project itself, and what comes inside another package. */
	integrity?: string;
}

const FOLDER = 'node_modules/';

/**
 * A lock that names no registry, with the address of every package in this one. Without addresses npm asks for the
 * whole history of every package first, which takes as long as the packages themselves.
 *
 * @param lock text of the package-lock.json
 * @param registry base address
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
