import { accepted, refused, type Checked } from '../common/refusal';
import { quote } from '../common/text';

/**
 * What cells show when a formula has no value: Excel, Google Sheets and LibreOffice, in English and Russian.
 * A list and not a pattern: `#SALE!` may be a real SKU.
 */
const FAULTS = new Set([
	...[
		'#VALUE!',
		'#NAME?',
		'#REF!',
		'#DIV/0!',
		'#N/A',
		'#NUM!',
		'#NULL!',
		'#ERROR!',
		'#GETTING_DATA',
		'#SPILL!',
	],
	...[
		'#CALC!',
		'#FIELD!',
		'#BLOCKED!',
		'#CONNECT!',
		'#EXTERNAL!',
		'#UNKNOWN!',
		'#BUSY!',
		'#PYTHON!',
		'#DATA!',
	],
	...[
		'#ЗНАЧ!',
		'#ИМЯ?',
		'#ССЫЛКА!',
		'#ДЕЛ/0!',
		'#Н/Д',
		'#Н/Д!',
		'#ЧИСЛО!',
		'#ПУСТО!',
		'#ОШИБКА!',
		'#ОШИБКА',
		'#ПЕРЕНОС!',
	],
	...[
		'#ВЫЧИСЛ!',
		'#ПОЛЕ!',
		'#ЗАБЛОКИРОВАНО!',
		'#БЛОКИРОВКА!',
		'#ПОДКЛЮЧЕНИЕ!',
		'#НЕИЗВЕСТНО!',
		'#ЗАНЯТО!',
		'#ДАННЫЕ!',
	],
	...['#ПОЛУЧЕНИЕ_ДАННЫХ', '#ОЖИДАНИЕ_ДАННЫХ'],
]);

/** The same anywhere in a text: no catalogue has them within a SKU either. */
const FAULT_WITHIN = new RegExp(
	[...FAULTS].map((fault) => fault.replace(/[?/]/g, '\\$&')).join('|'),
	'iu',
);

/** The same without their last character, as some exports write them; `#REF-12` may be a real SKU. */
const BARE_FAULTS = new Set([...FAULTS].map((fault) => fault.replace(/[!?]$/, '')));

/** LibreOffice shows the number of the fault. */
const NUMBERED_FAULT = /^(?:Err|Ошибка|Ош):\d{3}$/i;

/** A number or a date that is wider than its column. */
const TOO_NARROW = /^#{3,}$/;

/** Short enough to be part of a real SKU, unless an expression has put the SKU together. */
const FAULT_AS_PART = /#{3,}|(?:Err|Ошибка|Ош):\d{3}/i;

/** A formula that is just a text, which exports use to keep leading zeros; and the same with doubled quotes. */
const TEXT_FORMULA = /^="((?:[^"]|"")*)"$/;
const DOUBLED_TEXT_FORMULA = /^=""([^"]*)""$/;

/** An apostrophe that makes a spreadsheet treat digits as text. */
const APOSTROPHE_BEFORE_DIGITS = /^'(?=\d[^']*$)/;

/** Whether a text is or contains what only a spreadsheet shows instead of a value. */
export function isSpreadsheetFault(text: string): boolean {
	if (text.includes('#') && FAULT_WITHIN.test(text)) return true;
	if (text.startsWith('#')) return BARE_FAULTS.has(text.toUpperCase()) || TOO_NARROW.test(text);
	return NUMBERED_FAULT.test(text);
}

/** Whether a text that was put together contains such a thing. */
export function hasSpreadsheetFault(text: string): boolean {
	return FAULT_WITHIN.test(text) || FAULT_AS_PART.test(text);
}

/**
 * The text that a cell holds, if what was read is the way it was typed: `="00417"`, `'00417`.
 * Any other formula is refused: its value is unknown.
 */
export function readTextFormula(text: string): Checked<string> {
	if (!text.startsWith('=')) return accepted(text.replace(APOSTROPHE_BEFORE_DIGITS, ''));
	const doubled = DOUBLED_TEXT_FORMULA.exec(text);
	if (doubled) return accepted(doubled[1] as string);
	const plain = TEXT_FORMULA.exec(text);
	if (plain) return accepted((plain[1] as string).replace(/""/g, '"'));
	return refused(
		`SKU ${quote(text)} is a formula, not its value`,
		"Export the spreadsheet's values instead of its formulas.",
	);
}

/** Whether a text contains such a formula: a cell's value as it was typed, with something added to it. */
export function hasFormulaWithin(text: string): boolean {
	return text.includes('="');
}
