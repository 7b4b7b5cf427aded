import type { Refusal } from '../../../market/common/refusal';
import { escapeCodes } from '../../../market/wire/connection';

/**
 * A refusal as an output item says it: a flow may pass the texts on as its own, by Stop and Error. In the place of a text
 * in which n8n finds a code such as ENOENT, also within a SKU or a name, it shows another one.
 */
export function passedOn({ reason, advice }: Refusal): Refusal {
	return { reason: escapeCodes(reason), advice: escapeCodes(advice) };
}
