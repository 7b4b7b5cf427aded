import type { PartResult } from '../parts/part';
import type { Scale } from '../scale';
import { boundsTable } from './bounds';
import { markdown } from './table';

/** The report as a Markdown page, with the ratios first. */
export function page(
	parts: readonly PartResult[],
	machine: string,
	idleness: string,
	{ rows, runs }: Scale,
): string {
	const tables = [
		boundsTable(parts.flatMap(({ bounds }) => bounds)),
		...parts.flatMap((part) => part.tables),
	];
	return [
		'# What it costs to send stock balances from n8n',
		'',
		`Measured by \`npm run bench\` in one run on one machine: ${machine}. ${idleness}`,
		'',
		`${rows.toLocaleString('en-US')} SKUs, medians of ${runs} runs unless a table says otherwise.`,
		'What is measured, and how: [docs/bench.md](../docs/bench.md).',
		'',
		'![The figures as bars](results.svg)',
		'',
		...tables.map(markdown),
	].join('\n');
}
