import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { CancelSignal } from '../../../market/wire/ports';
import type { RunPorts } from '../../../market/pacing/runPorts';
import type { Account } from '../../common/connection/account';
import type { ReadOutput } from './readOutput';

/** One run of the node. */
export interface ReadRun {
	context: IExecuteFunctions;
	items: readonly INodeExecutionData[];
	account: Account;
	/** They give up when Maximum Wait is over. */
	ports: RunPorts;
	/** Signals that the run was stopped. */
	signal: CancelSignal;
	output: ReadOutput;
	/** Whether an agent runs it: if so, the answer should be short. */
	isTool: boolean;
}

/** Where something is read, as the output shows it: IDs by what they identify. */
export type PlaceIds = Readonly<Record<string, string>>;
