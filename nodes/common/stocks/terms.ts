import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { accepted, type Checked } from '../../../market/common/refusal';
import { MAX_COUNT } from '../../../market/contract/bounds';
import { checkShare, readTerm } from '../../../market/records/termValues';
import { TERM_LABELS, type Terms } from '../../../market/records/terms';
import type { DecimalSeparator } from '../../../market/records/units';
import { addedOptions, openOption } from '../input/parameters';
import { openNamedField } from '../input/sources';
import type { FieldNames } from '../panel/properties';
import { alsoReadFrom } from './sourceOf';

/** A rule of how much is shown, and the two options that can give it. */
interface TermOption {
	term: keyof Terms;
	/** A number for all items, or an expression. */
	option: INodeProperties;
	/** The name of a field that holds it. */
	fieldOption: INodeProperties;
	/** Looks at what the option gives. */
	check(value: number): Checked<number>;
}

const UNITS = { minValue: 0, maxValue: MAX_COUNT, numberPrecision: 0 };

/** An agent's tool has no input items whose fields could be named. */
const notAsTool = { show: { '@tool': [false] } };

const termOptions: readonly TermOption[] = [
	{
		term: 'share',
		option: {
			displayName: TERM_LABELS.share,
			name: 'share',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 100 },
			default: 100,
			description:
				'Percent of every balance to report to the Market, rounded down. Applies before Reserve.',
		},
		fieldOption: {
			displayName: `${TERM_LABELS.share} Field`,
			name: 'shareField',
			type: 'string',
			requiresDataPath: 'single',
			default: '',
			placeholder: 'e.g. share',
			description:
				'Name of a field with the percent of that item, such as 30. A blank cell is all of the balance.',
			displayOptions: notAsTool,
		},
		check: checkShare,
	},
	{
		term: 'reserve',
		option: {
			displayName: TERM_LABELS.reserve,
			name: 'reserve',
			type: 'number',
			typeOptions: UNITS,
			default: 0,
			description:
				'Units held back from every balance, for sales elsewhere. A balance never goes below zero.',
		},
		fieldOption: {
			displayName: `${TERM_LABELS.reserve} Field`,
			name: 'reserveField',
			type: 'string',
			requiresDataPath: 'single',
			default: '',
			placeholder: 'e.g. reserve',
			description:
				'Name of a field with the units held back from that item. A blank cell holds nothing back.',
			displayOptions: notAsTool,
		},
		check: accepted,
	},
	{
		term: 'minimum',
		option: {
			displayName: TERM_LABELS.minimum,
			name: 'minimumStock',
			type: 'number',
			typeOptions: UNITS,
			default: 2,
			description:
				'If fewer units than this are left of a SKU, 0 is reported to the Market. Applies after Reserve.',
		},
		fieldOption: {
			displayName: `${TERM_LABELS.minimum} Field`,
			name: 'minimumStockField',
			type: 'string',
			requiresDataPath: 'single',
			default: '',
			placeholder: 'e.g. minimum',
			description: 'Name of a field with the minimum of that item. A blank cell sets none.',
			displayOptions: notAsTool,
		},
		check: accepted,
	},
	{
		term: 'maximum',
		option: {
			displayName: TERM_LABELS.maximum,
			name: 'maximumStock',
			type: 'number',
			typeOptions: UNITS,
			default: 100,
			description: 'The most units of any SKU to report to the Market',
		},
		fieldOption: {
			displayName: `${TERM_LABELS.maximum} Field`,
			name: 'maximumStockField',
			type: 'string',
			requiresDataPath: 'single',
			default: '',
			placeholder: 'e.g. maximum',
			description: 'Name of a field with the maximum of that item. A blank cell sets none.',
			displayOptions: notAsTool,
		},
		check: accepted,
	},
];

/** All options that decide how much of a balance is shown. */
export const termProperties: INodeProperties[] = termOptions.flatMap(({ option, fieldOption }) => [
	option,
	fieldOption,
]);

/** The fields that may hold such a number. */
export const termFields: readonly FieldNames[] = termOptions.map(namesOf);

