import {
	chromium,
	selectors,
	type Browser,
	type BrowserContext,
	type Locator,
	type Page,
} from 'playwright-core';

import { NodePanel, runStarted } from './editorPanel';
import { shootPage } from './editorPictures';
import { eventually, STEP_MS } from './editorWait';
import { PROGRAMS, requireProgram } from './programs';
import { OWNER, type TestBed } from './testBed';

/** After this long without the panel of a node, its click was missed. */
const OPENED_MS = 10_000;

const SIZE = { width: 1440, height: 900 };
const QUIET = [
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	// Nothing beyond this machine has an address. (To abort requests one by one, Playwright would switch the cache off: each
	// page would load the editor anew.)
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
	// Chromium's own sandbox does not work as root, as in most containers. It opens pages of this machine only.
	'--no-sandbox',
];

// n8n's own attribute for it: `getByTestId` finds what its tests find.
selectors.setTestIdAttribute('data-test-id');

/** n8n's editor in a browser without a window, signed in as the owner. Nothing beyond this machine can be reached. */
export class Editor {
	/** Messages of scripts that failed, of any page. */
	readonly scriptErrors: string[] = [];

	/** Addresses beyond this machine that a page asked for, in vain. */
	readonly outside: string[] = [];

	private constructor(
		private readonly url: string,
		private readonly browser: Browser,
		readonly context: BrowserContext,
		readonly page: Page,
	) {
		context.on('weberror', (webError) => this.scriptErrors.push(webError.error().message));
		context.on('request', (request) => {
			if (isOutside(new URL(request.url()))) this.outside.push(request.url());
		});
	}

	static async open({ url }: Pick<TestBed, 'url'>): Promise<Editor> {
		const executablePath = requireProgram(PROGRAMS.chromium);
		const browser = await chromium.launch({ executablePath, headless: true, args: QUIET });
		try {
			const context = await browser.newContext({ viewport: SIZE });
			context.setDefaultTimeout(STEP_MS);
			const editor = new Editor(url, browser, context, await context.newPage());
			await editor.signIn();
			return editor;
		} catch (error) {
			await browser.close();
			throw error;
		}
	}

	/** Opens a workflow's canvas. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/**
	 * Goes on to another workflow's canvas without loading the editor anew, which takes seconds. For a moment the steps are
	 * still those of the workflow before: look `eventually`.
	 */
	async goOnToWorkflow(id: string): Promise<void> {
		await this.page.evaluate(
			`history.pushState({}, '', '/workflow/${id}');
			dispatchEvent(new PopStateEvent('popstate', { state: history.state }));`,
		);
	}

	/** Imports a file into a new workflow: ⋯ → Import → From file. */
	async importFlow(file: string): Promise<void> {
		const { page } = this;
		await page.goto(`${this.url}/workflow/new`);
		await page.getByTestId('workflow-menu').getByRole('button').click();
		await page.getByTestId('workflow-menu-item-import').hover();
		const chooser = page.waitForEvent('filechooser');
		await page.getByTestId('workflow-menu-item-import-from-file').click();
		await (await chooser).setFiles(file);
		await page.getByTestId('canvas-node').first().waitFor();
	}

	/** Presses "Execute workflow" on the canvas, waits for the end, and closes what n8n says of it over the steps. */
	async executeWorkflow(): Promise<void> {
		const { page } = this;
		const button = page.getByTestId('execute-workflow-button');
		const started = runStarted(page);
		await button.click();
		await started;
		// While it runs, there is only a spinner in the button.
		await button.getByText('Execute workflow').waitFor();
		await this.closeNotifications();
	}

	/** How a node on the canvas is marked after a run; undefined if it is not. */
	async markOf(name: string): Promise<'green' | 'red' | undefined> {
		const node = this.nodeOf(name);
		if ((await node.getByTestId('node-issues').count()) > 0) return 'red';
		return (await node.getByTestId('canvas-node-status-success').count()) > 0 ? 'green' : undefined;
	}

	/** A node on the canvas. */
	nodeOf(name: string): Locator {
		return this.page.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`);
	}

	/** Opens a node's panel, from the canvas. One that is still settling misses a click, so a person clicks again. */
	async openNode(name: string): Promise<NodePanel> {
		const panel = NodePanel.of(this.page);
		await eventually(async () => {
			if (!(await panel.frame.isVisible()))
				await this.nodeOf(name).dblclick({ timeout: OPENED_MS });
			await panel.frame.waitFor({ timeout: OPENED_MS });
		});
		return panel;
	}

	/** Presses the plus after the flow's last node and types into the search. @returns the titles of what is found */
	async searchNodes(words: string): Promise<Locator> {
		await this.page.getByTestId('canvas-handle-plus').click();
		await this.page.getByTestId('node-creator-search-bar').pressSequentially(words);
		return this.page.getByTestId('node-creator-item-name');
	}

	/** Finds a node by its title and puts it after the flow's last one. n8n then opens its panel. */
	async addNode(title: string): Promise<NodePanel> {
		const found = await this.searchNodes(title);
		await found.filter({ hasText: title }).click();
		await this.page.getByRole('button', { name: 'Add to workflow' }).click();
		return await NodePanel.opened(this.page);
	}

	/** Opens a credential's dialog. */
	async openCredential(id: string): Promise<Locator> {
		await this.page.goto(`${this.url}/home/credentials/${id}`);
		const dialog = this.page.getByTestId('editCredential-modal');
		await dialog.waitFor();
		return dialog;
	}

	/** What the lines from a node's outputs say about a run: `3 items`. */
	itemsFrom(name: string): Locator {
		return this.page.locator(`[data-test-id=edge-label][data-source-node-name="${name}"]`);
	}

	/** Takes a picture of the whole page for a person to look at: `.demo/e2e/pictures/<name>.png`. */
	async shoot(name: string): Promise<void> {
		await shootPage(this.page, name);
	}

	async close(): Promise<void> {
		await this.browser.close();
	}

	/** Closes what n8n says of a run, which lies over the steps until then. */
	private async closeNotifications(): Promise<void> {
		const close = this.page.locator('.el-notification__closeBtn').first();
		await close.waitFor();
		await eventually(async () => {
			// Some close by themselves meanwhile.
			if (await close.isVisible()) await close.click({ timeout: 1_000 });
			if (await close.isVisible()) throw new Error('A notification is still there');
		});
	}

	private async signIn(): Promise<void> {
		const { page } = this;
		await page.goto(`${this.url}/signin`);
		await page.locator('input[name=emailOrLdapLoginId]').fill(OWNER.email);
		await page.locator('input[type=password]').fill(OWNER.password);
		await page.getByTestId('form-submit-button').click();
		await page.waitForURL(/\/(home|workflow|setup|projects)/);
	}
}

function isOutside({ hostname, protocol }: URL): boolean {
	return protocol.startsWith('http') && hostname !== '127.0.0.1';
}

/**
 * An editor for the tests of a file, closed after them. Call it at the top of the file, after `useTestBed`.
 * @returns a function that gives the editor within a test
 */
export function useEditor(bed: () => Pick<TestBed, 'url'>): () => Editor {
	let editor: Editor | undefined;
	beforeAll(async () => {
		editor = await Editor.open(bed());
	});
	afterAll(async () => await editor?.close());
	return () => {
		if (editor === undefined) throw new Error('The editor did not open');
		return editor;
	};
}
