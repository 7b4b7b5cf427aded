/** Texts, patterns and comments: no sign in them is an operator. */
const QUOTED =
	/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\*[\s\S]*?\*\/|(?<=(?:^|[(,=:[!&|?{};+\-*%<>~^])\s*)\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/g;

/** The first brackets without others inside them, with what stands right before them. */
const INNERMOST = /([\p{L}\p{N}_$.?\ue000]*)\s*([([])([^()[\]]*)[)\]]/u;

/** Calls and operators that turn whatever they are given into a number. */
const NUMBER_CALL = /^(?:Number|BigInt|parseInt|parseFloat|Number\.\w+|Math\.\w+)$/;
const NUMBER_METHOD = /\.(?:toNumber|toInt|toFloat|round|floor|ceil|abs)$/;
const JOINING_METHOD = /\.(?:concat|join|padStart|padEnd|repeat|append)$/;

/** Readings that stop at the first character that they do not know: they read "1 234" as 1. */
const LENIENT =
	/(?:^|[^\p{L}\p{N}_$])(?:Number\.)?(?:parseInt|parseFloat)\s*\(|\.(?:toInt|toFloat)\s*\(/u;

/** What splits an expression into parts that may be its result, or that are computed separately. */
const BRANCHES = /\?\?|\|\||&&|=>|[!=<>]=+|\?(?!\.)|[:,;{}<>=]|\breturn\b/;
const BITS = /[|&^~]/;

/** A plus or minus between two values, and the operators that bind tighter. */
const TERMS = /(?<=[\p{L}\p{N}_$'.\ue000]\s*)([-+])(?![-+])/u;
const PRODUCT = /[*/%]/;

const PARTS = /\{\{([\s\S]*?)\}\}/g;

/** How much of an expression is examined, in UTF-16 code units: nobody writes longer ones, and a run must not wait. */
const MAX_LENGTH = 5_000;

/** Replaces what has been examined: a number, texts that may be joined, anything else. */
const NUMBER = '0';
const JOINED = '\ue000';
const OTHER = 'x';

/** How an expression may make a wrong number from right ones. */
export interface TextRisks {
	/** It adds values in a way that joins them if they are texts: "10" + "5" is "105". */
	joins: boolean;
	/** The same, but the result is turned into a number, which hides it: `a + b - c`. */
	hidesJoin: boolean;
	/** It reads numbers with parseInt or parseFloat. */
	isLenient: boolean;
}

/** Whether a template is more than one expression: its pieces, and the fixed text around them, make one text. */
export function isPiecedTogether(template: string): boolean {
	if (!template.startsWith('=')) return false;
	const pieces = template.match(PARTS)?.length ?? 0;
	return pieces > 1 || (pieces === 1 && template.slice(1).replace(PARTS, '').trim() !== '');
}

/**
 * Examines the form of a template for what may make a wrong number from texts. It does not know what the fields hold.
 */
export function textRisksOf(template: string): TextRisks {
	const risks: TextRisks = { joins: false, hidesJoin: false, isLenient: false };
	if (!template.startsWith('=')) return risks;
	for (const [, raw = ''] of template.matchAll(PARTS)) {
		let code = raw.slice(0, MAX_LENGTH).replace(QUOTED, shortened);
		risks.isLenient ||= LENIENT.test(code);
		for (let before = ''; before !== code;) {
			before = code;
			code = code.replace(INNERMOST, (_, callee: string, bracket: string, inner: string) => {
				const kind = kindOf(inner, risks);
				// What an index is computed from does not come out; a list of values may be added up by what follows.
				if (bracket === '[') return callee === '' && kind === JOINED ? JOINED : `${callee}${OTHER}`;
				return kindOfCall(callee, kind, risks);
			});
		}
		risks.joins ||= kindOf(code, risks) === JOINED;
	}
	return risks;
}

function shortened(quoted: string): string {
	if (quoted.startsWith('/*')) return ' ';
	return quoted.startsWith('`') && quoted.includes('${') ? JOINED : "''";
}

function kindOfCall(callee: string, inner: string, risks: TextRisks): string {
	if (callee === '') return inner;
	if (NUMBER_CALL.test(callee) || NUMBER_METHOD.test(callee)) {
		if (inner === JOINED || callee.includes(JOINED)) risks.hidesJoin = true;
		return NUMBER;
	}
	return inner === JOINED || JOINING_METHOD.test(callee) ? JOINED : OTHER;
}

/** What code without brackets evaluates to. */
function kindOf(code: string, risks: TextRisks): string {
	const kinds = code.split(BRANCHES).map((branch) => kindOfBits(branch, risks));
	if (kinds.includes(JOINED)) return JOINED;
	return kinds.every((kind) => kind === NUMBER) ? NUMBER : OTHER;
}

function kindOfBits(code: string, risks: TextRisks): string {
	const kinds = code.split(BITS).map((part) => kindOfSum(part, risks));
	if (kinds.length === 1) return kinds[0] as string;
	if (kinds.includes(JOINED)) risks.hidesJoin = true;
	return NUMBER;
}

/** Goes through a sum from left to right, as JavaScript does: after a minus there is a number. */
function kindOfSum(code: string, risks: TextRisks): string {
	const [first = '', ...rest] = code.split(TERMS);
	let kind = kindOfTerm(first, risks);
	for (let at = 0; at < rest.length; at += 2) {
		const term = kindOfTerm(rest[at + 1] ?? '', risks);
		if (rest[at] === '-') {
			if (kind === JOINED || term === JOINED) risks.hidesJoin = true;
			kind = NUMBER;
		} else {
			kind = kind === NUMBER && term === NUMBER ? NUMBER : JOINED;
		}
	}
	return kind;
}

function kindOfTerm(raw: string, risks: TextRisks): string {
	const term = raw.trim();
	const isSigned = /^[-+]/.test(term);
	if (isSigned || PRODUCT.test(term)) {
		if (term.includes(JOINED)) risks.hidesJoin = true;
		return NUMBER;
	}
	if (term.includes(JOINED)) return JOINED;
	return /^[\d.]+(?:e\d+)?$/i.test(term) || /\.length$/.test(term) ? NUMBER : OTHER;
}
