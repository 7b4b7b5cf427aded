/** A table of the report. */
export interface Table {
	title: string;
	/** What the reader needs to know first. */
	note?: string;
	head: readonly string[];
	rows: ReadonlyArray<readonly string[]>;
}

/** As Markdown: the first column left-aligned, the others right-aligned. */
export function markdown({ title, note, head, rows }: Table): string {
	const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;
	const rule = `|${head.map((_, column) => (column === 0 ? '---' : '---:')).join('|')}|`;
	const intro = note === undefined ? [] : [note, ''];
	return [`## ${title}`, '', ...intro, line(head), rule, ...rows.map(line), ''].join('\n');
}

function escaped(cell: string): string {
	return cell.replaceAll('|', '\\|');
}
