// Breaks code on purpose, piece by piece, and tells which pieces no test misses: npm run mutate -- FILE... (docs/mutation.md).
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

import { Stryker } from '@stryker-mutator/core';

/** Reports, and the copies in which files are broken. Ignored by git, jest and the linter. */
const OUTPUT = '.mutation';

/** The files of what was named: a file, or a folder with all below it. A file may name lines, as in `plan.ts:10-20`. */
function filesOf(named) {
	if (named.includes('.ts')) return [named];
	return readdirSync(named, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => path.posix.join(named, file.split(path.sep).join('/')))
		.sort();
}

/** The tests that are to miss a broken piece of a file: its own, or else those of the nearest folder that mirrors its own. */
function testsOf(file) {
	const own = `test/${file.replace(/\.ts.*/, '.test.ts')}`;
	if (existsSync(own)) return [own];
	let folder = path.posix.dirname(own);
	while (!existsSync(folder)) folder = path.posix.dirname(folder);
	return [`${folder}/**/*.test.ts`];
}

async function mutate(file, tests) {
	// Read by the configuration of jest.
	process.env.MUTATION_OF = file;
	process.env.MUTATION_TESTS = JSON.stringify(tests);
	return await new Stryker({
		mutate: [file],
		// Texts for people: their tests look for what matters in them, and not for every word.
		mutator: { excludedMutations: ['StringLiteral'] },
		testRunner: 'jest',
		plugins: ['@stryker-mutator/jest-runner'],
		jest: { configFile: 'test/mutation/jest.config.js', enableFindRelatedTests: false },
		coverageAnalysis: 'perTest',
		concurrency: 1,
		// Only ends what hangs: a busy machine may take its time.
		dryRunTimeoutMinutes: 30,
		timeoutMS: 30_000,
		tempDirName: `${OUTPUT}/tmp`,
		reporters: ['json'],
		jsonReporter: { fileName: `${OUTPUT}/${file.replace(/[/:]/g, '.')}.json` },
	}).runMutationTest();
}

/** Whether nothing missed a broken piece: all tests passed, or none came by. */
const isLeft = ({ status }) => status === 'Survived' || status === 'NoCoverage';
const isFound = ({ status }) => status === 'Killed' || status === 'Timeout';

/** What the run of one file says, and in its own words what is left. */
function reportOf(file, tests, mutants) {
	const left = mutants.filter(isLeft);
	const found = mutants.filter(isFound).length;
	const of = found + left.length;
	const lines = left.map(
		({ location: { start }, mutatorName, replacement, status }) =>
			`  ${start.line}:${start.column} ${mutatorName}, ${status}: ${replacement}`,
	);
	return [
		`${file}: ${Math.floor((100 * found) / Math.max(1, of))} % (${found} of ${of}), by ${tests.join(', ')}`,
		...lines,
	].join('\n');
}

const TESTS = '--tests=';
const given = process.argv.slice(2);
const named = given.filter((one) => !one.startsWith(TESTS));
const widened = given
	.find((one) => one.startsWith(TESTS))
	?.slice(TESTS.length)
	.split(',');
if (named.length === 0)
	throw new Error('Name files or folders: npm run mutate -- market/records market/plan.ts');
for (const file of named.flatMap(filesOf)) {
	const tests = widened ?? testsOf(file);
	console.log(reportOf(file, tests, await mutate(file, tests)));
}
