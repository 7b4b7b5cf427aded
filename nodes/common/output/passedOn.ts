import type { Refusal } from '../../../market/common/refusal';
import { escapeCodes } from '../../../market/wire/connection';

/**
 * A refusal as an output item gives it: a flow may pass the texts on as its own, with Stop and Error. If n8n finds a
 * code such as ENOENT in a text, even within a SKU or a name, it shows another text instead.
 */
export function passedOn({ reason, advice }: Refusal): Refusal {
	return { reason: escapeCodes(reason), advice: escapeCodes(advice) };
}
