import path from 'node:path';
import { parseArgs } from 'node:util';

import { chromium, type Page } from 'playwright-core';

/**
 * Takes the pictures of the README from a running demo:
 *
 *   npm run demo -- --open
 *   node --import tsx scripts/pictures.ts --workflow <URL> --storefront <URL> --email <...> --password <...>
 *
 * Needs Chromium, as in Debian's package `chromium`.
 */
const { values } = parseArgs({
	options: {
		workflow: { type: 'string', default: '' },
		storefront: { type: 'string', default: 'http://127.0.0.1:8780/' },
		email: { type: 'string', default: 'seller@example.com' },
		password: { type: 'string', default: 'Demo-Password-1' },
		chromium: { type: 'string', default: '/usr/bin/chromium' },
	},
});

const IMAGES = path.resolve(__dirname, '..', 'docs', 'images');
const SIZE = { width: 1440, height: 900 };

/** The flow on the canvas, without the editor around it. */
const CANVAS = { x: 140, y: 300, width: 1210, height: 325 };

/** Long enough for an animation of the editor to end. */
const STILL_MS = 1_500;

async function main(): Promise<void> {
	const browser = await chromium.launch({
		executablePath: values.chromium,
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
	});
	try {
		const page = await browser.newPage({ viewport: SIZE, deviceScaleFactor: 1.5 });
		await signIn(page, new URL(values.workflow).origin);
		await page.goto(values.workflow);
		const node = (name: string) => page.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`).first();
		await node('Update Stocks').waitFor();
		await page.keyboard.press('1');
		await shoot(page, 'canvas', CANVAS);
		await node('Update Stocks').dblclick();
		await page.locator('[data-test-id=ndv], [data-test-id=node-parameters]').first().waitFor();
		await shoot(page, 'update-stocks');
		await page.goto(values.storefront);
		await shoot(page, 'storefront');
	} finally {
		await browser.close();
	}
}

async function signIn(page: Page, origin: string): Promise<void> {
	await page.goto(`${origin}/signin`);
	await page.locator('input[name=emailOrLdapLoginId]').fill(values.email);
	await page.locator('input[type=password]').fill(values.password);
	await page.locator('[data-test-id=form-submit-button]').click();
	await page.waitForURL(/\/(home|workflow|setup|projects)/);
}

async function shoot(page: Page, name: string, clip?: typeof CANVAS): Promise<void> {
	await page.waitForTimeout(STILL_MS);
	await page.screenshot({ path: path.join(IMAGES, `${name}.png`), clip });
}

void main();
