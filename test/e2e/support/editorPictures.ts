import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { Locator, Page } from 'playwright-core';

import { RESULTS } from './places';

/** Where the pictures of a run are. */
export const PICTURES = join(RESULTS, 'pictures');

/** Messages that pass, and the links from a node's panel to its neighbours. */
const HIDE_WHAT_IS_IN_THE_WAY =
	'.el-notification, [data-test-id=floating-nodes] { display: none; }';

/** Around the nodes of a flow, in pixels: their names are below them, in up to three lines. */
const MARGIN = { sides: 70, below: 80 };

/** Takes a picture of a page as it is: `<name>.png`. */
export async function shootPage(page: Page, name: string): Promise<void> {
	await page.screenshot({ path: await pathOf(name), animations: 'disabled' });
}

/** Likewise of a part of a page, without what lies over it. */
export async function shootPart(part: Locator, name: string): Promise<void> {
	await part.screenshot({
		path: await pathOf(name),
		animations: 'disabled',
		style: HIDE_WHAT_IS_IN_THE_WAY,
	});
}

/** Likewise of the flow on the editor's canvas: its notes and nodes. */
export async function shootFlow(page: Page, name: string): Promise<void> {
	const parts = await page.locator('.vue-flow__node').all();
	const boxes = (await Promise.all(parts.map((part) => part.boundingBox()))).filter(
		(box) => box !== null,
	);
	const canvas = await page.locator('.vue-flow').boundingBox();
	if (canvas === null) throw new Error('The canvas is not to be seen');
	const x = Math.max(canvas.x, Math.min(...boxes.map((box) => box.x)) - MARGIN.sides);
	const y = Math.max(canvas.y, Math.min(...boxes.map((box) => box.y)) - MARGIN.sides);
	const right = Math.max(...boxes.map((box) => box.x + box.width)) + MARGIN.sides;
	const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + MARGIN.below;
	const width = Math.min(canvas.x + canvas.width, right) - x;
	const height = Math.min(canvas.y + canvas.height, bottom) - y;
	const path = await pathOf(name);
	const clip = { x, y, width, height };
	await page.screenshot({ path, clip, animations: 'disabled', style: HIDE_WHAT_IS_IN_THE_WAY });
}

async function pathOf(picture: string): Promise<string> {
	await mkdir(PICTURES, { recursive: true });
	return join(PICTURES, `${picture}.png`);
}
