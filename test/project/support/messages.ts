import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import ts from 'typescript';

import { Advice, visit } from './advice';

/** A text of the published sources that a user may read in a message, or a part of such a text. */
export interface Message {
	/** As the code has it, with `…` for what is filled in. */
	text: string;
	/** The file, from the project's root, and the line. */
	at: string;
}

/** Stands for what the code fills in. */
export const HOLE = '…';

const FOLDERS = ['market', 'nodes', 'credentials'];

/** Properties with what the panel shows; a message is never in one. */
const OF_PANEL = new Set([
	'action',
	'defaultName',
	'description',
	'displayName',
	'hint',
	'name',
	'notice',
	'placeholder',
	'subtitle',
]);

/** An expression that n8n evaluates. */
const IS_CODE = /\$(?:self|parameter)\b/;

/** Thrown where only a mistake in this package leads. */
const FOR_DEVELOPERS = /^(?:Error|RangeError|TypeError)$/;

/** Files in which texts of several words are no messages, and why. */
const OTHER_WORDS: Record<string, string> = {
	'market/pacing/limits.ts': 'why a signal has ended, for code to compare',
	'market/write/wording.ts': "words of the Market's by which a refused record is found",
};

/**
 * The texts of several words that the sources hold, other than the panel's, advice, and what only developers see. Found
 * by where they stand and not by who shows them, so that none escapes; a message put together of several texts is here in
 * its parts. Not found are messages of the Market's and of n8n's that are handed on, and parts of one or two words.
 */
export function messagesOf(root: string): Message[] {
	const sources = FOLDERS.flatMap((folder) => sourcesIn(root, folder));
	const advice = new Advice(sources);
	return sources.flatMap((source) => {
		const file = path.relative(root, source.fileName);
		if (file in OTHER_WORDS) return [];
		return textsIn(source, (node) => advice.has(node) || isBeside(node)).flatMap(
			({ text, node }) => {
				const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
				return hasWords(text) ? [{ text, at: `${file}:${line + 1}` }] : [];
			},
		);
	});
}

/** All words of the sources' texts, whatever they are for: a message may hold the name of an option. */
export function wordsOf(root: string): Set<string> {
	const texts = FOLDERS.flatMap((folder) => sourcesIn(root, folder)).flatMap((source) =>
		textsIn(source, ts.isImportDeclaration),
	);
	return new Set(texts.flatMap(({ text }) => text.match(/\p{L}+/gu) ?? []));
}

function textsIn(
	source: ts.SourceFile,
	isLeftOut: (node: ts.Node) => boolean,
): Array<{ text: string; node: ts.Node }> {
	const texts: Array<{ text: string; node: ts.Node }> = [];
	visit(source, (node) => {
		if (isLeftOut(node)) return false;
		if (isText(node)) texts.push({ text: textOf(node), node });
		return true;
	});
	return texts;
}

function sourcesIn(root: string, folder: string): ts.SourceFile[] {
	return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => path.join(root, folder, file))
		.map((file) =>
			ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true),
		);
}

/** Whether nothing in a node can be a message. */
function isBeside(node: ts.Node): boolean {
	if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node))
		return true;
	if (ts.isNewExpression(node)) return FOR_DEVELOPERS.test(node.expression.getText());
	const isProperty = ts.isPropertyAssignment(node) || ts.isPropertyDeclaration(node);
	return isProperty && OF_PANEL.has(node.name.getText());
}

/** A literal, a template, or some of them in a row; not one that is within such a row. */
function isText(node: ts.Node): boolean {
	return (isLiteral(node) || isRow(node)) && !isRow(node.parent);
}

function isLiteral(node: ts.Node): node is ts.StringLiteralLike | ts.TemplateExpression {
	return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

function isRow(node: ts.Node): node is ts.BinaryExpression {
	return (
		ts.isBinaryExpression(node) &&
		node.operatorToken.kind === ts.SyntaxKind.PlusToken &&
		[node.left, node.right].some((side) => isLiteral(side) || isRow(side))
	);
}

function textOf(node: ts.Node): string {
	if (ts.isStringLiteralLike(node)) return node.text;
	if (ts.isTemplateExpression(node))
		return node.head.text + node.templateSpans.map(({ literal }) => HOLE + literal.text).join('');
	return isRow(node) ? textOf(node.left) + textOf(node.right) : HOLE;
}

/** Whether a text has so many words that it says something: three, or two beside what is filled in. */
function hasWords(text: string): boolean {
	if (IS_CODE.test(text)) return false;
	const words = text.match(/\p{L}{2,}/gu)?.length ?? 0;
	return text.trim().includes(' ') && words >= (text.includes(HOLE) ? 2 : 3);
}
