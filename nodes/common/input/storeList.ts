import { accepted, type Checked } from '../../../market/common/refusal';
import { checkCampaignId } from '../../../market/records/ids';

/** Campaign IDs from a text in which commas or spaces separate them; none if it is blank. */
export function readStoreList(text: string): Checked<string[]> {
	const ids = new Set<string>();
	for (const one of text.split(/[\s,;]+/).filter((part) => part !== '')) {
		const id = checkCampaignId(one);
		if (!id.ok) return id;
		ids.add(id.value);
	}
	return accepted([...ids]);
}
