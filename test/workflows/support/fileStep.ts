import { readFileSync } from 'node:fs';
import path from 'node:path';
import { compileFunction } from 'node:vm';

/** The code that all flows which read a file have in the step Rows of the File. */
export const STEP = path.join(
	__dirname,
	'..',
	'..',
	'..',
	'workflows',
	'steps',
	'rowsOfTheFile.js',
);

/** What the step gives out for a row. */
export type Row = Record<string, unknown>;

/** A file as the step gets it: the bytes of a CSV file, or the cells that Extract From File has read. */
export type Source = Uint8Array | ReadonlyArray<readonly unknown[]>;

const run = compileFunction(readFileSync(STEP, 'utf8'), ['$input', '$']) as (
	this: object,
	...names: unknown[]
) => Promise<Array<{ json: Row }>>;

/** Items as n8n hands them to the step. */
export function itemsOf(source: Source): object[] {
	if (source instanceof Uint8Array) return [{ json: {}, binary: { data: {} } }];
	if (source.length === 0) return [{ json: {} }];
	return source.map((row) => ({ json: { row } }));
}

/**
 * The rows of a file, as the step gives them out.
 *
 * @param params parameters of Update Stocks
 * @param excelFiles how many Excel files came to Extract From File
 * @throws Error with the message with which the step stops the flow
 */
export async function rowsOf(
	source: Source,
	params: object = {},
	{ items = itemsOf(source), excelFiles = 1 }: { items?: object[]; excelFiles?: number } = {},
): Promise<Row[]> {
	const helpers = { getBinaryDataBuffer: async () => source };
	const step = { helpers };
	try {
		const $ = () => ({ params, all: () => Array(excelFiles).fill({ json: {} }) });
		const rows = await run.call(step, { all: () => items }, $);
		return rows.map(({ json }) => ({ ...json }));
	} catch (error) {
		throw new Error((error as { message: string }).message);
	}
}

/** A text in windows-1251, the encoding of a Russian Windows. */
export function windows1251(text: string): Uint8Array {
	return Uint8Array.from(text, (letter) => {
		const code = letter.charCodeAt(0);
		if (code < 0x80) return code;
		const byte = BYTES.get(letter);
		if (byte === undefined) throw new Error(`windows-1251 has no ${letter}`);
		return byte;
	});
}

const HIGH = Uint8Array.from({ length: 128 }, (_, index) => index + 128);
const BYTES = new Map(
	Array.from(new TextDecoder('windows-1251').decode(HIGH), (letter, index) => [
		letter,
		index + 128,
	]),
);
