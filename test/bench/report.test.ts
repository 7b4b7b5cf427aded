import { machineLine } from '../../bench/machine';
import { svg } from '../../bench/report/chart';
import { count, duration, figure } from '../../bench/report/format';
import { page } from '../../bench/report/page';
import { markdown } from '../../bench/report/table';
import { FULL } from '../../bench/scale';

describe('figures', () => {
	it.each([
		[0.123, '0.12'],
		[9.999, '10'],
		[12.34, '12.3'],
		[1_234.5, '1,235'],
	])('%d is %s', (value, text) => {
		expect(figure(value)).toBe(text);
	});

	it('counts have no decimals, and durations have units', () => {
		expect(count(1_000_000)).toBe('1,000,000');
		expect([999, 1_500, 20_049].map(duration)).toEqual(['999 ms', '1.5 s', '20 s']);
	});
});

describe('tables', () => {
	it('are Markdown, with numbers aligned right', () => {
		const table = {
			title: 'Speed',
			note: 'At rest.',
			head: ['', 'median'],
			rows: [['Ours | theirs', '1 s']],
		};
		expect(markdown(table)).toBe(
			[
				'## Speed',
				'',
				'At rest.',
				'',
				'|  | median |',
				'|---|---:|',
				'| Ours \\| theirs | 1 s |',
				'',
			].join('\n'),
		);
	});
});

describe('the picture', () => {
	const bars = [
		{ label: 'Ours <&>', value: 50, isOurs: true },
		{ label: 'Theirs', value: 100, isOurs: false },
		{ label: 'Nothing', value: 0, isOurs: false },
	];
	const picture = svg([{ title: 'Time', unit: 's', bars }]);

	it('has a bar for each figure, in proportion to it', () => {
		const widths = Array.from(picture.matchAll(/<rect x=.*?width="(\d+)"/g), ([, width]) =>
			Number(width),
		);
		expect(widths).toHaveLength(3);
		expect(widths[1]).toBe(2 * (widths[0] ?? NaN));
		expect(widths[2]).toBe(1);
	});

	it('states the figures, and none of its text is markup', () => {
		expect(picture).toContain('Ours &lt;&amp;&gt;</text>');
		expect(picture).toContain('>100 s</text>');
	});

	it('stays within its width', () => {
		for (const [, x, width] of picture.matchAll(/<rect x="(\d+)".*?width="(\d+)"/g)) {
			expect(Number(x) + Number(width)).toBeLessThan(860 - 100);
		}
	});
});

describe('the page', () => {
	it('has the ratios first, and says what they were measured on', () => {
		const machine = machineLine({
			cpu: 'Some CPU',
			cores: 2,
			memoryGb: 24,
			system: 'Linux 6',
			node: '24.0.0',
			n8n: '2.0.0',
			date: '2026-11-23',
		});
		const part = {
			bounds: [{ what: 'Ratio', measured: 3, unit: 'times' as const, limit: { most: 4 } }],
			tables: [{ title: 'Speed', head: [''], rows: [] }],
			charts: [],
		};
		const text = page(
			[part],
			machine,
			'Other programs took 0.1 % of the processors meanwhile.',
			FULL,
		);
		expect(text).toContain(
			'2026-11-23, Some CPU (2 cores), 24 GB, Linux 6, Node.js 24.0.0, n8n 2.0.0',
		);
		expect(text.indexOf('| Ratio |')).toBeGreaterThan(0);
		expect(text.indexOf('| Ratio |')).toBeLessThan(text.indexOf('## Speed'));
	});
});
