/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	// All cores: by default jest would leave one to a parent process that only waits.
	maxWorkers: '100%',
	// Only for tests that hang: a busy machine may need a while.
	testTimeout: 30_000,
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	setupFiles: ['<rootDir>/test/support/setup.ts'],
	// One copy of n8n-workflow: with two, n8n-core would not recognise our errors as its own.
	moduleNameMapper: { '^n8n-workflow$': require.resolve('n8n-workflow') },
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2022' },
				module: { type: 'commonjs' },
			},
		],
	},
	// What is published; `npm run coverage`.
	collectCoverageFrom: ['{market,nodes,credentials}/**/*.ts'],
	testPathIgnorePatterns: [
		'/node_modules/',
		'/dist/',
		'/.demo/',
		'<rootDir>/.mutation/',
		'<rootDir>/test/e2e/',
	],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.demo/', '<rootDir>/.mutation/'],
};
