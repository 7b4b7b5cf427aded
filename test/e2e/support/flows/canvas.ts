import type { Workflow } from '../../../../lab/n8n/workflow';
import type { Editor } from '../editor';
import { notesAndSteps } from './readyFlow';

/** A step of a flow as the editor's canvas shows it. */
export interface CanvasStep {
	name: string;
	/** Whether it has a red badge: something is not filled in, or is wrong. */
	hasIssues: boolean;
	/** Whether it has a question mark for an icon: the editor does not know its type, or not this version. */
	isUnknown: boolean;
}

/** All steps on the canvas, once it shows as many as the flow has. */
export async function canvasSteps({ page }: Editor, flow: Workflow): Promise<CanvasStep[]> {
	const nodes = page.locator('[data-test-id=canvas-node]');
	await nodes.nth(notesAndSteps(flow).steps.length - 1).waitFor();
	await page.waitForLoadState('networkidle');
	return await nodes.evaluateAll((elements) =>
		elements.map((element) => ({
			name: element.getAttribute('data-node-name') ?? '',
			hasIssues: element.querySelector('[data-test-id=node-issues]') !== null,
			isUnknown: element.textContent?.trim().startsWith('?') ?? false,
		})),
	);
}

/** The beginnings of the notes whose text does not fit in. */
export async function notesCutOff({ page }: Editor): Promise<string[]> {
	return await page
		.locator('[data-test-id=sticky]')
		.evaluateAll((notes) =>
			notes
				.filter(
					({ firstElementChild: text }) => text === null || text.scrollHeight > text.clientHeight,
				)
				.map(({ textContent }) => textContent?.trim().slice(0, 40) ?? ''),
		);
}
