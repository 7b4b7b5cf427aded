import type { Locator, Page } from 'playwright-core';

/** Resolves once n8n has begun to run a flow. */
export async function runStarted(page: Page): Promise<void> {
	await page.waitForResponse((response) => /\/rest\/workflows\/[^/]+\/run\b/.test(response.url()));
}

/** The panel of a node: what comes in, the parameters, what goes out. Everything is done by mouse and keyboard. */
export class NodePanel {
	/** The whole panel. */
	readonly frame: Locator;
	readonly input: Locator;
	readonly output: Locator;
	/** What n8n says above the output in the node's name. */
	readonly hint: Locator;
	/** The red message in place of the output. */
	readonly error: Locator;

	private constructor(private readonly page: Page) {
		this.frame = page.getByTestId('ndv');
		this.input = page.getByTestId('ndv-input-panel');
		this.output = page.getByTestId('output-panel');
		this.hint = this.output.getByTestId('node-hint');
		this.error = this.output.getByTestId('node-error-message');
	}

	/** The panel, open or not. */
	static of(page: Page): NodePanel {
		return new NodePanel(page);
	}

	/** The panel that is opening. */
	static async opened(page: Page): Promise<NodePanel> {
		const panel = NodePanel.of(page);
		await panel.frame.waitFor();
		return panel;
	}

	/** What is typed or chosen in a parameter, as it is shown. */
	async shown(parameter: string): Promise<string> {
		return await this.parameter(parameter).getByRole('textbox').inputValue();
	}

	/** The credential that is chosen. */
	async credential(): Promise<string> {
		return await this.frame
			.getByTestId('node-credentials-select')
			.getByRole('combobox')
			.inputValue();
	}

	async chooseCredential(name: string): Promise<void> {
		await this.frame.getByTestId('node-credentials-select').click();
		await this.page.getByRole('option', { name }).click();
	}

	/** Types into a parameter, in place of what is there. */
	async type(parameter: string, text: string): Promise<void> {
		await this.parameter(parameter).getByRole('textbox').fill(text);
	}

	/** Adds an option that has a fixed set of choices, and chooses. */
	async addOption(title: string, name: string, choice: RegExp): Promise<void> {
		await this.frame.getByTestId('collection-parameter-add').click();
		await this.page.getByRole('option', { name: title, exact: true }).click();
		await this.choose(name, choice);
	}

	/** Closes the panel: the canvas is there again. */
	async close(): Promise<void> {
		await this.frame.getByTestId('ndv-close-button').click();
		await this.frame.waitFor({ state: 'detached' });
	}

	/** Chooses in a parameter with a fixed set of choices. */
	async choose(parameter: string, choice: RegExp): Promise<void> {
		await this.parameter(parameter).click();
		await this.page.getByRole('option', { name: choice }).click();
	}

	/** Chooses in the tab Settings, and comes back. */
	async chooseSetting(setting: string, choice: RegExp): Promise<void> {
		await this.frame.getByTestId('tab-settings').click();
		await this.choose(setting, choice);
		await this.frame.getByTestId('tab-params').click();
	}

	/** Opens the list from which a store, business or warehouse is chosen. @returns its entries */
	async openList(parameter: string): Promise<Locator> {
		await this.parameter(parameter).getByTestId('rlc-input').click();
		return this.page.getByTestId('rlc-item').filter({ visible: true });
	}

	/** Types into the search above the entries of the open list, in place of what was typed before. */
	async searchList(words: string): Promise<void> {
		const search = this.page.getByTestId('rlc-search');
		await search.selectText();
		await search.pressSequentially(words);
	}

	/** What the open list says if its entries could not be loaded. */
	get listError(): Locator {
		return this.page.getByTestId('rlc-error-message');
	}

	/** Chooses the entry with this text from such a list. */
	async pick(parameter: string, text: string): Promise<void> {
		const entries = await this.openList(parameter);
		await entries.filter({ hasText: text }).click();
	}

	/** Runs the nodes before this one, so that the input shows their fields. */
	async executePrevious(): Promise<void> {
		await this.input.getByTestId('execute-previous-node').click();
		await this.input.getByTestId('run-data-schema-node-item-count').waitFor();
	}

	/** Drags a field of the input, by its path such as `warehouse.left`, onto a parameter. */
	async dragField(path: string, parameter: string): Promise<void> {
		const { mouse } = this.page;
		await this.input
			.locator(`[data-test-id=run-data-schema-node-name][data-path=".${path}"]`)
			.hover();
		await mouse.down();
		// From here on the field itself is under the pointer, so nothing else can be hovered over.
		const place = await this.parameter(parameter).boundingBox();
		if (place === null) throw new Error(`The parameter ${parameter} is not to be seen`);
		await mouse.move(place.x + place.width / 2, place.y + place.height / 2, { steps: 10 });
		await mouse.up();
	}

	/** Runs this node, and those before it that have not run yet, and waits for the end. */
	async execute(): Promise<void> {
		const started = runStarted(this.page);
		await this.frame.getByTestId('node-execute-button').click();
		await started;
		await this.output.getByTestId('ndv-executing').waitFor({ state: 'detached' });
	}

	async showOutputAs(view: 'table' | 'json'): Promise<void> {
		await this.output.getByTestId(`radio-button-${view}`).click();
	}

	/** What the output shows as a table: each row by the names of the columns. */
	async outputRows(): Promise<Array<Record<string, string>>> {
		await this.showOutputAs('table');
		const rows = await this.output.getByRole('row').all();
		const texts = rows.map((row) => row.locator('th, td').allInnerTexts());
		const [names = [], ...lines] = await Promise.all(texts);
		return lines.map((line) =>
			Object.fromEntries(names.map((name, column) => [name, line[column] ?? ''])),
		);
	}

	private parameter(name: string): Locator {
		return this.frame.getByTestId(`parameter-input-${name}`);
	}
}
