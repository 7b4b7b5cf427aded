import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { INode } from 'n8n-workflow';

const FLOWS = path.join(__dirname, '..', '..', 'workflows');
const NOTE = 'n8n-nodes-base.stickyNote';

/** What a step takes on n8n's canvas, in pixels: its box, and its name below. */
const STEP_PX = { width: 96, height: 96 + 44 };
/** What a note's own text must be shown at to be read, as a part of its size: 14 pixels become 8. */
const LEAST_ZOOM = 0.57;
/** The canvas of the editor in a window of 1280 by 800, beside the sidebar and below the header. */
const CANVAS_PX = { width: 1080, height: 735 };

interface Box {
	name: string;
	left: number;
	top: number;
	right: number;
	bottom: number;
}

function boxOf({ name, type, position: [left, top], parameters }: INode): Box {
	const { width, height } = type === NOTE ? (parameters as typeof STEP_PX) : STEP_PX;
	return { name, left, top, right: left + width, bottom: top + height };
}

const overlap = (one: Box, other: Box) =>
	one.left < other.right &&
	other.left < one.right &&
	one.top < other.bottom &&
	other.top < one.bottom;

const flows = readdirSync(FLOWS)
	.filter((file) => file.endsWith('.json'))
	.map((file): [name: string, nodes: INode[]] => [
		file.replace('.json', ''),
		(JSON.parse(readFileSync(path.join(FLOWS, file), 'utf8')) as { nodes: INode[] }).nodes,
	]);

describe.each(flows)('%s on the canvas', (_, nodes) => {
	const boxes = nodes.map(boxOf);

	it('has no note or step over another', () => {
		const pairs = boxes.flatMap((one, index) =>
			boxes
				.slice(index + 1)
				.filter((other) => overlap(one, other))
				.map((other) => `${one.name} and ${other.name}`),
		);
		expect(pairs).toEqual([]);
	});

	it('is small enough for its notes to be read when it opens as a whole', () => {
		const width =
			Math.max(...boxes.map(({ right }) => right)) - Math.min(...boxes.map(({ left }) => left));
		const height =
			Math.max(...boxes.map(({ bottom }) => bottom)) - Math.min(...boxes.map(({ top }) => top));
		const zoom = Math.min(CANVAS_PX.width / width, CANVAS_PX.height / height);
		expect(zoom).toBeGreaterThanOrEqual(LEAST_ZOOM);
	});
});

const ofFiles = flows.filter(([, nodes]) => nodes.some(({ name }) => name === 'Read the File'));

describe.each(ofFiles)('the notes of %s', (_, nodes) => {
	const text = nodes
		.filter(({ type }) => type === NOTE)
		.map(({ parameters }) => String(parameters.content))
		.join('\n');

	it.each(['Docker', 'Windows', 'npm', 'n8n Cloud'])(
		'say in one line where the file goes on %s',
		(home) => {
			expect(text.split('\n').filter((line) => line.startsWith(`- **${home}**`))).toHaveLength(1);
		},
	);

	it('say to look at the credential, which n8n may have chosen', () => {
		expect(text).toContain('n8n may have chosen a credential by itself');
	});
});

// A check of an integration is done once, by a person.
const byHand = flows.filter(
	([name, nodes]) =>
		name !== 'check-integration' && nodes.some(({ type }) => type.endsWith('.manualTrigger')),
);

describe.each(byHand)('the note of %s, which n8n does not publish as it is', (_, nodes) => {
	it('says what makes it run by itself', () => {
		const notes = nodes.filter(({ type }) => type === NOTE);
		expect(notes.map(({ parameters }) => String(parameters.content)).join('\n')).toContain(
			'a **Schedule Trigger** in the place of **Start**, then *Publish*',
		);
	});
});
