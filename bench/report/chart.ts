import { figure } from './format';

/** Horizontal bars for comparison. */
export interface Chart {
	title: string;
	unit: string;
	bars: readonly Bar[];
}

export interface Bar {
	label: string;
	value: number;
	/** Our bars stand out. */
	isOurs: boolean;
}

const WIDTH = 860;
const MARGIN = 24;
const LABEL_WIDTH = 330;
const VALUE_WIDTH = 110;
const BAR_HEIGHT = 18;
const LINE_HEIGHT = 27;
const TITLE_HEIGHT = 44;
const OURS = '#e8a200';
const OTHERS = '#8a94a6';

/** The charts below each other as one SVG picture that is readable on a light and on a dark page. */
export function svg(charts: readonly Chart[]): string {
	let y = MARGIN;
	const parts: string[] = [];
	for (const chart of charts) {
		parts.push(drawChart(chart, y));
		y += heightOf(chart);
	}
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" width="${WIDTH}" height="${y}" role="img">`,
		`<rect width="${WIDTH}" height="${y}" rx="8" fill="#ffffff"/>`,
		'<g font-family="system-ui, sans-serif" font-size="13" fill="#1f2630">',
		...parts,
		'</g>',
		'</svg>',
		'',
	].join('\n');
}

function heightOf({ bars }: Chart): number {
	return TITLE_HEIGHT + bars.length * LINE_HEIGHT;
}

function drawChart({ title, unit, bars }: Chart, top: number): string {
	const most = Math.max(...bars.map(({ value }) => value));
	const room = WIDTH - 2 * MARGIN - LABEL_WIDTH - VALUE_WIDTH;
	const lines = bars.map(({ label, value, isOurs }, index) => {
		const y = top + TITLE_HEIGHT - 20 + index * LINE_HEIGHT;
		const width = most > 0 ? Math.max(1, Math.round((value / most) * room)) : 1;
		const x = MARGIN + LABEL_WIDTH;
		const baseline = y + BAR_HEIGHT - 5;
		const weight = isOurs ? ' font-weight="600"' : '';
		return [
			`<text x="${x - 10}" y="${baseline}" text-anchor="end"${weight}>${escaped(label)}</text>`,
			`<rect x="${x}" y="${y}" width="${width}" height="${BAR_HEIGHT}" rx="3" fill="${isOurs ? OURS : OTHERS}"/>`,
			`<text x="${x + width + 8}" y="${baseline}">${escaped(`${figure(value)} ${unit}`)}</text>`,
		].join('');
	});
	const heading = `<text x="${MARGIN}" y="${top + 8}" font-size="15" font-weight="600">${escaped(title)}</text>`;
	return [heading, ...lines].join('\n');
}

function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
