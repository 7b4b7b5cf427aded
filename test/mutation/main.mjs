// Breaks code on purpose, piece by piece, and reports what no test notices: npm run mutate -- FILE... (docs/mutation.md).
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';

import { Stryker } from '@stryker-mutator/core';

/** Reports, and the copies in which files are broken. Ignored by git, jest and the linter. */
const OUTPUT = '.mutation';

/** The files meant by a name: a file, or a folder with everything below it. A file may name lines, as in `plan.ts:10-20`. */
function filesOf(named) {
	if (named.includes('.ts')) return [named];
	return readdirSync(named, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => path.posix.join(named, file.split(path.sep).join('/')))
		.sort();
}

/** The tests that should notice a broken piece: the file's own, or else those of the nearest folder that mirrors its own. */
function testsOf(named) {
	let place = `test/${named.replace(/\.ts.*/, '.test.ts')}`;
	if (place.endsWith('.test.ts') && existsSync(place)) return [place];
	while (!existsSync(place)) place = path.posix.dirname(place);
	return [`${place}/**/*.test.ts`];
}

/** Breaks the files meant by a name, all pieces or a sample of them. The result has every piece, tried or not. */
async function mutate(named, tests, { sample, seed }) {
	// The configuration of jest and the plugins read these, in separate processes.
	process.env.MUTATION_OF = named;
	process.env.MUTATION_TESTS = JSON.stringify(tests);
	process.env.MUTATION_SEED = seed;
	if (sample) process.env.MUTATION_SAMPLE = sample;
	return await new Stryker({
		mutate: filesOf(named),
		// Texts for people: their tests look for what matters in them, not for every word.
		mutator: { excludedMutations: ['StringLiteral'] },
		testRunner: 'file-by-file',
		plugins: ['@stryker-mutator/jest-runner', './test/mutation/plugins.mjs'],
		checkers: sample ? ['sample'] : [],
		jest: { configFile: 'test/mutation/jest.config.js', enableFindRelatedTests: false },
		coverageAnalysis: 'perTest',
		// What runs only while a file is loaded: every test reaches it, so all of them would have to run.
		ignoreStatic: true,
		concurrency: 1,
		// Only for runs that hang: a busy machine may need a while.
		dryRunTimeoutMinutes: 60,
		timeoutMS: 30_000,
		tempDirName: `${OUTPUT}/tmp`,
		reporters: ['json', 'survivors'],
		jsonReporter: { fileName: `${OUTPUT}/${named.replace(/[/:]/g, '.')}.json` },
	}).runMutationTest();
}

/** Wilson's 95 % interval of a share, in percent: where the share of the whole lies if this is a sample of it. */
function intervalOf(found, of) {
	const z = 1.96;
	const middle = (found + (z * z) / 2) / (of + z * z);
	const half = (z * Math.sqrt((found * (of - found)) / of + (z * z) / 4)) / (of + z * z);
	return [middle - half, middle + half].map((share) => (100 * share).toFixed(1)).join(' to ');
}

/** The summary of the run of a file or folder. */
function reportOf(named, tests, mutants, { sample, seed }) {
	const counts = new Map();
	for (const { status } of mutants) counts.set(status, (counts.get(status) ?? 0) + 1);
	const count = (...statuses) => statuses.reduce((sum, one) => sum + (counts.get(one) ?? 0), 0);
	const found = count('Killed', 'Timeout');
	// Survived: all tests passed. NoCoverage: none reached it.
	const of = found + count('Survived', 'NoCoverage');
	const drawn = sample
		? `, 95 % interval ${intervalOf(found, of)} %, of ${of + count('CompileError')}, seed ${seed}`
		: '';
	const score = `${Math.floor((100 * found) / Math.max(1, of))} % (${found} of ${of})`;
	return `${named}: ${score}${drawn}, by ${tests.join(', ')} ${JSON.stringify([...counts])}`;
}

const { values: wishes, positionals: named } = parseArgs({
	allowPositionals: true,
	options: {
		tests: { type: 'string' },
		sample: { type: 'string' },
		seed: { type: 'string', default: '1' },
	},
});
if (named.length === 0)
	throw new Error('Name files or folders: npm run mutate -- market/records market/records/plan.ts');
for (const one of wishes.sample ? named : named.flatMap(filesOf)) {
	const tests = wishes.tests?.split(',') ?? testsOf(one);
	console.log(reportOf(one, tests, await mutate(one, tests, wishes), wishes));
}
