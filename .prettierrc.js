// n8n's own settings for community nodes.
module.exports = {
	semi: true,
	trailingComma: 'all',
	bracketSpacing: true,
	useTabs: true,
	tabWidth: 2,
	arrowParens: 'always',
	singleQuote: true,
	quoteProps: 'as-needed',
	endOfLine: 'lf',
	printWidth: 100,
	// As npm writes package.json.
	overrides: [{ files: ['*.json', '*.yaml'], options: { useTabs: false } }],
};
