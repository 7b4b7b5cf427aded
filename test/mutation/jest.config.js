const all = require('../../jest.config.js');

/**
 * For the mutation tester, which starts jest for every mutant: only the folders that these tests read, and no setup for n8n
 * unless it is needed.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...all,
	rootDir: '../..',
	roots: ['market', 'nodes', 'credentials', 'sandbox', 'test'].map(
		(folder) => `<rootDir>/${folder}`,
	),
	testMatch: JSON.parse(process.env.MUTATION_TESTS ?? '[]').map((tests) => `<rootDir>/${tests}`),
	filter: '<rootDir>/test/mutation/filter.js',
	setupFiles: process.env.MUTATION_OF?.startsWith('market') ? [] : all.setupFiles,
	watchman: false,
};
