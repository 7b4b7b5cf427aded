// What Stryker does not do by itself: try a sample, stop at the first test file that catches a broken piece, and report at
// once each piece that none catches.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

import { strykerPlugins as jestPlugins } from '@stryker-mutator/jest-runner';

/** Stryker's TestStatus of a test that failed. */
const FAILED = 1;

/** File in Stryker's copy of the project that lists a run's tests: a restarted worker has not seen the first run. */
const TESTS = 'tests.json';

/** Ranks mutants in the same order for the same seed, wherever and however often it runs. */
function rankOf({ fileName, location, mutatorName, replacement }) {
	const file = path.relative(process.cwd(), fileName);
	return createHash('sha256')
		.update(JSON.stringify([process.env.MUTATION_SEED, file, location, mutatorName, replacement]))
		.digest('hex');
}

/**
 * Lets a sample through. Stryker does not count what a checker refuses. The chosen ones are let through one by one, in the
 * order in which they were drawn: a run that is broken off has tried a sample too.
 */
class Sample {
	chosen = new Set();

	async init() {}

	async group(mutants) {
		const ids = mutants
			.map((mutant) => ({ id: mutant.id, rank: rankOf(mutant) }))
			.sort((one, other) => (one.rank < other.rank ? -1 : 1))
			.map(({ id }) => id);
		const size = Number(process.env.MUTATION_SAMPLE);
		this.chosen = new Set(ids.slice(0, size));
		return [ids.slice(size), ...[...this.chosen].map((id) => [id])].filter(
			(group) => group.length > 0,
		);
	}

	async check(mutants) {
		const refused = { status: 'compileError', reason: 'Not in the sample' };
		return Object.fromEntries(
			mutants.map(({ id }) => [id, this.chosen.has(id) ? { status: 'passed' } : refused]),
		);
	}
}

/** Most test files that a piece is tried with: if these miss it, it counts as left, though another might have caught it. */
const MOST_FILES = 12;

/** How much of two paths is the same: `market/records/units.ts` has its tests in `test/market/records/units.test.ts`. */
function nearness(testFile, file) {
	const [one, other] = [path.relative('test', testFile), path.relative('.', file)];
	let length = 0;
	while (length < one.length && one[length] === other[length]) length += 1;
	return length;
}

/** The test files for a piece, with their tests: the nearest first, then those with the most tests that reach it. */
function filesFor({ testFilter, sandboxFileName }) {
	const wanted = new Set(testFilter);
	const files = new Map();
	for (const { id, fileName } of JSON.parse(readFileSync(TESTS, 'utf8'))) {
		// Tests in two files may have the same name.
		if (wanted.has(id)) files.set(fileName, [...(files.get(fileName) ?? []), id]);
	}
	return [...files]
		.map(([file, ids]) => ({ file, ids, near: nearness(file, sandboxFileName) }))
		.sort((one, other) => other.near - one.near || other.ids.length - one.ids.length)
		.slice(0, MOST_FILES);
}

/**
 * Stryker's runner for jest, file by file. By itself it loads every file that has one of the tests, even after one failed.
 * A test that fails with nothing broken, because coverage slows everything down, is left out and named.
 */
function fileByFile(injector, logger) {
	const runner = injector.injectFunction(jestPlugins[0].factory);
	return {
		capabilities: () => runner.capabilities(),
		init: () => runner.init(),
		async dryRun(options) {
			const result = await runner.dryRun(options);
			if (result.status !== 'complete') return result;
			const tests = result.tests.filter(({ status, name }) => {
				if (status === FAILED) logger.warn('Left out, because it fails by itself: %s', name);
				return status !== FAILED;
			});
			writeFileSync(TESTS, JSON.stringify(tests));
			return { ...result, tests };
		},
		async mutantRun(options) {
			let nrOfTests = 0;
			for (const { file, ids } of filesFor(options)) {
				process.env.MUTATION_FILE = file;
				const result = await runner.mutantRun({ ...options, testFilter: ids });
				if (result.status !== 'survived') return result;
				nrOfTests += result.nrOfTests;
			}
			return { status: 'survived', nrOfTests };
		},
	};
}
fileByFile.inject = ['$injector', 'logger'];

/** Reports each survivor as soon as it turns up, with the number of pieces tried so far. */
class Survivors {
	tried = 0;

	onMutantTested({ fileName, location: { start }, mutatorName, replacement, status }) {
		const isLeft = status === 'Survived' || status === 'NoCoverage';
		if (isLeft || status === 'Killed' || status === 'Timeout') this.tried += 1;
		if (!isLeft) return;
		const place = `${path.relative('.', fileName)}:${start.line}:${start.column}`;
		console.log(`  ${place} ${mutatorName}, ${status}: ${replacement} (${this.tried} tried)`);
	}
}

export const strykerPlugins = [
	{ kind: 'Checker', name: 'sample', injectableClass: Sample },
	{ kind: 'TestRunner', name: 'file-by-file', factory: fileByFile },
	{ kind: 'Reporter', name: 'survivors', injectableClass: Survivors },
];
