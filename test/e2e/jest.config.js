const { transform, modulePathIgnorePatterns } = require('../../jest.config');

/** Tests on a complete n8n: `npm run test:e2e`, and `npm run test:e2e -- oauth` for one file. @type {import('jest').Config} */
module.exports = {
	rootDir: '../..',
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
	globalSetup: '<rootDir>/test/e2e/support/globalSetup.ts',
	globalTeardown: '<rootDir>/test/e2e/support/globalTeardown.ts',
	// They mostly wait: for quotas, for what n8n does once a minute. An n8n takes 700 MB.
	maxWorkers: 4,
	testTimeout: 180_000,
	transform,
	modulePathIgnorePatterns,
};
