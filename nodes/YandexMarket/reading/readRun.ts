import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { CancelSignal } from '../../../market/wire/ports';
import type { RunPorts } from '../../../market/pacing/runPorts';
import type { Account } from '../../common/connection/account';
import type { Outcome } from './readOutput';

/** One run of the node. */
export interface Reading {
	context: IExecuteFunctions;
	items: readonly INodeExecutionData[];
	account: Account;
	/** They give up when Maximum Wait is over. */
	ports: RunPorts;
	/** Signals that the run was stopped. */
	signal: CancelSignal;
	outcome: Outcome;
	/** Whether an agent runs it: if so, the answer should be short. */
	isTool: boolean;
}

/** Where something is read, as the output shows it: IDs by what they identify. */
export type Place = Readonly<Record<string, string>>;
