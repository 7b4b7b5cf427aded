/** The rooms of market/, each of which knows only those before it. */
const MARKET = [
	'common',
	'contract',
	'records',
	'wire',
	'orders',
	'pacing',
	'read',
	'write',
	'checks',
	'verify',
];

/** The rooms of nodes/common/, likewise, in the order of the data's way. The lists behind the panel ask the Market. */
const NODES = [
	'engine',
	'panel',
	'input',
	'stocks',
	'connection',
	'panel/pickers',
	'output',
	'write',
];

/**
 * Who may import whom: arrows go down only, types included. `npm run lint` checks it.
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
	forbidden: [
		{
			name: 'no-circles',
			comment: 'Two files that need each other to be understood are one thing.',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		{
			name: 'market-stands-alone',
			comment: "The Market's rules import nothing outside their folder: no n8n, no Node.",
			severity: 'error',
			from: { path: '^market/' },
			to: { pathNot: '^market/' },
		},
		{
			name: 'published-code-stands-alone',
			comment: 'Published code imports only what is published with it.',
			severity: 'error',
			from: { path: '^(nodes|credentials)/' },
			to: { path: '^(sandbox|lab|demo|bench|test|scripts)/' },
		},
		{
			name: 'sandbox-written-apart',
			comment: 'The sandbox and the product must not share mistakes.',
			severity: 'error',
			from: { path: '^sandbox/' },
			to: { path: '^(market|nodes|credentials|lab|demo|bench|test)/' },
		},
		...downwards('market', MARKET),
		...downwards('nodes/common', NODES),
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		tsConfig: { fileName: 'tsconfig.json' },
		tsPreCompilationDeps: true,
	},
};

/** Rules that keep every room of a house from importing a later one. */
function downwards(house, rooms) {
	return rooms.slice(0, -1).map((room, at) => ({
		name: `${house}-${room}-imports-earlier-rooms-only`,
		severity: 'error',
		from: { path: `^${house}/${room}/[^/]+$` },
		to: { path: rooms.slice(at + 1).map((later) => `^${house}/${later}/[^/]+$`) },
	}));
}
