const NAME = String.raw`[\p{L}_$][\p{L}\p{N}_$]*`;
const TEXT = String.raw`"[^"\\]*"|'[^'\\]*'`;

/** Where a reference begins: n8n's own names, a node by its name, what a model is asked for. */
const ROOT = String.raw`(?:\$\((?:${TEXT})\)|\$fromAI\([^()]*\)|${NAME})`;

/** Fields and positions of it, and n8n's ways to one item. No other call, and no operator. */
const STEP = String.raw`(?:\??\.(?:first\(\)|last\(\)|${NAME})|(?:\?\.)?\[(?:\d+|${TEXT})\])`;

const PLAIN = new RegExp(String.raw`^\s*(?:${ROOT}${STEP}*|-?[\d.]+|${TEXT})\s*$`, 'u');
const COMMENTS = /\/\*.*?\*\//gs;
const PARTS = /\{\{(.*?)\}\}/gs;

/** Whether an expression computes its value, in place of naming a field that holds it. */
export function isComputedExpression(expression: string): boolean {
	if (!expression.startsWith('=')) return false;
	return Array.from(expression.matchAll(PARTS), ([, code = '']) => code.replace(COMMENTS, '')).some(
		(code) => !PLAIN.test(code),
	);
}
