/** What stands between the braces of a template. */
const PARTS = /\{\{([\s\S]*?)\}\}/g;

/** How much of an expression is examined, in UTF-16 code units: nobody writes longer ones, and a run must not wait. */
const MAX_LENGTH = 5_000;

/** A pattern for all but some characters, such as /\D/g or /[^\d.]+/g; dots, commas and minus signs, such as /[.,]/g. */
const SIGNS = String.raw`\/(?:\\D|\[\^[^\]\/\n]+\]|\[[.,\\-]+\]|\\?[.,-])[+*]?\/[a-z]*|"[.,-]"|'[.,-]'`;

/** Takes such characters out of a text. */
const DROPS_SIGNS = new RegExp(
	String.raw`\.replace(?:All)?\(\s*(?:${SIGNS})\s*,\s*(?:""|''|${'``'})\s*\)`,
);

/** What is given to a call: texts, a pattern, anything without brackets. */
const GIVEN = String.raw`(?:"[^"\n]*"|'[^'\n]*'|\/(?:[^\/\\\n]|\\.)+\/[a-z]*|[^()"'\/\n])*`;
/** One of what a call gave. */
const ONE = String.raw`(?:(?:\?\.)?\[\d+\]|\??\.(?:first|last|at|trim|toNumber)\(\d*\))*`;

/** Takes a part of a text that is then the value, or a term of it: nothing is compared with it, no field is read of it. */
const TAKES_PART = new RegExp(
	String.raw`\.(?:match|split|slice|substring|substr)\(${GIVEN}\)${ONE}[\s)]*(?:$|[-+*/:,]|\?\?|\|\|)`,
);

/** How an expression may make another number of a text that holds one. */
export interface CutTexts {
	/** It takes out whatever is no digit: "10,000" becomes 10000, and "-5" becomes 5. */
	dropsSigns: boolean;
	/** It takes a part of the text: of "1 234", what stands before the space. */
	takesPart: boolean;
}

/** Examines the form of a template for what may make another number of a text. It does not know what the fields hold. */
export function cutTextsIn(template: string): CutTexts {
	const codes = template.startsWith('=')
		? Array.from(template.matchAll(PARTS), ([, code = '']) => code.slice(0, MAX_LENGTH).trimEnd())
		: [];
	return {
		dropsSigns: codes.some((code) => DROPS_SIGNS.test(code)),
		takesPart: codes.some((code) => TAKES_PART.test(code)),
	};
}
