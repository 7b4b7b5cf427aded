import type {
	IDataObject,
	INodeParameters,
	INodeProperties,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';

import { STORES } from '../../sandbox';

/** A parameter or an option of a node that takes a choice, a boolean or a number, as the node declares it. */
export interface DeclaredValue {
	declared: INodeProperties;
	/** Whether it is in the collection Options. */
	isOption: boolean;
	/** Parameters for which the panel shows it. */
	shownFor: INodeParameters;
}

const CHECKED = ['boolean', 'multiOptions', 'number', 'options'];

/** All of a node's parameters and options that take a choice, a boolean or a number. */
export function declaredValues({ description }: INodeType): DeclaredValue[] {
	return description.properties
		.flatMap((declared) => {
			const shownFor = shownFirst(declared);
			if (declared.type !== 'collection') return [{ declared, isOption: false, shownFor }];
			const options = declared.options as INodeProperties[];
			return options.map((option) => ({
				declared: option,
				isOption: true,
				shownFor: { ...shownFor, ...shownFirst(option) },
			}));
		})
		.filter(({ declared }) => CHECKED.includes(declared.type));
}

function shownFirst({ displayOptions }: INodeProperties): INodeParameters {
	const show = Object.entries(displayOptions?.show ?? {});
	return Object.fromEntries(
		show.map(([name, values]) => [name.replace('/', ''), values?.[0]]),
	) as INodeParameters;
}

const locator = (value: number) => ({ __rl: true, mode: 'id', value: String(value) });

/** What n8n requires if the panel shows it. */
const REQUIRED = {
	business: locator(STORES.fbs.businessId),
	warehouse: locator(1),
	orderId: '1',
};

/** The parameter in a run, with a value or an expression. */
export function given(
	{ declared, isOption, shownFor }: DeclaredValue,
	value: unknown,
): {
	parameters: INodeParameters;
	options: INodeParameters;
} {
	const own = { [declared.name]: value } as INodeParameters;
	return {
		parameters: { ...REQUIRED, ...shownFor, ...(isOption ? {} : own) },
		options: isOption ? own : {},
	};
}

/** Values that a parameter must refuse. */
export function strangers({ declared }: DeclaredValue): unknown[] {
	// A blank where a value is required is refused by n8n itself, before the node runs.
	const blank = declared.required ? [] : [''];
	const always = [null, ...blank, 'nonsense', [null], { value: 1 }];
	const { type, typeOptions: { minValue = -Infinity, maxValue = Infinity, numberPrecision } = {} } =
		declared;
	switch (type) {
		case 'boolean':
			return [...always, 1, 0, 'yes', 'False', ' true'];
		case 'number': {
			const beyond = [minValue - 1, ...(maxValue === Infinity ? [] : [maxValue + 1])];
			return [
				...always,
				true,
				'1.000',
				'1,5',
				'0x1',
				'1e1',
				...beyond,
				...(numberPrecision === 0 ? [1.5, '1.5'] : []),
			];
		}
		default:
			return [
				...always,
				true,
				0,
				(declared.options as INodePropertyOptions[])[0]?.name,
				'toString',
			];
	}
}

/** Two values that it accepts, the second of which is not its default. */
export function twoValues({ declared }: DeclaredValue): [unknown, unknown] {
	switch (declared.type) {
		case 'boolean':
			return [declared.default, !declared.default];
		case 'number':
			return [2, 3];
		default: {
			const choices = (declared.options as INodePropertyOptions[]).map(({ value }) => value);
			const [first, second] = [
				choices[0],
				choices.find((value) => value !== choices[0] && value !== declared.default),
			];
			return declared.type === 'multiOptions'
				? [[first], [first, second]]
				: [first, second ?? choices[1]];
		}
	}
}

/** An expression that gives a field of the item. */
export const BY_ITEM = '={{ $json.given }}';

/** Items that each bring a value of their own for it. */
export function bringing(items: readonly IDataObject[], values: readonly unknown[]): IDataObject[] {
	return items.map((item, index) => ({ ...item, given: values[index] as never }));
}
