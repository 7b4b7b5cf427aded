import type { INodeParameters } from 'n8n-workflow';

import { STORES, type Sandbox } from '../../../sandbox';
import { nodesOn } from '../../support/nodeRuns';
import { codeOf, stepOf } from './flowSteps';
import type { Ledger } from './ledger';

const { campaignId } = STORES.fbs;

/** What the flow ledger-send does: the real steps on a real sandbox. @param nowMs the time that its code sees */
export async function sendBy(ledger: Ledger, sandbox: Sandbox, nowMs: number): Promise<void> {
	const rows = await ledger.toSend(String(campaignId));
	if (rows.length === 0) return;
	const { options } = stepOf('ledger-send', 'Update Stocks').parameters;
	const { items, status } = await nodesOn(sandbox).update(
		rows.map((row) => ({ ...row })),
		{ options: options as INodeParameters, onError: 'continueRegularOutput' },
	);
	expect(status).toBe('success');
	const input = items.map(({ json }) => json);
	const [json] = codeOf('ledger-send', 'Outcomes')({ input, nowMs });
	const query = String(stepOf('ledger-send', 'Note What Was Taken').parameters.query);
	await ledger.rows(query, JSON.stringify(json?.outcomes));
}
