/** The same for every item: n8n's variables, a node's first and last item, its parameters as written. */
const ROOT = String.raw`(?:\$vars|\$env|\$\('[^'\\]+'\)\.(?:params|first\(\)|last\(\)))`;

/** Its fields. No call is among them, nor any other expression. */
const FIELDS = String.raw`(?:\??\.[A-Za-z_]\w*(?![\w(])|\['[^'\\]+'\])*`;

const CHOICES = String.raw`\s*${ROOT}${FIELDS}(?:\s*(?:\?\?|\|\|)\s*${ROOT}${FIELDS})*\s*`;
const FIXED = new RegExp(String.raw`^=\s*\{\{${CHOICES}\}\}\s*$`);

/**
 * Whether an expression certainly gives the same for every item, so that it need not be evaluated for each. Only a few
 * forms are known to; all others are assumed to vary.
 */
function isFixedExpression(expression: string): boolean {
	return FIXED.test(expression);
}

/** Whether a parameter, as written, may give a different value for each item: it is or contains such an expression. */
export function mayVary(raw: unknown): boolean {
	if (typeof raw === 'string') return raw.startsWith('=') && !isFixedExpression(raw);
	return typeof raw === 'object' && raw !== null && Object.values(raw).some(mayVary);
}
