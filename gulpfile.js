const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { dest, series, src } = require('gulp');

const DIST = 'dist';

/** Removes what an earlier build left, so that no deleted source lives on in a package. */
function clean() {
	return rm(DIST, { recursive: true, force: true });
}

/** TypeScript to CommonJS: credentials, nodes and market, which is everything that is published. */
function compile() {
	return spawn(
		process.execPath,
		[require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
		{
			stdio: 'inherit',
		},
	);
}

/** Icons and codex files: n8n looks for them next to the compiled node or credential. */
function assets() {
	return src(['nodes/**/*.{svg,png}', 'nodes/**/*.node.json', 'credentials/**/*.svg'], {
		base: '.',
		encoding: false,
	}).pipe(dest(DIST));
}

exports.clean = clean;
exports.compile = compile;
exports.assets = assets;
exports.build = series(clean, compile, assets);
exports.default = exports.build;
