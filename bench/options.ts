import { parseArgs } from 'node:util';

import { PARTS, type PartName } from './parts';

export interface BenchOptions {
	/** End with an exit code that says whether every bound is met. */
	check: boolean;
	/** Few measurements of few rows. */
	quick: boolean;
	parts: PartName[];
	help: boolean;
}

export const HELP = `Measures the nodes in a real n8n on this machine, against a bare script and against flows of
n8n's own nodes, and writes bench/results.md and bench/results.svg. It takes 16 minutes; the first run also
installs n8n.

npm run bench                  measures everything
npm run bench -- --check       the same; exit code 1 if a bound is missed
npm run bench -- --quick       few measurements of few rows, nothing written: for working on the bench
npm run bench -- --part speed  only one part, nothing written; may be repeated: ${Object.keys(PARTS).join(', ')}
npm run bench -- --help        this text
`;

/** @throws Error for anything it does not understand */
export function readOptions(args: string[]): BenchOptions {
	const flag = { type: 'boolean', default: false } as const;
	const { values } = parseArgs({
		args,
		options: { check: flag, quick: flag, help: flag, part: { type: 'string', multiple: true } },
	});
	return { ...values, parts: (values.part ?? Object.keys(PARTS)).map(partName) };
}

function partName(name: string): PartName {
	if (Object.hasOwn(PARTS, name)) return name as PartName;
	throw new Error(`No part "${name}". Parts: ${Object.keys(PARTS).join(', ')}`);
}
