import { HOLE, messagesOf, wordsOf } from './support/messages';
import { codeIn, readPage, ROOT, rowsOf } from './support/pages';

/** What a text says beside what is filled in, in pieces of its own words. */
function piecesOf(text: string): string[] {
	return text
		.split(HOLE)
		.map((piece) => piece.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
		.filter((piece) => piece !== '');
}

/** Whether a text has all of these pieces, in their order. */
function hasAll(text: string, pieces: readonly string[]): boolean {
	let from = 0;
	return pieces.every((piece) => {
		const at = text.indexOf(piece, from);
		from = at + piece.length;
		return at >= 0;
	});
}

const messages = messagesOf(ROOT);
const known = wordsOf(ROOT);
/** Longest first: a short piece must not break up a longer one. */
const pieces = [...new Set(messages.flatMap(({ text }) => piecesOf(text)))].sort(
	(a, b) => b.length - a.length,
);

/** The words of a text that are of no message of ours and nothing that one is filled in with. */
function strangeIn(text: string): string[] {
	let rest = text;
	for (const piece of pieces) if (piece.includes(' ')) rest = rest.replaceAll(piece, HOLE);
	return (rest.match(/\p{L}+/gu) ?? []).filter((word) => !known.has(word));
}

it('finds messages of every kind', () => {
	const texts = messages.map(({ text }) => text);
	expect(texts).toEqual(
		expect.arrayContaining([
			'Stock … is negative',
			', but …: the header is not in the first row',
			': Maximum Wait is over',
			'The Market did not accept the OAuth token',
			'… is not mapped',
			'A campaign ID consists of digits only',
			'the quota is used up, waiting … s',
		]),
	);
	expect(messages.length).toBeGreaterThan(350);
});

it('takes neither what to do nor what the panel says for a message', () => {
	const texts = messages.map(({ text }) => text).join('\n');
	expect(texts).not.toContain('Leave only the number in the cell');
	expect(texts).not.toContain('Whether to send nothing at all');
	expect(texts).not.toContain('Choose one there');
});

describe.each(['docs/troubleshooting.md', 'docs/ru/troubleshooting.md'])('%s', (file) => {
	const page = readPage(file);
	const said = codeIn(page.text);
	const keys = rowsOf(page).flatMap(({ chapters, cells: [key = ''] }) =>
		key.startsWith('`') ? [{ chapter: chapters.at(-1), key: key.slice(1, -1) }] : [],
	);

	it('has every message', () => {
		const unsaid = messages.filter(({ text }) => {
			const wanted = piecesOf(text);
			return !said.some((one) => hasAll(one, wanted));
		});
		expect(unsaid).toEqual([]);
	});

	it('has no message that there is not', () => {
		const strange = keys.flatMap(({ key }) => {
			const isOurs = messages.some(({ text }) => hasAll(key, piecesOf(text)));
			const words = strangeIn(key);
			return isOurs && words.length === 0 ? [] : [{ key, words }];
		});
		expect(keys.length).toBeGreaterThan(200);
		expect(strange).toEqual([]);
	});

	it('has the messages of a chapter in the order of the alphabet, each once', () => {
		const order = keys.map(({ chapter, key }) => [chapter, key.replace(/^[^\p{L}]+/u, '')]);
		const chapters = [...new Set(keys.map(({ chapter }) => chapter))];
		for (const chapter of chapters) {
			const own = order.flatMap(([of, key]) => (of === chapter ? [key?.toLowerCase()] : []));
			expect(own).toEqual([...own].sort());
			expect(new Set(own).size).toBe(own.length);
		}
	});
});

it('says in Russian what it says in English, chapter by chapter', () => {
	const [english, russian] = ['docs/troubleshooting.md', 'docs/ru/troubleshooting.md'].map((file) =>
		rowsOf(readPage(file)).flatMap(({ cells: [key = ''] }) => (key.startsWith('`') ? [key] : [])),
	);
	expect(russian).toEqual(english);
});
