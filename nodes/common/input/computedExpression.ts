const NAME = String.raw`[\p{L}_$][\p{L}\p{N}_$]*`;
const TEXT = String.raw`"[^"\\]*"|'[^'\\]*'`;

/** Where a reference begins: n8n's own names, a node by its name, or what a model is asked for. */
const ROOT = String.raw`(?:\$\((?:${TEXT})\)|\$fromAI\([^()]*\)|${NAME})`;

/** Its fields and positions, and n8n's ways to a single item. No other call, and no operator. */
const STEP = String.raw`(?:\??\.(?:first\(\)|last\(\)|${NAME})|(?:\?\.)?\[(?:\d+|${TEXT})\])`;

const REFERENCE = String.raw`\s*${ROOT}${STEP}*\s*`;
/** One of several, for when the one before it is absent or blank. */
const CHOICES = String.raw`${REFERENCE}(?:(?:\?\?|\|\|)${REFERENCE})*`;
/** One of two, chosen by a condition, which may compare. */
const CHOSEN = new RegExp(String.raw`^(?:(?:[^?:]|\?\.)*\?(?!\.)${CHOICES}:)?${CHOICES}$`, 'u');
/** The length of a blank text is zero. */
const LENGTH = /\.length\s*$/;
const MAX_LENGTH = 5_000;

const PLAIN = new RegExp(String.raw`^\s*(?:${ROOT}${STEP}*|-?[\d.]+|${TEXT})\s*$`, 'u');
const COMMENTS = /\/\*.*?\*\//gs;
const PARTS = /\{\{(.*?)\}\}/gs;

/** Whether an expression computes its value instead of naming a field that holds it. */
export function isComputedExpression(expression: string): boolean {
	if (!expression.startsWith('=')) return false;
	return Array.from(expression.matchAll(PARTS), ([, code = '']) => code.replace(COMMENTS, '')).some(
		(code) => LENGTH.test(code) || !(PLAIN.test(code) || isChoice(code)),
	);
}

/**
 * Whether an expression passes on one of several fields unchanged. Long ones are not examined: that would take long.
 */
function isChoice(code: string): boolean {
	return code.length <= MAX_LENGTH && CHOSEN.test(code);
}

const FIELD = new RegExp(
	String.raw`^=\s*\{\{\s*\$json((?:\??\.${NAME}|(?:\?\.)?\[(?:\d+|${TEXT})\])+)\s*\}\}\s*$`,
	'u',
);
const OPTIONAL = /\?\.(?=\[)|\?(?=\.)|\[[^\]]*\]/g;

/** The field of the item that an expression names, as people type it in a parameter; undefined if it does more. */
export function fieldOfExpression(expression: string): string | undefined {
	const steps = FIELD.exec(expression)?.[1];
	return steps
		?.replace(OPTIONAL, (found) => (found.startsWith('[') ? found : ''))
		.replace(/^\./, '');
}
