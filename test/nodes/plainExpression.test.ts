import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';

import { ASK_N8N, plainExpression } from '../../nodes/common/input/plainExpression';
import { UpdateStocks } from '../../nodes/UpdateStocks/UpdateStocks.node';
import { TOKENS } from '../../sandbox';
import { runNode } from '../support/engine';

/** What n8n gave for each item, or that it threw. */
let evaluated: Array<{ value: unknown } | 'thrown'>;

/** A node that only has n8n evaluate its parameter Stock. */
const probe: INodeType = {
	description: new UpdateStocks().description,
	async execute(this: IExecuteFunctions) {
		evaluated = this.getInputData().map((_, item) => {
			try {
				return { value: this.getNodeParameter('stock', item) };
			} catch {
				return 'thrown';
			}
		});
		return [[]];
	},
};

/** What n8n itself makes of an expression, for each item. */
async function byN8n(stock: string, items: IDataObject[]): Promise<typeof evaluated> {
	evaluated = [];
	await runNode({
		node: probe,
		parameters: {
			store: { __rl: true, mode: 'id', value: '1' },
			inputMode: 'expressions',
			sku: 'A',
			stock,
		},
		items,
		credential: {
			type: 'yandexMarketApi',
			data: { environment: 'production', apiKey: TOKENS.allMethods },
		},
	});
	expect(evaluated).toHaveLength(items.length);
	return evaluated;
}

const VALUES: unknown[] = [
	...[0, -0, 12, -3.5, 1e21, NaN, Infinity, true, false, null, undefined],
	...['', ' 12 ', '1 234', '\u00a07\n', '0557722', 'ВАЗА', '=1+1', '{{ 1 }}', '4.6E+12'],
	...[[], [5], ['a', 'b'], {}, { b: 1 }, { b: { c: ' x ' } }, { length: 3 }, [{ b: 'in a list' }]],
	...[new Date(0), DateTime.fromMillis(0), () => 1],
];

const ITEMS = [
	{},
	...VALUES.map((value) => ({
		a: value,
		'a b': { c: value },
		б: value,
		map: value,
	})),
] as IDataObject[];

/** Expressions that are read directly, at least for some items. */
const READ = [
	'={{ $json.a }}',
	'={{$json.a}}',
	'={{ $json . a }}',
	'={{ $json?.a }}',
	'={{ $json["a"] }}',
	"={{ $json['a b'].c }}",
	"={{ $json['a b']?.c }}",
	"={{ $json?.['a b']?.c }}",
	'={{ $json.a.b }}',
	'={{ $json.a?.b?.c }}',
	'={{ $json.a.b.c.trim() }}',
	'={{ $json.a[0] }}',
	'={{ $json.a[0].b }}',
	'={{ $json.a.length }}',
	'={{ $json.б }}',
	'={{ $json.map }}',
	'={{ String($json.a) }}',
	'={{ Number($json.a) }}',
	'={{ String($json.a).trim() }}',
	'={{ $json.a.trim() }}',
	'={{ $json.a?.trim() }}',
	'={{ $json.a ?? 0 }}',
	'={{ $json.a ?? -1.5 }}',
	"={{ $json.a ?? '' }}",
	'={{ $json.a ?? $json.б ?? "none" }}',
	'={{ $json.absent ?? $json.a }}',
	'={{ $json.absent ?? 7 }}',
	'={{ ($json.a ?? 0) }}',
	'={{ ($json.a) }}',
	'={{ Number($json.a ?? 0) }}',
	'={{ Number(String($json.a).trim()) }}',
	'={{ String( $json.a ?? "x" ) }}',
];

describe('n8n gives what is read without it', () => {
	it.each(READ)('by %s', async (expression) => {
		const read = plainExpression(expression);
		const said = await byN8n(expression, ITEMS);
		let direct = 0;
		for (const [item, json] of ITEMS.entries()) {
			const value = read?.(json);
			if (value === ASK_N8N) continue;
			direct += 1;
			expect([item, { value }]).toEqual([item, said[item]]);
		}
		expect(direct).toBeGreaterThan(0);
	});

	it('whatever the fields are called and hold', async () => {
		const name = fc.oneof(
			fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
			fc.constantFrom('__proto__', 'constructor', 'hasOwnProperty', 'length', 'trim', '$json', '0'),
		);
		const around = fc.constantFrom(
			(code: string) => code,
			(code: string) => `String(${code})`,
			(code: string) => `Number(${code} ?? 1).trim()`,
			(code: string) => `${code}.trim()`,
		);
		const property = fc.asyncProperty(
			fc.array(name, { minLength: 1, maxLength: 3 }),
			fc.constantFrom(...VALUES),
			around,
			fc.boolean(),
			async (names, value, wrap, isDotted) => {
				const json = names.reduceRight<unknown>(
					(inner, one) => Object.fromEntries([[one, inner]]),
					value,
				) as IDataObject;
				const steps = names.map((one) => (isDotted ? `.${one}` : `[${JSON.stringify(one)}]`));
				const expression = `={{ ${wrap(`$json${steps.join('')}`)} }}`;
				const direct = plainExpression(expression)?.(json) ?? ASK_N8N;
				if (direct === ASK_N8N) return;
				expect(await byN8n(expression, [json])).toEqual([{ value: direct }]);
			},
		);
		await fc.assert(property, { numRuns: 300 });
	});
});

describe('is left to n8n', () => {
	it.each([
		'{{ $json.a }}',
		'=$json.a',
		'={{ $json }}',
		'={{ $json.a }} ',
		'= {{ $json.a }}',
		'=A-{{ $json.a }}',
		'={{ $json.a }}{{ $json.b }}',
		'={{ $jsonA.a }}',
		'={{ json.a }}',
		'={{ $json.a + 1 }}',
		'={{ -$json.a }}',
		'={{ $json.a || 0 }}',
		'={{ $json.a ?? 010 }}',
		'={{ $json.a ?? 1_000 }}',
		"={{ $json.a ?? '\\n' }}",
		'={{ $json.a ?? `b` }}',
		'={{ $json.a.toString() }}',
		'={{ $json.a.trim("x") }}',
		'={{ $json[a] }}',
		'={{ $json[-1] }}',
		'={{ $json["a"+"b"] }}',
		'={{ $json.__proto__ }}',
		'={{ $json["constructor"] }}',
		'={{ $json["made by.constructor"] }}',
		'={{ $json.a ?? ". constructor" }}',
		'={{ $json["a\u2028b"] }}',
		"={{ $json.a ?? '\u2029' }}",
		'={{ $json.toString }}',
		'={{ $json.a // the stock\n }}',
		'={{ $json.a; }}',
		'={{ Number($json.a, 2) }}',
		'={{ new Number($json.a) }}',
		'={{ parseInt($json.a) }}',
		'={{ String }}',
		'={{ String() }}',
		'={{ ($json.a }}',
		'={{ }}',
		'',
		12,
		undefined,
	])('%s', (written) => {
		expect(plainExpression(written)).toBeUndefined();
	});

	it.each([[undefined], [NaN], [Infinity], [[1]], [{ b: 1 }], [new Date(0)]])(
		'a field that holds %p',
		(a) => {
			expect(plainExpression('={{ $json.a }}')?.({ a } as IDataObject)).toBe(ASK_N8N);
		},
	);
});