/** How a rule is read for each item, and what to tell the user about it. */
interface OpenTerm {
	term: keyof Terms;
	/** Undefined if the rule does not apply to the item. */
	of(itemIndex: number): Checked<number | undefined>;
	warnings(): string[];
}

/** How much of each item's balance is shown, and what to tell the user about the rules that say so. */
export interface TermReader {
	of(itemIndex: number): Checked<Terms>;
	/** Asked for when all items have been read. */
	warnings(): string[];
}

const NONE: Checked<Terms> = accepted({});

/**
 * Reads how much of each item's balance is shown: by a number for all, an expression or a field of the items.
 *
 * @throws NodeOperationError if an option is not as declared, a field's option names none, or a rule is given twice
 */
export function openTerms(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	separator: DecimalSeparator,
): TermReader {
	const added = addedOptions(context);
	const given = termOptions.flatMap((one): OpenTerm[] => {
		const { term, option, fieldOption, check } = one;
		const isNumber = added[option.name] !== undefined;
		const isField = added[fieldOption.name] !== undefined;
		if (isNumber && isField) throw givenTwice(context, one);
		if (isField) return [openTermField(context, items, one, separator)];
		if (!isNumber) return [];
		return [{ term, of: openOption(context, option, check), warnings: () => [] }];
	});
	return {
		of: given.length === 0 ? () => NONE : (itemIndex) => termsOf(given, itemIndex),
		warnings: () => given.flatMap(({ warnings }) => warnings()),
	};
}

function termsOf(given: readonly OpenTerm[], itemIndex: number): Checked<Terms> {
	const terms: Terms = {};
	for (const { term, of } of given) {
		const value = of(itemIndex);
		if (!value.ok) return value;
		terms[term] = value.value;
	}
	return accepted(terms);
}

/** Reads a rule by its field, and notes whether any item has one: if none does, the column may be the wrong one. */
function openTermField(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	one: TermOption,
	separator: DecimalSeparator,
): OpenTerm {
	const { displayName, name } = one.fieldOption;
	const source = openNamedField(context, items, namesOf(one));
	if (!source) {
		throw new NodeOperationError(context.getNode(), `${displayName} names no field`, {
			description: `Type the name of the field, such as "${name.replace(/Field$/, '')}", or remove the option.`,
		});
	}
	refuseOtherField(context, one.fieldOption);
	let [given, blank] = [0, 0];
	return {
		term: one.term,
		of: (itemIndex) => {
			const raw = source(itemIndex);
			if (!raw.ok) return raw;
			const value = readTerm(one.term, raw.value, separator);
			if (value.ok && value.value === undefined) blank += 1;
			else given += 1;
			return value;
		},
		warnings: () =>
			given > 0 || blank === 0
				? []
				: [`${displayName}: the field is blank in every item, so the rule applied to none.`],
	};
}

function namesOf({ term, option, fieldOption }: TermOption): FieldNames {
	return {
		label: TERM_LABELS[term],
		field: `options.${fieldOption.name}`,
		instead: `use the option ${option.displayName}`,
	};
}

function givenTwice(
	context: IExecuteFunctions,
	{ option, fieldOption }: TermOption,
): NodeOperationError {
	return new NodeOperationError(
		context.getNode(),
		`${option.displayName} and ${fieldOption.displayName} are both set`,
		{
			description: `Remove one of the two options: ${option.displayName} is for all items, ${fieldOption.displayName} gives each item its own.`,
		},
	);
}

/** @throws NodeOperationError if a rule is read from what is read as something else: Reserve from the balance would make it zero */
function refuseOtherField(
	context: IExecuteFunctions,
	{ displayName, name }: INodeProperties,
): void {
	const same = alsoReadFrom(context, `options.${name}`);
	if (same === undefined) return;
	throw new NodeOperationError(
		context.getNode(),
		`${same} Field and ${displayName} are the same field`,
		{ description: `Name the field with the rule in ${displayName}, or remove the option.` },
	);
}
