import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import ts from 'typescript';

/** Where output items are made, and the types of what they say. */
const FOLDERS = ['market/verify', 'nodes'];

/**
 * Every `status` that an output item can have: the words that the sources give a property of this name, in a type or in
 * an object. The Market's own statuses are in capitals, n8n's begin with one.
 */
export function statusesIn(root: string): string[] {
	const found = new Set<string>();
	const files = FOLDERS.flatMap((folder) =>
		readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.ts'))
			.map((file) => path.join(root, folder, file)),
	);
	for (const file of files) {
		const source = ts.createSourceFile(
			file,
			readFileSync(file, 'utf8'),
			ts.ScriptTarget.ES2022,
			true,
		);
		const look = (node: ts.Node): void => {
			const given = statusAt(node);
			if (given) for (const word of wordsIn(given)) found.add(word);
			ts.forEachChild(node, look);
		};
		look(source);
	}
	return [...found].filter((word) => /^[a-z]/.test(word)).sort();
}

/** What is said of a status at a node: its value, its type, or the type that is named after it. */
function statusAt(node: ts.Node): ts.Node | undefined {
	if (ts.isPropertyAssignment(node) && node.name.getText() === 'status') return node.initializer;
	if (ts.isPropertySignature(node) && node.name.getText() === 'status') return node.type;
	if (ts.isTypeAliasDeclaration(node) && node.name.text.endsWith('Status')) return node.type;
	return undefined;
}

/** The texts that a value or a type may be; not those that a condition asks for. */
function wordsIn(node: ts.Node): string[] {
	if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].flatMap(wordsIn);
	if (ts.isUnionTypeNode(node)) return node.types.flatMap(wordsIn);
	if (ts.isLiteralTypeNode(node)) return wordsIn(node.literal);
	return ts.isStringLiteralLike(node) ? [node.text] : [];
}
