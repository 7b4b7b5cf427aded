import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A row of a table, with the chapters that it is in, outermost first, and the head of its table. */
export interface Row {
	chapters: string[];
	head: string[];
	cells: string[];
}

/** A document of the project. */
export interface Page {
	/** From the project's root. */
	file: string;
	text: string;
}

export const ROOT = path.join(__dirname, '..', '..', '..');

export function readPage(file: string): Page {
	return { file, text: readFileSync(path.join(ROOT, file), 'utf8') };
}

/** All rows of a page's tables, without their heads. */
export function rowsOf({ text }: Page): Row[] {
	const rows: Row[] = [];
	const chapters: string[] = [];
	let head: string[] = [];
	for (const line of linesOf(text)) {
		const [, marks, title] = /^(#+) (.*)$/.exec(line) ?? [];
		if (marks !== undefined) chapters.splice(marks.length - 1, Infinity, title as string);
		if (/^\|(?: ?:?-+:? ?\|)+$/.test(line)) head = rows.pop()?.cells ?? [];
		else if (line.startsWith('|'))
			rows.push({ chapters: [...chapters], head, cells: cellsOf(line) });
	}
	return rows;
}

function cellsOf(line: string): string[] {
	return line
		.slice(1, -1)
		.split(' | ')
		.map((cell) => cell.trim());
}

/** The texts that a page shows as code within its lines. */
export function codeIn(text: string): string[] {
	return Array.from(
		linesOf(text)
			.join('\n')
			.matchAll(/`([^`\n]+)`/g),
		([, code]) => code as string,
	);
}

/** The anchors of a page's titles, as GitHub makes them: a title that comes again gets a number. */
export function anchorsOf({ text }: Page): string[] {
	const seen = new Map<string, number>();
	return linesOf(text).flatMap((line) => {
		const title = /^#+ (.*)$/.exec(line)?.[1];
		if (title === undefined) return [];
		const anchor = anchorOf(title);
		const before = seen.get(anchor) ?? 0;
		seen.set(anchor, before + 1);
		return before === 0 ? anchor : `${anchor}-${before}`;
	});
}

/** The anchor that GitHub makes of a title. */
export function anchorOf(title: string): string {
	return title
		.toLowerCase()
		.replace(/[^\p{L}\p{N}_ -]/gu, '')
		.replaceAll(' ', '-');
}

/** Where the links and pictures of a page lead, as they are written; not what stands in blocks of code. */
export function linksOf({ text }: Page): string[] {
	const prose = linesOf(text)
		.join('\n')
		.replace(/`[^`\n]*`/g, '');
	return Array.from(prose.matchAll(/\]\(([^)\s]+)\)/g), ([, link]) => link as string);
}

function linesOf(text: string): string[] {
	return text.replace(/^```[^]*?^```$/gm, '').split('\n');
}
