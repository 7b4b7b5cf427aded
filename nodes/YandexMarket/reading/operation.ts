import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Refusal } from '../../../market/common/refusal';
import type { ReadRun } from './readRun';

/** What an operation is about. */
export type Resource =
	'hiddenOffer' | 'offer' | 'order' | 'return' | 'stock' | 'store' | 'token' | 'warehouse';

/** One operation of the node. All but one only read. */
export interface ReadOperation {
	resource: Resource;
	/** As it stands in the list Operation of its resource. */
	option: INodePropertyOptions & { value: string };
	/** Whether its resource opens with it. @default whether it is the first one */
	isDefault?: boolean;
	/** Its own parameters, shown for it alone. */
	properties: INodeProperties[];
	/** What becomes of an item, for messages that count items of which it did not. @default 'read' */
	done?: string;
	/** What to say of a run that was stopped. By default, that reading changes nothing. */
	whenStopped?: Refusal;
	/** Does it, with what came of it into its output. */
	run(reading: ReadRun): Promise<void>;
}
