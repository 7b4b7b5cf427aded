import type { FixedPart } from '../../../market/records/composedSku';
import { isComputedExpression } from './computedExpression';

const TEXT = String.raw`"[^"\\]*"|'[^'\\]*'`;

/** The code of expressions, between the text around them. */
const CODE = /\{\{([\s\S]*?)\}\}/g;
const COMMENT = /\/\*.*?\*\//gs;

/** Texts in code that are names: of a node, of a field, of what a model is asked for. */
const NAME = String.raw`\$\((?:${TEXT})\)|(?<=[\p{L}\p{N}_$)\].])\[(?:${TEXT})\]|\$fromAI\([^()]*\)`;

/** Texts in code, by what they do there; a call that may do anything with them is skipped. */
const TOKEN = new RegExp(
	String.raw`(${NAME})|\.(?:padStart|padEnd|join)\((?:[^()"']*,)?\s*(?<repeated>${TEXT})\s*\)|(?:\?\?|\|\|)\s*(?<fallback>${TEXT})|` +
		String.raw`\.(?!concat)[\p{L}\p{N}_$]+\([^()]*\)|(?<text>${TEXT})|${'`'}(?<template>[^${'`'}\\]*)${'`'}`,
	'gu',
);
const HOLE = /\$\{[^}]*\}/;

/** What makes the value one of several, so that its texts do not follow each other: a condition, a lookup. */
const CHOOSING = /[?<>{]|[=!]=/;

/**
 * The parts that are the same in all values of an expression that puts several things together, in order. If code is
 * too clever to tell, its texts are left out.
 *
 * @returns undefined if a value is passed on unchanged, or is the same for all items
 */
export function fixedParts(expression: string): FixedPart[] | undefined {
	if (!expression.startsWith('=')) return undefined;
	const pieces = expression.slice(1).split(CODE);
	const codes = pieces
		.filter((_, index) => index % 2 === 1)
		.map((code) => code.replace(COMMENT, ''));
	const isJoined =
		codes.length > 1 || pieces.some((piece, index) => index % 2 === 0 && piece.trim() !== '');
	if (!codes.some(canVary) || !(isJoined || isComputedExpression(expression))) return undefined;
	return pieces.flatMap((piece, index) => {
		if (index % 2 === 1) return partsOfCode(piece.replace(COMMENT, ''));
		return piece === '' ? [] : [{ text: piece, isRepeated: false }];
	});
}

function canVary(code: string): boolean {
	return /[\p{L}$]/u.test(code.replace(new RegExp(TEXT, 'g'), ''));
}

function partsOfCode(code: string): FixedPart[] {
	if (CHOOSING.test(code.replace(TOKEN, '').replace(/\?\?|\?\./g, ''))) return [];
	return Array.from(code.matchAll(TOKEN), ({ groups = {} }): FixedPart[] => {
		const { repeated, fallback, text, template } = groups;
		if (template !== undefined)
			return template
				.split(HOLE)
				.filter(Boolean)
				.map((piece) => ({ text: piece, isRepeated: false }));
		if (text !== undefined) return [{ text: text.slice(1, -1), isRepeated: false }];
		const optional = repeated ?? fallback;
		return optional === undefined ? [] : [{ text: optional.slice(1, -1), isRepeated: true }];
	}).flat();
}
